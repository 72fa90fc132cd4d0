namespace Lacuna.Onnx;

/// <summary>Type of a tensor's elements; the numbers are those of ONNX.</summary>
public enum ElementType
{
    /// <summary>Any that this library does not handle.</summary>
    Other = 0,

    /// <summary>IEEE binary32.</summary>
    Float32 = 1,

    /// <summary>Signed, 4 bytes.</summary>
    Int32 = 6,

    /// <summary>Signed, 8 bytes.</summary>
    Int64 = 7,

    /// <summary>IEEE binary16.</summary>
    Float16 = 10,

    /// <summary>IEEE binary64.</summary>
    Float64 = 11,

    /// <summary>The upper half of a binary32.</summary>
    BFloat16 = 16,
}

static class ElementTypes
{
    /// <summary>Bytes of an element; 0 of <see cref="ElementType.Other"/>.</summary>
    public static int Bytes(this ElementType type) => type switch
    {
        ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Float32 or ElementType.Int32 => 4,
        ElementType.Float64 or ElementType.Int64 => 8,
        _ => 0,
    };
}
