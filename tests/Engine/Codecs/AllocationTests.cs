using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Kernels;
using Lacuna.Streams;
using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Codecs;

[Collection(nameof(OneAtATime))]
[Trait("Level", "any")]
public class AllocationTests
{
    [Theory]
    [InlineData(64, 64, PixelLayout.Rgb, PixelFormat.Rgb, 1)]
    [InlineData(400, 300, PixelLayout.Rgba, PixelFormat.Bgra, 1)]
    [InlineData(400, 300, PixelLayout.Rgba, PixelFormat.Bgra, 4)]
    [InlineData(300, 40, PixelLayout.Grey, PixelFormat.PlanarRgba, 4)]
    [InlineData(5000, 24, PixelLayout.Rgb, PixelFormat.Rgb, 1)] // five regions and tiles, side by side where there are four threads
    [InlineData(5000, 24, PixelLayout.GreyAlpha, PixelFormat.GreyAlpha, 4)]
    [InlineData(2000, 24, PixelLayout.Rgb, PixelFormat.Rgb, 4)]
    public unsafe void Nothing_is_allocated_from_the_second_picture_on(
        int width, int height, PixelLayout layout, PixelFormat format, int threads)
    {
        byte[] stream = Coding.Encode(Scenes.Make(width, height, layout), quality: 70, threads: 2);
        using var decoder = new ImageDecoder(new ImageDecoderOptions { Threads = threads });
        int rowBytes = PixelFormats.RowBytes(format, width);
        var pixels = new byte[rowBytes * height * PixelFormats.Planes(format)];
        fixed (byte* first = pixels)
        {
            nint plane = rowBytes * height;
            nint[] planes = [(nint)first, (nint)first + plane, (nint)first + 2 * plane, (nint)first + 3 * plane];
            var view = new PictureView(width, height, format, planes, [rowBytes, rowBytes, rowBytes, rowBytes]);
            var meter = new Meter(threads);
            Decode(decoder, stream, view, 2);
            decoder.Pool.For(threads, meter, Meter.Read);
            long[] before = meter.Take();
            Decode(decoder, stream, view, 5);
            decoder.Pool.For(threads, meter, Meter.Read);
            long[] after = meter.Take();
            after[0] -= Meter.TakeBytes(threads); // the calling thread's, of the array before
            Assert.Equal(before, after);
        }

        Assert.Contains(pixels, value => value != 0);
    }

    [Fact]
    public void Nothing_is_allocated_on_a_host_s_threads_either()
    {
        byte[] stream = Coding.Encode(Scenes.Make(2000, 24), quality: 70);
        Picture picture = Scenes.Make(2000, 24);
        using var decoder = new ImageDecoder(new ImageDecoderOptions { Runner = new InTurn(), Memory = BufferAllocator.System });
        long allocated = Views.With(picture, (in PictureView view) =>
        {
            Decode(decoder, stream, view, 2);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Decode(decoder, stream, view, 5);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Live_bytes_are_those_of_a_decoder_and_none_once_it_is_disposed()
    {
        byte[] stream = Coding.Encode(Scenes.Make(300, 200));
        Picture picture = Scenes.Make(300, 200);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = BufferAllocator.LiveBytes;
        var decoder = new ImageDecoder(new ImageDecoderOptions { Threads = 1 });
        Assert.Equal(0, BufferAllocator.LiveBytes - before);
        Views.With(picture, (in PictureView view) => decoder.Decode(stream, view));
        long most = ImageMemory.DecodingBytes(300, 200, PixelFormat.Rgb, 1);
        Assert.InRange(BufferAllocator.LiveBytes - before, most / 2, most);
        decoder.Dispose();
        Assert.Equal(0, BufferAllocator.LiveBytes - before);
    }

    static void Decode(ImageDecoder decoder, byte[] stream, in PictureView view, int times)
    {
        for (int i = 0; i < times; i++)
        {
            StreamStatus status = decoder.Decode(stream, view);
            if (status != StreamStatus.Done)
            {
                Assert.Fail(status.ToString());
            }
        }
    }

    /// <summary>Reads the bytes that each thread of a pool has ever allocated, without allocating.</summary>
    sealed class Meter(int threads)
    {
        readonly long[] bytes = new long[threads];
        int met;

        public static Action<Meter, int, int> Read { get; } = static (meter, _, worker) =>
        {
            meter.bytes[worker] = GC.GetAllocatedBytesForCurrentThread();
            Interlocked.Increment(ref meter.met);
            var patience = default(SpinWait);
            while (Volatile.Read(ref meter.met) < meter.bytes.Length)
            {
                patience.SpinOnce(); // so that each thread takes one
            }
        };

        /// <summary>What <see cref="Take"/> allocates.</summary>
        public static long TakeBytes(int threads)
        {
            var meter = new Meter(threads);
            long before = GC.GetAllocatedBytesForCurrentThread();
            meter.Take();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        public long[] Take()
        {
            met = 0;
            return (long[])bytes.Clone();
        }
    }
}

/// <summary>A host that makes all calls itself, one after another.</summary>
sealed class InTurn : IParallelRunner
{
    public int Workers => 2;

    public bool Run(WorkerPool pool, int count)
    {
        for (int i = 0; i < count; i++)
        {
            pool.Execute(i, i % 2);
        }

        return true;
    }
}
