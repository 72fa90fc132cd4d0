using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class DiffusionUpdate
{
    /// <summary>Four vectors a turn: which tensors take part is asked once for the four, and the processor foresees the answer.</summary>
    static bool Sweep<TLanes, TVector, TOutput>(
        in DiffusionWeights weights,
        in DiffusionTensors tensors,
        Span<float> next,
        Span<float> data)
        where TLanes : IArithmeticLanes<TVector>
        where TVector : unmanaged
        where TOutput : IOutputFormat
    {
        int step = 4 * TLanes.Count;
        int whole = tensors.State.Length / step * step;
        TVector unbounded = TLanes.Broadcast(0f);
        fixed (float* state = tensors.State, past1 = tensors.Past1, past2 = tensors.Past2, past3 = tensors.Past3, noise = tensors.Noise)
        fixed (byte* output = tensors.Output, unconditional = tensors.Unconditional)
        fixed (float* toNext = next, toData = data)
        {
            var w = new Broadcast<TLanes, TVector>(weights);
            bool hasLimit = !float.IsPositiveInfinity(weights.DataLimit);
            bool sumsData = weights.Data != 0;
            for (nint i = 0; i < whole; i += step)
            {
                Quad<TVector> m = LoadOutput<TLanes, TVector, TOutput>(output, i);
                if (unconditional != null)
                {
                    Quad<TVector> u = LoadOutput<TLanes, TVector, TOutput>(unconditional, i);
                    m = Add<TLanes, TVector>(w.Guidance, Subtract<TLanes, TVector>(m, u), u);
                }

                unbounded = TLanes.Unbounded(m.A, unbounded);
                unbounded = TLanes.Unbounded(m.B, unbounded);
                unbounded = TLanes.Unbounded(m.C, unbounded);
                unbounded = TLanes.Unbounded(m.D, unbounded);

                Quad<TVector> x = Load<TLanes, TVector>(state, i);
                Quad<TVector> sum = Add<TLanes, TVector>(w.Output, m, Multiply<TLanes, TVector>(w.State, x));
                Quad<TVector> clean = x;
                if (sumsData | (toData != null))
                {
                    clean = Add<TLanes, TVector>(w.DataOutput, m, Multiply<TLanes, TVector>(w.DataState, x));
                    clean = hasLimit ? Clip<TLanes, TVector>(clean, w.Limit, w.MinusLimit) : clean;
                    sum = sumsData ? Add<TLanes, TVector>(w.Data, clean, sum) : sum;
                }

                sum = AddPast<TLanes, TVector>(w.Past1, past1, i, sum);
                sum = AddPast<TLanes, TVector>(w.Past2, past2, i, sum);
                sum = AddPast<TLanes, TVector>(w.Past3, past3, i, sum);
                sum = AddPast<TLanes, TVector>(w.Noise, noise, i, sum);
                if (toData != null)
                {
                    Store<TLanes, TVector>(clean, toData, i); // after the past is read: it may be the same tensor
                }

                if (toNext != null)
                {
                    Store<TLanes, TVector>(sum, toNext, i);
                }
            }
        }

        return ScalarFrom(whole, weights, tensors, next, data) & !TLanes.Any(unbounded);
    }

    /// <summary>Four vectors beside each other.</summary>
    readonly record struct Quad<TVector>(TVector A, TVector B, TVector C, TVector D);

    /// <summary>The weights, one to every lane.</summary>
    readonly struct Broadcast<TLanes, TVector>(in DiffusionWeights weights)
        where TLanes : IArithmeticLanes<TVector>
        where TVector : unmanaged
    {
        public readonly TVector Guidance = TLanes.Broadcast(weights.Guidance);
        public readonly TVector DataState = TLanes.Broadcast(weights.DataState);
        public readonly TVector DataOutput = TLanes.Broadcast(weights.DataOutput);
        public readonly TVector Limit = TLanes.Broadcast(weights.DataLimit);
        public readonly TVector MinusLimit = TLanes.Broadcast(-weights.DataLimit);
        public readonly TVector State = TLanes.Broadcast(weights.State);
        public readonly TVector Output = TLanes.Broadcast(weights.Output);
        public readonly TVector Data = TLanes.Broadcast(weights.Data);
        public readonly TVector Past1 = TLanes.Broadcast(weights.Past1);
        public readonly TVector Past2 = TLanes.Broadcast(weights.Past2);
        public readonly TVector Past3 = TLanes.Broadcast(weights.Past3);
        public readonly TVector Noise = TLanes.Broadcast(weights.Noise);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Quad<TVector> LoadOutput<TLanes, TVector, TOutput>(byte* source, nint index)
        where TLanes : IArithmeticLanes<TVector>
        where TVector : unmanaged
        where TOutput : IOutputFormat =>
        new(
            TOutput.Load<TLanes, TVector>(source, index),
            TOutput.Load<TLanes, TVector>(source, index + TLanes.Count),
            TOutput.Load<TLanes, TVector>(source, index + (2 * TLanes.Count)),
            TOutput.Load<TLanes, TVector>(source, index + (3 * TLanes.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Quad<TVector> Load<TLanes, TVector>(float* source, nint index)
        where TLanes : IArithmeticLanes<TVector>
        where TVector : unmanaged =>
        new(
            TLanes.Load(source + index),
            TLanes.Load(source + index + TLanes.Count),
            TLanes.Load(source + index + (2 * TLanes.Count)),
            TLanes.Load(source + index + (3 * TLanes.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store<TLanes, TVector>(Quad<TVector> values, float* destination, nint index)
        where TLanes : IArithmeticLanes<TVector>
        where TVector : unmanaged
    {
        TLanes.Store(values.A, destination + index);
        TLanes.Store(values.B, destination + index + TLanes.Count);
        TLanes.Store(values.C, destination + index + (2 * TLanes.Count));
        TLanes.Store(values.D, destination + index + (3 * TLanes.Count));
    }

    /// <summary><c>sum</c>, and <c>weight * past</c> where there is a past.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Quad<TVector> AddPast<TLanes, TVector>(TVector weight, float* past, nint index, Quad<TVector> sum)
        where TLanes : IArithmeticLanes<TVector>
        where TVector : unmanaged =>
        past == null ? sum : Add<TLanes, TVector>(weight, Load<TLanes, TVector>(past, index), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Quad<TVector> Add<TLanes, TVector>(TVector weight, Quad<TVector> x, Quad<TVector> sum)
        where TLanes : IArithmeticLanes<TVector>
        where TVector : unmanaged =>
        new(
            TLanes.MultiplyAdd(weight, x.A, sum.A),
            TLanes.MultiplyAdd(weight, x.B, sum.B),
            TLanes.MultiplyAdd(weight, x.C, sum.C),
            TLanes.MultiplyAdd(weight, x.D, sum.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Quad<TVector> Multiply<TLanes, TVector>(TVector weight, Quad<TVector> x)
        where TLanes : IArithmeticLanes<TVector>
        where TVector : unmanaged =>
        new(TLanes.Multiply(weight, x.A), TLanes.Multiply(weight, x.B), TLanes.Multiply(weight, x.C), TLanes.Multiply(weight, x.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Quad<TVector> Subtract<TLanes, TVector>(Quad<TVector> x, Quad<TVector> y)
        where TLanes : IArithmeticLanes<TVector>
        where TVector : unmanaged =>
        new(TLanes.Subtract(x.A, y.A), TLanes.Subtract(x.B, y.B), TLanes.Subtract(x.C, y.C), TLanes.Subtract(x.D, y.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Quad<TVector> Clip<TLanes, TVector>(Quad<TVector> x, TVector limit, TVector minusLimit)
        where TLanes : IArithmeticLanes<TVector>
        where TVector : unmanaged =>
        new(
            TLanes.Above(TLanes.Below(x.A, limit), minusLimit),
            TLanes.Above(TLanes.Below(x.B, limit), minusLimit),
            TLanes.Above(TLanes.Below(x.C, limit), minusLimit),
            TLanes.Above(TLanes.Below(x.D, limit), minusLimit));
}
