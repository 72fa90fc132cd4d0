namespace Lacuna.Kernels;

public static unsafe partial class FloatMerge
{
    /// <summary>A vector of every plane a step, at any width.</summary>
    /// <remarks>The last step overlaps the one before it, so that no float is left over.</remarks>
    static void Lanes<TLanes, TVector>(in FloatPlanes planes, Span<byte> floats)
        where TLanes : struct, IByteLanes<TVector>
        where TVector : unmanaged
    {
        if (planes.Count < TLanes.Count)
        {
            Scalar(planes, floats);
            return;
        }

        fixed (byte* first = planes.First, second = planes.Second, third = planes.Third, fourth = planes.Fourth, destination = floats)
        {
            if (planes.Width == 2)
            {
                Pairs<TLanes, TVector>(first, second, planes.Count, destination);
            }
            else
            {
                Quads<TLanes, TVector>(first, second, third, fourth, planes.Count, destination);
            }
        }
    }

    static void Pairs<TLanes, TVector>(byte* first, byte* second, int count, byte* floats)
        where TLanes : struct, IByteLanes<TVector>
        where TVector : unmanaged
    {
        nint last = count - TLanes.Count;
        for (nint i = 0; ; i = nint.Min(i + TLanes.Count, last))
        {
            TVector odd = TLanes.Load(first + i), even = TLanes.Load(second + i);
            TLanes.Store(TLanes.Rotate16(TLanes.FirstOf(even, odd), 15), floats + 2 * i);
            TLanes.Store(TLanes.Rotate16(TLanes.SecondOf(even, odd), 15), floats + 2 * i + TLanes.Count);
            if (i == last)
            {
                return;
            }
        }
    }

    static void Quads<TLanes, TVector>(byte* first, byte* second, byte* third, byte* fourth, int count, byte* floats)
        where TLanes : struct, IByteLanes<TVector>
        where TVector : unmanaged
    {
        nint last = count - TLanes.Count;
        for (nint i = 0; ; i = nint.Min(i + TLanes.Count, last))
        {
            // Bytes 1 and 3 of every float, then bytes 0 and 2: what FloatSplit has before its last step.
            TVector one = TLanes.Load(third + i), three = TLanes.Load(first + i);
            TVector zero = TLanes.Load(fourth + i), two = TLanes.Load(second + i);
            TVector oddFirst = TLanes.FirstOf(one, three), oddSecond = TLanes.SecondOf(one, three);
            TVector evenFirst = TLanes.FirstOf(zero, two), evenSecond = TLanes.SecondOf(zero, two);
            byte* to = floats + 4 * i;
            TLanes.Store(TLanes.Rotate32(TLanes.FirstOf(evenFirst, oddFirst), 31), to);
            TLanes.Store(TLanes.Rotate32(TLanes.SecondOf(evenFirst, oddFirst), 31), to + TLanes.Count);
            TLanes.Store(TLanes.Rotate32(TLanes.FirstOf(evenSecond, oddSecond), 31), to + 2 * TLanes.Count);
            TLanes.Store(TLanes.Rotate32(TLanes.SecondOf(evenSecond, oddSecond), 31), to + 3 * TLanes.Count);
            if (i == last)
            {
                return;
            }
        }
    }
}
