using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Interop;

/// <summary>lac_update_weights of lacuna/sampling.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct UpdateWeights
{
    public uint StructSize;
    public float Guidance;
    public float DataState;
    public float DataOutput;
    public float DataLimit;
    public float State;
    public float Output;
    public float Data;
    public fixed float Past[3];
    public float Noise;

    public readonly DiffusionWeights ToKernel() => new()
    {
        Guidance = Guidance,
        DataState = DataState,
        DataOutput = DataOutput,
        DataLimit = DataLimit == 0 ? float.PositiveInfinity : DataLimit,
        State = State,
        Output = Output,
        Data = Data,
        Past1 = Past[0],
        Past2 = Past[1],
        Past3 = Past[2],
        Noise = Noise,
    };
}

/// <summary>lac_update_tensors of lacuna/sampling.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct UpdateTensors
{
    public uint StructSize;
    public int Format;
    public nuint Count;
    public float* State;
    public byte* Output;
    public byte* Unconditional;
    public PastTensors Past;
    public float* Noise;
    public float* Next;
    public float* Data;

    /// <exception cref="ArgumentException">A tensor is missing, not aligned or too long, or there is no such format.</exception>
    public readonly DiffusionTensors ToKernel() => new()
    {
        Format = Formats.Checked(Format, "tensors->format"),
        State = Native.Input(State, Count, "tensors->state"),
        Output = Formats.Answer(Output, Count, Format, "tensors->output"),
        Unconditional = Unconditional == null ? default : Formats.Answer(Unconditional, Count, Format, "tensors->unconditional"),
        Past1 = Optional(Past.First, "tensors->past[0]"),
        Past2 = Optional(Past.Second, "tensors->past[1]"),
        Past3 = Optional(Past.Third, "tensors->past[2]"),
        Noise = Optional(Noise, "tensors->noise"),
    };

    readonly ReadOnlySpan<float> Optional(float* tensor, string name) => tensor == null ? default : Native.Input(tensor, Count, name);

    /// <summary>Three pointers in a row.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PastTensors
    {
        public float* First;
        public float* Second;
        public float* Third;
    }
}

/// <summary>How a caller's network writes its answers.</summary>
static unsafe class Formats
{
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static NetworkFormat Checked(int format, string name)
    {
        Limits.Within(format, (int)NetworkFormat.Float32, (int)NetworkFormat.BFloat16, name);
        return (NetworkFormat)format;
    }

    /// <summary>The bytes of so many numbers.</summary>
    /// <exception cref="ArgumentException">They are null, or take over 2 GiB.</exception>
    public static ReadOnlySpan<byte> Answer(byte* answer, nuint count, int format, string name)
    {
        Limits.AtMost(count, int.MaxValue / sizeof(float), name);
        return Native.Input(answer, count * (nuint)(format == (int)NetworkFormat.Float32 ? sizeof(float) : sizeof(ushort)), name);
    }
}
