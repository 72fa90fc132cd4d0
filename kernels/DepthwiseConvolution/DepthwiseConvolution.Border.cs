using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class DepthwiseConvolution
{
    /// <summary>Pixels whose window may reach over the picture's edge: all channels of one after the other.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void BorderPixels<TLanes, TVector>(in Frame frame, nint row, nint first, nint end, float* destination)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        nint channels = frame.Channels;
        nint top = row > 0 ? 0 : 1;
        nint bottom = row + 1 < frame.Height ? 3 : 2;
        for (nint x = first; x < end; x++)
        {
            nint left = x > 0 ? 0 : 1;
            nint right = x + 1 < frame.Width ? 3 : 2;
            nint channel = 0;
            for (; channel + TLanes.Count <= channels; channel += TLanes.Count)
            {
                float* weights = frame.Weights + channel;
                float* source = frame.Source + (row - 1) * frame.RowStride + (x - 1) * channels + channel;
                TVector sum = TLanes.Load(weights + DepthwiseWeights.Taps * channels);
                for (nint ky = top; ky < bottom; ky++)
                {
                    for (nint kx = left; kx < right; kx++)
                    {
                        TVector sample = TLanes.Load(source + ky * frame.RowStride + kx * channels);
                        sum = TLanes.MultiplyAdd(sample, TLanes.Load(weights + (ky * 3 + kx) * channels), sum);
                    }
                }

                TLanes.Store(sum, destination + x * channels + channel);
            }

            BorderChannels(frame, row, x, channel, destination);
        }
    }

    /// <summary>The channels of one pixel from <paramref name="first"/> on: fewer than a vector.</summary>
    static void BorderChannels(in Frame frame, nint row, nint x, nint first, float* destination)
    {
        nint channels = frame.Channels;
        nint top = row > 0 ? 0 : 1;
        nint bottom = row + 1 < frame.Height ? 3 : 2;
        nint left = x > 0 ? 0 : 1;
        nint right = x + 1 < frame.Width ? 3 : 2;
        for (nint channel = first; channel < channels; channel++)
        {
            float* weights = frame.Weights + channel;
            float* source = frame.Source + (row - 1) * frame.RowStride + (x - 1) * channels + channel;
            float sum = weights[DepthwiseWeights.Taps * channels];
            for (nint ky = top; ky < bottom; ky++)
            {
                for (nint kx = left; kx < right; kx++)
                {
                    sum = MathF.FusedMultiplyAdd(
                        source[ky * frame.RowStride + kx * channels],
                        weights[(ky * 3 + kx) * channels],
                        sum);
                }
            }

            destination[x * channels + channel] = sum;
        }
    }
}
