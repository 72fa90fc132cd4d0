using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;
using Lacuna.Tests.Engine.Codecs;
using Lacuna.Tests.Engine.Streams;

namespace Lacuna.Tests.Fuzz.Targets;

/// <summary>What both targets of picture streams share: seeds, and damage that gets past the checksums.</summary>
abstract class StreamTarget : IFuzzTarget
{
    public abstract string Name { get; }

    public abstract int Mutations { get; }

    public abstract long MostAllocated { get; }

    public abstract bool Run(ReadOnlySpan<byte> input);

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds() =>
    [
        ("rgb-16x16.lac", Coding.Encode(Scenes.Make(16, 16))),
        ("rgba-33x20.lac", Coding.Encode(Scenes.Make(33, 20, PixelLayout.Rgba), 90)),
        ("grey-17x9.lac", Coding.Encode(Scenes.Make(17, 9, PixelLayout.Grey), 10)),
        ("grey-alpha-48x32.lac", Coding.Encode(Scenes.Make(48, 32, PixelLayout.GreyAlpha), 70)),
        ("rgb-1x1.lac", Coding.Encode(Scenes.Make(1, 1), 100)),
        ("optional-packet.lac", WithOptionalPacket(Coding.Encode(Scenes.Make(8, 24), 40))),
    ];

    public byte[] Mutate(byte[] seed, byte[] other, Mutator mutator)
    {
        StreamParts stream = StreamParts.Of(seed), donor = StreamParts.Of(other);
        if (mutator.Once(4) || stream.Parts.Count == 0 || donor.Parts.Count == 0)
        {
            return mutator.Change(seed, other);
        }

        List<StreamParts.Part> parts = stream.Parts;
        int at = mutator.Next(parts.Count);
        StreamParts.Part part = parts[at], spare = donor.Parts[mutator.Next(donor.Parts.Count)];
        switch (mutator.Next(9))
        {
            case 0:
                parts.RemoveAt(at);
                break;
            case 1:
                parts.Insert(mutator.Next(parts.Count + 1), spare);
                break;
            case 2:
                parts[at] = part with { Type = (byte)mutator.Next(mutator.Once(2) ? 256 : 5), Layer = (byte)(mutator.Once(4) ? 1 : 0) };
                break;
            default:
                parts[at] = part with { Payload = mutator.Change(part.Payload, spare.Payload) };
                break;
        }

        return stream.ToArray();
    }

    static byte[] WithOptionalPacket(byte[] stream)
    {
        StreamParts parts = StreamParts.Of(stream);
        parts.Parts.Insert(1, new(64, 0, [1, 2, 3]));
        return parts.ToArray();
    }
}

/// <summary><see cref="ImageDecoder.ReadInfo"/>.</summary>
sealed class InfoTarget : StreamTarget
{
    public override string Name => "info";

    public override int Mutations => 1000;

    public override long MostAllocated => 64 << 10;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        StreamStatus status = ImageDecoder.ReadInfo(input, out ImageInfo info);
        Assert.True(Enum.IsDefined(status));
        Assert.Equal(status == StreamStatus.Done, info != default);
        return status == StreamStatus.Done;
    }
}

/// <summary><see cref="ImageDecoder.Decode"/>.</summary>
sealed class DecodeTarget : StreamTarget
{
    static readonly ImageDecoderOptions Options = new() { Threads = 1, MaxPixels = 1 << 12 };

    public override string Name => "decode";

    public override int Mutations => 2500;

    public override long MostAllocated => 16 << 20;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        StreamStatus status = ImageDecoder.Decode(input.ToArray(), Options, out Picture? picture);
        Assert.True(Enum.IsDefined(status) && status != StreamStatus.Cancelled);
        Assert.Equal(status == StreamStatus.Done, picture is not null);
        return status == StreamStatus.Done;
    }
}
