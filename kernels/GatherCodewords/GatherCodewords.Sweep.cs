using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class GatherCodewords
{
    /// <summary>Most stages of one pass over the vectors.</summary>
    const int PassStages = 32;

    /// <summary>One stage of a pass.</summary>
    struct Stage
    {
        public byte* Elements;
        public float* Scales; // null where all are 1
    }

    /// <summary>A pass over the vectors: some stages of one storage.</summary>
    struct Pass
    {
        public Stage* Stages;
        public int Count;
        public int Dimensions;
        public GatherMode Mode;
    }

    /// <summary>Stages of the same storage pass together, so that a vector's sums stay in registers.</summary>
    static void Sweep<TLanes, TVector>(
        in GatherShape shape, ReadOnlySpan<int> indices, ReadOnlySpan<CodeRows> stages, Span<float> destination)
        where TLanes : struct, IGatherLanes<TVector>
        where TVector : unmanaged
    {
        Stage* passStages = stackalloc Stage[PassStages];
        var pass = new Pass { Stages = passStages, Dimensions = stages[0].Dimensions, Mode = shape.Mode };
        fixed (int* codes = indices)
        fixed (float* y = destination)
        {
            for (int first = 0; first < stages.Length; first += pass.Count)
            {
                CodewordStorage storage = stages[first].Storage;
                pass.Count = 0;
                while (pass.Count < PassStages && first + pass.Count < stages.Length && stages[first + pass.Count].Storage == storage)
                {
                    CodeRows rows = stages[first + pass.Count];
                    passStages[pass.Count++] = new Stage { Elements = rows.Elements, Scales = rows.Scales };
                }

                switch (storage)
                {
                    case CodewordStorage.Single:
                        Vectors<float, TLanes, TVector>(pass, shape, codes + first, y);
                        break;
                    case CodewordStorage.BFloat16:
                        Vectors<ushort, TLanes, TVector>(pass, shape, codes + first, y);
                        break;
                    default:
                        Vectors<sbyte, TLanes, TVector>(pass, shape, codes + first, y);
                        break;
                }

                pass.Mode = shape.Mode == GatherMode.Subtract ? GatherMode.Subtract : GatherMode.Add;
            }
        }

        // The stages' memory is referred to by pointers alone.
        for (int stage = 0; stage < stages.Length; stage++)
        {
            GC.KeepAlive(stages[stage]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Vectors<TElement, TLanes, TVector>(in Pass pass, in GatherShape shape, int* codes, float* y)
        where TElement : unmanaged
        where TLanes : struct, IGatherLanes<TVector>
        where TVector : unmanaged
    {
        for (int vector = 0; vector < shape.Vectors; vector++, codes += shape.IndexStride, y += shape.DestinationStride)
        {
            int i = Elements<TElement, TLanes, TVector>(pass, codes, y, 0);
            if (TLanes.Count > GatherLanes256.Count)
            {
                i = Elements<TElement, GatherLanes256, Vector256<float>>(pass, codes, y, i);
            }

            if (TLanes.Count > GatherLanes128.Count)
            {
                i = Elements<TElement, GatherLanes128, Vector128<float>>(pass, codes, y, i);
            }

            for (; i < pass.Dimensions; i++)
            {
                y[i] = One<TElement>(pass, codes, y[i], i);
            }
        }
    }

    /// <summary>Elements from the given one on, four vectors of lanes at a time and then one.</summary>
    /// <returns>The first element that is left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Elements<TElement, TLanes, TVector>(in Pass pass, int* codes, float* y, int i)
        where TElement : unmanaged
        where TLanes : struct, IGatherLanes<TVector>
        where TVector : unmanaged
    {
        int width = TLanes.Count;
        int after = pass.Mode == GatherMode.Replace ? 1 : 0;
        for (; i + 4 * width <= pass.Dimensions; i += 4 * width)
        {
            TVector a, b, c, d;
            if (pass.Mode == GatherMode.Replace)
            {
                TElement* row = Row<TElement>(pass, codes, 0, i, out float factor);
                a = Term<TElement, TLanes, TVector>(row, factor);
                b = Term<TElement, TLanes, TVector>(row + width, factor);
                c = Term<TElement, TLanes, TVector>(row + 2 * width, factor);
                d = Term<TElement, TLanes, TVector>(row + 3 * width, factor);
            }
            else
            {
                (a, b) = (TLanes.Load(y + i), TLanes.Load(y + i + width));
                (c, d) = (TLanes.Load(y + i + 2 * width), TLanes.Load(y + i + 3 * width));
            }

            for (int stage = after; stage < pass.Count; stage++)
            {
                TElement* row = Row<TElement>(pass, codes, stage, i, out float factor);
                a = TLanes.Add(a, Term<TElement, TLanes, TVector>(row, factor));
                b = TLanes.Add(b, Term<TElement, TLanes, TVector>(row + width, factor));
                c = TLanes.Add(c, Term<TElement, TLanes, TVector>(row + 2 * width, factor));
                d = TLanes.Add(d, Term<TElement, TLanes, TVector>(row + 3 * width, factor));
            }

            TLanes.Store(a, y + i);
            TLanes.Store(b, y + i + width);
            TLanes.Store(c, y + i + 2 * width);
            TLanes.Store(d, y + i + 3 * width);
        }

        for (; i + width <= pass.Dimensions; i += width)
        {
            TVector sum = TLanes.Load(y + i);
            for (int stage = 0; stage < pass.Count; stage++)
            {
                TElement* row = Row<TElement>(pass, codes, stage, i, out float factor);
                TVector term = Term<TElement, TLanes, TVector>(row, factor);
                sum = stage < after ? term : TLanes.Add(sum, term);
            }

            TLanes.Store(sum, y + i);
        }

        return i;
    }

    static float One<TElement>(in Pass pass, int* codes, float sum, int i)
        where TElement : unmanaged
    {
        for (int stage = 0; stage < pass.Count; stage++)
        {
            TElement* row = Row<TElement>(pass, codes, stage, i, out float factor);
            float element = typeof(TElement) == typeof(float) ? *(float*)row
                : typeof(TElement) == typeof(ushort) ? BitConverter.UInt32BitsToSingle((uint)*(ushort*)row << 16)
                : *(sbyte*)row;
            float term = element * factor;
            sum = pass.Mode == GatherMode.Replace && stage == 0 ? term : sum + term;
        }

        return sum;
    }

    /// <summary>Where the elements of a stage's codeword lie, and what they are multiplied by: minus one subtracts them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TElement* Row<TElement>(in Pass pass, int* codes, int stage, int i, out float factor)
        where TElement : unmanaged
    {
        int code = codes[stage];
        float scale = typeof(TElement) == typeof(sbyte) ? pass.Stages[stage].Scales[code] : 1;
        factor = pass.Mode == GatherMode.Subtract ? -scale : scale;
        return (TElement*)pass.Stages[stage].Elements + (nint)code * pass.Dimensions + i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TVector Term<TElement, TLanes, TVector>(TElement* row, float factor)
        where TElement : unmanaged
        where TLanes : struct, IGatherLanes<TVector>
        where TVector : unmanaged =>
        typeof(TElement) == typeof(float) ? TLanes.Multiply(TLanes.Load((float*)row), factor)
        : typeof(TElement) == typeof(ushort) ? TLanes.Multiply(TLanes.Load((ushort*)row), factor)
        : TLanes.Multiply(TLanes.Load((sbyte*)row), factor);
}
