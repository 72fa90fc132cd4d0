using System.Buffers;
using Lacuna.Entropy;

namespace Lacuna.Codecs.Images;

/// <summary>The alpha channel of a picture as a packet, without loss.</summary>
/// <remarks>docs/format.md, section 7.</remarks>
static class AlphaPlane
{
    /// <summary>The packet's payload.</summary>
    public static byte[] Encode(Picture picture)
    {
        int channels = picture.Channels;
        var plane = new byte[picture.Width * picture.Height];
        for (int i = 0; i < plane.Length; i++)
        {
            plane[i] = picture.Pixels[i * channels + channels - 1];
        }

        return LosslessPlane.Encode(plane, picture.Width, picture.Height);
    }

    /// <summary>Fills the last channel of a picture.</summary>
    /// <returns>Whether the payload is valid.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> payload, Picture picture)
    {
        int channels = picture.Channels;
        var plane = new byte[picture.Width * picture.Height];
        if (LosslessPlane.Decode(payload, plane, picture.Width, picture.Height, picture.Width) != OperationStatus.Done)
        {
            return false;
        }

        for (int i = 0; i < plane.Length; i++)
        {
            picture.Pixels[i * channels + channels - 1] = plane[i];
        }

        return true;
    }
}
