using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class DepthwiseConvolution
{
    /// <summary>Pixels that are taken through all channels before the next: four rows of them stay in the first-level cache.</summary>
    const int StripPixels = 16;

    /// <summary>The picture and its weights as pointers. Strides are in floats.</summary>
    struct Frame
    {
        public float* Source;
        public float* Weights; // [10, channels]
        public nint Height;
        public nint Width;
        public nint Channels;
        public nint RowStride;
    }

    /// <summary>Inside the picture two rows at a time in strips; its outermost rows and columns pixel by pixel.</summary>
    static void Sweep<TLanes, TVector>(
        in DepthwiseShape shape,
        ReadOnlySpan<float> source,
        DepthwiseWeights weights,
        Span<float> destination)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        fixed (float* x = source, y = destination, w = weights.TapsAndBias)
        {
            var frame = new Frame
            {
                Source = x,
                Weights = w,
                Height = shape.Height,
                Width = shape.Width,
                Channels = weights.Channels,
                RowStride = (nint)shape.Width * weights.Channels,
            };

            nint row = shape.FirstRow;
            nint end = row + shape.RowCount;
            while (row < end)
            {
                float* to = y + (row - shape.FirstRow) * frame.RowStride;
                bool inside = row > 0 && row + 1 < frame.Height;
                bool pair = inside && row + 1 < end && row + 2 < frame.Height;
                if (pair)
                {
                    InsideRows<TLanes, TVector>(frame, row, to, second: true);
                }
                else if (inside)
                {
                    InsideRows<TLanes, TVector>(frame, row, to, second: false);
                }
                else
                {
                    BorderPixels<TLanes, TVector>(frame, row, 0, frame.Width, to);
                }

                row += pair ? 2 : 1;
            }
        }
    }

    static void InsideRows<TLanes, TVector>(in Frame frame, nint row, float* destination, bool second)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        nint last = frame.Width - 1;
        for (nint line = 0; line <= (second ? 1 : 0); line++)
        {
            BorderPixels<TLanes, TVector>(frame, row + line, 0, nint.Min(1, frame.Width), destination + line * frame.RowStride);
            BorderPixels<TLanes, TVector>(frame, row + line, nint.Max(last, 1), frame.Width, destination + line * frame.RowStride);
        }

        for (nint x = 1; x < last; x += StripPixels)
        {
            nint pixels = nint.Min(StripPixels, last - x);
            nint channel = 0;
            for (; channel + TLanes.Count <= frame.Channels; channel += TLanes.Count)
            {
                if (second)
                {
                    TwoRowStrip<TLanes, TVector>(frame, row, x, pixels, channel, destination);
                }
                else
                {
                    OneRowStrip<TLanes, TVector>(frame, row, x, pixels, channel, destination);
                }
            }

            for (nint line = 0; line <= (second ? 1 : 0) && channel < frame.Channels; line++)
            {
                for (nint pixel = x; pixel < x + pixels; pixel++)
                {
                    BorderChannels(frame, row + line, pixel, channel, destination + line * frame.RowStride);
                }
            }
        }
    }

    /// <summary>One vector of channels along a strip of two rows: 12 loads for 18 taps.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void TwoRowStrip<TLanes, TVector>(in Frame frame, nint row, nint x, nint pixels, nint channel, float* destination)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        nint step = frame.Channels;
        float* w = frame.Weights + channel;
        TVector w00 = TLanes.Load(w), w01 = TLanes.Load(w + step), w02 = TLanes.Load(w + 2 * step);
        TVector w10 = TLanes.Load(w + 3 * step), w11 = TLanes.Load(w + 4 * step), w12 = TLanes.Load(w + 5 * step);
        TVector w20 = TLanes.Load(w + 6 * step), w21 = TLanes.Load(w + 7 * step), w22 = TLanes.Load(w + 8 * step);
        TVector bias = TLanes.Load(w + 9 * step);

        float* s0 = frame.Source + (row - 1) * frame.RowStride + (x - 1) * step + channel;
        float* s1 = s0 + frame.RowStride;
        float* s2 = s1 + frame.RowStride;
        float* s3 = s2 + frame.RowStride;
        float* upper = destination + x * step + channel;
        float* lower = upper + frame.RowStride;

        for (nint pixel = 0; pixel < pixels; pixel++)
        {
            TVector a = TLanes.MultiplyAdd(TLanes.Load(s0), w00, bias);
            a = TLanes.MultiplyAdd(TLanes.Load(s0 + step), w01, a);
            a = TLanes.MultiplyAdd(TLanes.Load(s0 + 2 * step), w02, a);

            TVector sample = TLanes.Load(s1);
            a = TLanes.MultiplyAdd(sample, w10, a);
            TVector b = TLanes.MultiplyAdd(sample, w00, bias);
            sample = TLanes.Load(s1 + step);
            a = TLanes.MultiplyAdd(sample, w11, a);
            b = TLanes.MultiplyAdd(sample, w01, b);
            sample = TLanes.Load(s1 + 2 * step);
            a = TLanes.MultiplyAdd(sample, w12, a);
            b = TLanes.MultiplyAdd(sample, w02, b);

            sample = TLanes.Load(s2);
            a = TLanes.MultiplyAdd(sample, w20, a);
            b = TLanes.MultiplyAdd(sample, w10, b);
            sample = TLanes.Load(s2 + step);
            a = TLanes.MultiplyAdd(sample, w21, a);
            b = TLanes.MultiplyAdd(sample, w11, b);
            sample = TLanes.Load(s2 + 2 * step);
            a = TLanes.MultiplyAdd(sample, w22, a);
            b = TLanes.MultiplyAdd(sample, w12, b);

            b = TLanes.MultiplyAdd(TLanes.Load(s3), w20, b);
            b = TLanes.MultiplyAdd(TLanes.Load(s3 + step), w21, b);
            b = TLanes.MultiplyAdd(TLanes.Load(s3 + 2 * step), w22, b);

            TLanes.Store(a, upper);
            TLanes.Store(b, lower);
            s0 += step;
            s1 += step;
            s2 += step;
            s3 += step;
            upper += step;
            lower += step;
        }
    }

    /// <summary>One vector of channels along a strip of one row: the last of an odd number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void OneRowStrip<TLanes, TVector>(in Frame frame, nint row, nint x, nint pixels, nint channel, float* destination)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        nint step = frame.Channels;
        float* w = frame.Weights + channel;
        TVector w00 = TLanes.Load(w), w01 = TLanes.Load(w + step), w02 = TLanes.Load(w + 2 * step);
        TVector w10 = TLanes.Load(w + 3 * step), w11 = TLanes.Load(w + 4 * step), w12 = TLanes.Load(w + 5 * step);
        TVector w20 = TLanes.Load(w + 6 * step), w21 = TLanes.Load(w + 7 * step), w22 = TLanes.Load(w + 8 * step);
        TVector bias = TLanes.Load(w + 9 * step);

        float* s0 = frame.Source + (row - 1) * frame.RowStride + (x - 1) * step + channel;
        float* s1 = s0 + frame.RowStride;
        float* s2 = s1 + frame.RowStride;
        float* to = destination + x * step + channel;

        for (nint pixel = 0; pixel < pixels; pixel++)
        {
            TVector a = TLanes.MultiplyAdd(TLanes.Load(s0), w00, bias);
            a = TLanes.MultiplyAdd(TLanes.Load(s0 + step), w01, a);
            a = TLanes.MultiplyAdd(TLanes.Load(s0 + 2 * step), w02, a);
            a = TLanes.MultiplyAdd(TLanes.Load(s1), w10, a);
            a = TLanes.MultiplyAdd(TLanes.Load(s1 + step), w11, a);
            a = TLanes.MultiplyAdd(TLanes.Load(s1 + 2 * step), w12, a);
            a = TLanes.MultiplyAdd(TLanes.Load(s2), w20, a);
            a = TLanes.MultiplyAdd(TLanes.Load(s2 + step), w21, a);
            a = TLanes.MultiplyAdd(TLanes.Load(s2 + 2 * step), w22, a);
            TLanes.Store(a, to);
            s0 += step;
            s1 += step;
            s2 += step;
            to += step;
        }
    }
}
