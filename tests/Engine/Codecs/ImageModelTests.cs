using System.Buffers.Binary;
using System.Security.Cryptography;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Codecs.Images.Model;
using Lacuna.Streams;
using Lacuna.Tests.Architecture;
using Lacuna.Tests.Engine.Tensors;

namespace Lacuna.Tests.Engine.Codecs;

public unsafe class ImageModelTests
{
    static readonly byte[] File = System.IO.File.ReadAllBytes(Path.Combine(Repository.Root, "models", "image.safetensors"));

    static readonly int DataStart = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(File);

    [Fact]
    public void The_default_model_s_file_opens_as_the_same_model_from_outside() => Opened(File, model =>
    {
        ImageModel own = ImageModel.Default;
        Assert.Equal((own.Hash, own.FileBytes, own.Parameters), (model.Hash, model.FileBytes, model.Parameters));
        Assert.Equal(SHA256.HashData(File), model.Sha256.ToArray());
        Assert.Equal(model.Sha256, own.Sha256);
        Assert.Equal((File.LongLength, true, false), (own.FileBytes, own.IsEmbedded, model.IsEmbedded));
        Assert.InRange(model.Parameters, File.Length / 4, File.Length / 2);
    });

    [Fact]
    public void A_stream_of_another_model_needs_that_model_and_decodes_with_it() => Opened(Other(), model =>
    {
        Picture picture = Scenes.Make(50, 40);
        byte[] stream = ImageEncoder.Encode(picture, new ImageEncoderOptions { Model = model, Threads = 1 });
        Assert.NotEqual(ImageModel.Default.Hash, model.Hash);
        Assert.Equal(StreamStatus.Done, ImageDecoder.ReadInfo(stream, out ImageInfo info));
        Assert.Equal((model.Hash, false), (info.Model, info.HasModel));
        Assert.Equal(StreamStatus.UnknownModel, Coding.StatusOf(stream));

        var options = new ImageDecoderOptions { Models = [model], Threads = 2 };
        Assert.Equal(StreamStatus.Done, ImageDecoder.Decode(stream, options, out Picture? decoded));
        Assert.InRange(Scenes.Psnr(picture, decoded!), 20, 60);
        byte[] own = Coding.Encode(picture);
        Assert.Equal(StreamStatus.Done, ImageDecoder.Decode(own, options, out decoded));
        Assert.Equal(Coding.Decode(own).Pixels, decoded!.Pixels);
    });

    [Fact]
    public void A_decoder_lays_out_no_analysis_layers() => Opened(Other(), model =>
    {
        byte[] stream = ImageEncoder.Encode(Scenes.Make(16, 16), new ImageEncoderOptions { Model = model, Threads = 1 });
        Opened(Other(), fresh =>
        {
            ImageDecoder.Decode(stream, new ImageDecoderOptions { Models = [fresh], Threads = 1 }, out Picture? decoded);
            Assert.NotNull(decoded);
            Assert.Equal((false, true), (fresh.IsPacked(nameof(fresh.Analysis)), fresh.IsPacked(nameof(fresh.Synthesis))));
            Assert.False(fresh.IsPacked(nameof(fresh.HyperAnalysis)));
        });
    });

    [Theory]
    [InlineData(0x7F80)]
    [InlineData(0xFF80)]
    [InlineData(0x7FC1)]
    public void A_weight_that_is_not_finite_is_refused(int value)
    {
        byte[] file = [.. File];
        for (int offset = DataStart; offset < file.Length - 4; offset += 400_004)
        {
            ushort before = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(offset & ~1));
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan((offset & ~3) + 2), (ushort)value);
            Assert.Contains("NaN", Refused(file), StringComparison.Ordinal);
            File.AsSpan().CopyTo(file);
            Assert.Equal(before, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(offset & ~1)));
        }
    }

    [Fact]
    public void A_file_that_is_cut_short_or_of_other_tensors_is_refused()
    {
        foreach (int length in new[] { 0, 1, 7, 8, 9, 100, DataStart, File.Length - 1 })
        {
            Refused(File[..length]);
        }

        Assert.Contains("tensor", Refused(TensorBytes.Small()), StringComparison.Ordinal);
        Assert.Contains("header", Refused([0, 0, 0, 1, 0, 0, 0, 0, .. new byte[32]]), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_damage_to_the_header_gives_a_model_or_a_reason()
    {
        var random = new Random(5);
        int refused = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            byte[] file = [.. File];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                file[random.Next(trial % 4 == 0 ? 8 : DataStart)] = (byte)random.Next(256);
            }

            fixed (byte* first = file)
            {
                bool opened = ImageModel.TryOpen(first, file.Length, out ImageModel? model, out string? problem);
                Assert.Equal((opened, !opened), (model is not null, !string.IsNullOrEmpty(problem)));
                refused += opened ? 0 : 1;
            }
        }

        Assert.InRange(refused, 200, 400);
    }

    /// <summary>The default model's file with one weight of another last bit.</summary>
    static byte[] Other()
    {
        byte[] file = [.. File];
        file[^4] ^= 1;
        return file;
    }

    static void Opened(byte[] file, Action<ImageModel> use)
    {
        fixed (byte* first = file)
        {
            Assert.True(ImageModel.TryOpen(first, file.Length, out ImageModel? model, out string? problem), problem);
            use(model!);
        }
    }

    static string Refused(byte[] file)
    {
        fixed (byte* first = file)
        {
            Assert.False(ImageModel.TryOpen(first, file.Length, out ImageModel? model, out string? problem));
            Assert.Null(model);
            return problem!;
        }
    }
}
