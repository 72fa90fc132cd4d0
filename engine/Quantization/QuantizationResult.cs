namespace Lacuna.Quantization;

/// <summary>What became of an encoding or decoding of vectors.</summary>
public enum QuantizationStatus
{
    /// <summary>Everything was written.</summary>
    Done = 0,

    /// <summary>An element of a vector is a NaN or an infinity.</summary>
    NotFinite = 1,

    /// <summary>An index names no codeword.</summary>
    InvalidIndex = 2,
}

/// <summary>How an encoding or decoding of vectors ended, and where.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Position">The first element of the input that is at fault; -1 where none is.</param>
public readonly record struct QuantizationResult(QuantizationStatus Status, long Position)
{
    /// <summary>The result of what went well.</summary>
    public static QuantizationResult Done => new(QuantizationStatus.Done, -1);

    /// <summary>Whether everything was written.</summary>
    public bool IsDone => Status == QuantizationStatus.Done;
}

/// <summary>What an encoder does with NaN and infinity.</summary>
public enum NonFinite
{
    /// <summary>It stops with <see cref="QuantizationStatus.NotFinite"/> and the position of the first; its outputs are zeros.</summary>
    Reject = 0,

    /// <summary>It takes a NaN as 0 and an infinity as the greatest finite number of its sign.</summary>
    Map = 1,
}
