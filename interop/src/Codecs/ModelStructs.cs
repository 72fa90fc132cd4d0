using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Codecs.Images.Model;

namespace Lacuna.Interop;

/// <summary>A SHA-256.</summary>
[InlineArray(32)]
struct Digest
{
    byte first;
}

/// <summary>lac_model_properties of lacuna/model.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct ModelProperties
{
    public uint StructSize;
    public int Embedded;
    public ulong Hash;
    public Digest Sha256;
    public ulong Bytes;
    public ulong Parameters;

    public static ModelProperties From(ImageModel model)
    {
        var properties = new ModelProperties
        {
            Embedded = model.IsEmbedded ? 1 : 0,
            Hash = model.Hash,
            Bytes = (ulong)model.FileBytes,
            Parameters = (ulong)model.Parameters,
        };
        model.Sha256.CopyTo(properties.Sha256);
        return properties;
    }
}
