namespace Lacuna.Perf.Peers;

/// <summary>Codes or decodes a block; throws where that fails.</summary>
/// <param name="source">The block.</param>
/// <param name="destination">Room for the result.</param>
/// <returns>Bytes written.</returns>
delegate int Transform(ReadOnlySpan<byte> source, Span<byte> destination);

/// <summary>A coder in the comparison.</summary>
/// <param name="Name">As the table prints it.</param>
/// <param name="Encode">Codes a block; the destination has twice its size and more.</param>
/// <param name="Decode">Decodes it; the destination has its size.</param>
/// <param name="IsPeer">Whether it is somebody else's.</param>
sealed record Coder(string Name, Transform Encode, Transform Decode, bool IsPeer = true);

/// <summary>Data, and the coders that are compared on it.</summary>
/// <param name="Name">What the data is.</param>
/// <param name="Data">Whole blocks.</param>
/// <param name="Coders">Those that are here.</param>
sealed record Job(string Name, byte[] Data, IReadOnlyList<Coder> Coders);
