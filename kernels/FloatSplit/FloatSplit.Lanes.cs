namespace Lacuna.Kernels;

public static unsafe partial class FloatSplit
{
    /// <summary>A vector of every plane a step, at any width.</summary>
    /// <remarks>The last step overlaps the one before it, so that no float is left over.</remarks>
    static void Lanes<TLanes, TVector>(ReadOnlySpan<byte> floats, int width, Span<byte> planes)
        where TLanes : struct, IByteLanes<TVector>
        where TVector : unmanaged
    {
        int count = floats.Length / width;
        if (count < TLanes.Count)
        {
            Scalar(floats, width, planes);
            return;
        }

        fixed (byte* source = floats, destination = planes)
        {
            if (width == 2)
            {
                Pairs<TLanes, TVector>(source, count, destination);
            }
            else
            {
                Quads<TLanes, TVector>(source, count, destination);
            }
        }
    }

    static void Pairs<TLanes, TVector>(byte* floats, int count, byte* planes)
        where TLanes : struct, IByteLanes<TVector>
        where TVector : unmanaged
    {
        nint last = count - TLanes.Count;
        byte* second = planes + count;
        for (nint i = 0; ; i = nint.Min(i + TLanes.Count, last))
        {
            TVector a = TLanes.Rotate16(TLanes.Load(floats + 2 * i), 1);
            TVector b = TLanes.Rotate16(TLanes.Load(floats + 2 * i + TLanes.Count), 1);
            TLanes.Store(TLanes.Odd(a, b), planes + i);
            TLanes.Store(TLanes.Even(a, b), second + i);
            if (i == last)
            {
                return;
            }
        }
    }

    static void Quads<TLanes, TVector>(byte* floats, int count, byte* planes)
        where TLanes : struct, IByteLanes<TVector>
        where TVector : unmanaged
    {
        nint last = count - TLanes.Count;
        nint plane = count;
        for (nint i = 0; ; i = nint.Min(i + TLanes.Count, last))
        {
            byte* at = floats + 4 * i;
            TVector a = TLanes.Rotate32(TLanes.Load(at), 1);
            TVector b = TLanes.Rotate32(TLanes.Load(at + TLanes.Count), 1);
            TVector c = TLanes.Rotate32(TLanes.Load(at + 2 * TLanes.Count), 1);
            TVector d = TLanes.Rotate32(TLanes.Load(at + 3 * TLanes.Count), 1);

            // Bytes 1 and 3 of every float, then bytes 0 and 2.
            TVector oddFirst = TLanes.Odd(a, b), oddSecond = TLanes.Odd(c, d);
            TVector evenFirst = TLanes.Even(a, b), evenSecond = TLanes.Even(c, d);
            byte* to = planes + i;
            TLanes.Store(TLanes.Odd(oddFirst, oddSecond), to);
            TLanes.Store(TLanes.Odd(evenFirst, evenSecond), to + plane);
            TLanes.Store(TLanes.Even(oddFirst, oddSecond), to + 2 * plane);
            TLanes.Store(TLanes.Even(evenFirst, evenSecond), to + 3 * plane);
            if (i == last)
            {
                return;
            }
        }
    }
}
