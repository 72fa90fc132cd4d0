using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;
using Lacuna.Tests.Engine.Streams;
using Lacuna.Tests.Engine.Workers;
using Lacuna.Tests.Kernels;
using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Codecs;

/// <summary>One decoder or encoder for many pictures: nothing of one shows in another, and every failure leaves it usable.</summary>
[Trait("Level", "any")]
public class DecoderReuseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Pictures_of_all_shapes_and_qualities_come_from_one_decoder_as_from_new_ones(int threads)
    {
        using var decoder = new ImageDecoder(new ImageDecoderOptions { Threads = threads });
        using var hosted = new ImageDecoder(new ImageDecoderOptions { Runner = new Runner(threads) });
        Assert.Equal((threads, 0u), (hosted.Workers, decoder.LatentsChecksum()));
        var checksums = new HashSet<uint>();
        foreach ((int width, int height, PixelLayout layout, double quality) in Shapes)
        {
            byte[] stream = Coding.Encode(Scenes.Make(width, height, layout), quality);
            Picture expected = Coding.Decode(stream);
            AssertSame(StreamStatus.Done, expected.Pixels, Decode(decoder, stream, expected));
            AssertSame(StreamStatus.Done, expected.Pixels, Decode(hosted, stream, expected));
            Assert.Equal(decoder.LatentsChecksum(), hosted.LatentsChecksum());
            Assert.True(checksums.Add(decoder.LatentsChecksum()));
        }
    }

    [Fact]
    public void Pictures_of_all_shapes_come_from_one_encoder_as_from_new_ones()
    {
        using var encoder = new ImageEncoder(new ImageEncoderOptions { Threads = 3 });
        using var hosted = new ImageEncoder(new ImageEncoderOptions { Runner = new Runner(2) });
        foreach ((int width, int height, PixelLayout layout, _) in Shapes)
        {
            Picture picture = Scenes.Make(width, height, layout);
            byte[] expected = Coding.Encode(picture);
            Assert.Equal(expected, Views.With<byte[]>(picture, (in PictureView view) => encoder.Encode(view).ToArray()));
            Assert.Equal(expected, Views.With<byte[]>(picture, (in PictureView view) => hosted.Encode(view).ToArray()));
        }
    }

    [Fact]
    public void Damage_and_cancellation_clear_the_picture_and_the_decoder_lives_on()
    {
        Picture picture = Scenes.Make(1040, 16, PixelLayout.Rgba);
        byte[] stream = Coding.Encode(picture);
        Picture expected = Coding.Decode(stream);
        StreamParts parts = StreamParts.Of(stream);
        parts.Parts[^1] = parts.Parts[^1] with { Payload = [9, 9, 9] };
        byte[] damaged = parts.ToArray();
        using var source = new CancellationTokenSource();
        bool cancels = false;
        var notes = new ProgressNotes(value =>
        {
            if (cancels && value >= 0.5)
            {
                source.Cancel();
            }
        });
        using var decoder = new ImageDecoder(new ImageDecoderOptions { Threads = 2, Progress = notes });
        AssertSame(StreamStatus.InvalidData, new byte[expected.Pixels.Length], Decode(decoder, damaged, expected));
        cancels = true;
        Assert.Equal(0u, decoder.LatentsChecksum());
        AssertSame(StreamStatus.Cancelled, new byte[expected.Pixels.Length], Decode(decoder, stream, expected, source.Token));
        cancels = false;
        AssertSame(StreamStatus.Done, expected.Pixels, Decode(decoder, stream, expected));
    }

    [Fact]
    public void A_destination_of_another_size_is_an_exception_and_stays_as_it_is()
    {
        byte[] stream = Coding.Encode(Scenes.Make(20, 10));
        using var decoder = new ImageDecoder(new ImageDecoderOptions { Threads = 1 });
        Picture other = Scenes.Make(10, 20);
        byte[] before = [.. other.Pixels];
        Assert.ThrowsAny<ArgumentException>(() => Views.With(other, (in PictureView view) => decoder.Decode(stream, view)));
        Assert.Equal(before, other.Pixels);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Decoding_without_memory_at_any_call_fails_clean_and_then_succeeds(int threads)
    {
        byte[] stream = Coding.Encode(Scenes.Make(1040, 16, PixelLayout.Rgba));
        Picture expected = Coding.Decode(stream);
        FailAtEachCall(allocator =>
        {
            using var decoder = new ImageDecoder(new ImageDecoderOptions { Threads = threads, Memory = allocator });
            Picture target = Scenes.Make(expected.Width, expected.Height, expected.Layout);
            bool failed = Fails(() => Views.With(target, (in PictureView view) => decoder.Decode(stream, view)));
            allocator.FailingCall = 0;
            Assert.Equal(failed ? new byte[target.Pixels.Length] : expected.Pixels, target.Pixels);
            AssertSame(StreamStatus.Done, expected.Pixels, Decode(decoder, stream, expected));
            return failed;
        });
    }

    [Fact]
    public void Encoding_without_memory_at_any_call_fails_clean_and_then_succeeds()
    {
        Picture picture = Scenes.Make(1040, 16, PixelLayout.GreyAlpha);
        byte[] expected = Coding.Encode(picture);
        FailAtEachCall(allocator =>
        {
            using var encoder = new ImageEncoder(new ImageEncoderOptions { Threads = 2, Memory = allocator });
            bool failed = Fails(() => Views.With(picture, (in PictureView view) => encoder.Encode(view).Length));
            allocator.FailingCall = 0;
            Assert.Equal(expected, Views.With<byte[]>(picture, (in PictureView view) => encoder.Encode(view).ToArray()));
            return failed;
        });
    }

    [Fact]
    public void A_runner_that_fails_ends_the_call_with_its_exception_and_the_decoder_lives_on()
    {
        byte[] stream = Coding.Encode(Scenes.Make(40, 30));
        Picture expected = Coding.Decode(stream);
        var runner = new Runner(2) { Fault = static (_, _) => false };
        using var decoder = new ImageDecoder(new ImageDecoderOptions { Runner = runner });
        Assert.Throws<RunnerException>(() => Decode(decoder, stream, expected));
        runner.Fault = null;
        AssertSame(StreamStatus.Done, expected.Pixels, Decode(decoder, stream, expected));
    }

    static (int, int, PixelLayout, double)[] Shapes =>
    [
        (64, 48, PixelLayout.Rgb, 50), (1, 1, PixelLayout.GreyAlpha, 90), (1100, 20, PixelLayout.Rgb, 50), (33, 90, PixelLayout.Rgba, 10),
        (5000, 17, PixelLayout.Grey, 50), (64, 48, PixelLayout.Rgba, 51),
    ];

    static (StreamStatus Status, byte[] Pixels) Decode(
        ImageDecoder decoder, byte[] stream, Picture like, CancellationToken cancellation = default)
    {
        Picture target = new(like.Width, like.Height, like.Layout, [.. like.Pixels.Select(value => (byte)~value)]);
        return (Views.With(target, (in PictureView view) => decoder.Decode(stream, view, cancellation)), target.Pixels);
    }

    static void AssertSame(StreamStatus status, byte[] pixels, (StreamStatus Status, byte[] Pixels) decoded)
    {
        Assert.Equal(status, decoded.Status);
        Assert.Equal(pixels, decoded.Pixels);
    }

    static void FailAtEachCall(Func<CountingAllocator, bool> run)
    {
        bool failed = true;
        for (int call = 1; failed; call++)
        {
            using var allocator = new CountingAllocator { FailingCall = call };
            failed = run(allocator);
            Assert.True(call < 200);
            Assert.True(failed || call > 10);
        }
    }

    static bool Fails(Action run)
    {
        try
        {
            run();
            return false;
        }
        catch (OutOfMemoryException)
        {
            return true;
        }
    }
}
