namespace Lacuna.Entropy;

/// <summary>Where the rows of a plane lie while <see cref="LosslessPlane"/> decodes them.</summary>
interface IPlaneRows
{
    /// <summary>Room for a row; it must stay, with what is written there, until the row after it is finished.</summary>
    Span<byte> Row(int y);

    /// <summary>Says that a row is decoded.</summary>
    void Finish(int y);
}
