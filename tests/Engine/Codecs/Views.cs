using Lacuna.Codecs;

namespace Lacuna.Tests.Engine.Codecs;

/// <summary>Pictures in collected memory as the codecs see them.</summary>
static unsafe class Views
{
    public delegate T Use<out T>(in PictureView view);

    /// <summary>Holds a picture still while <paramref name="use"/> runs.</summary>
    public static T With<T>(Picture picture, Use<T> use)
    {
        fixed (byte* pixels = picture.Pixels)
        {
            var format = (PixelFormat)picture.Layout;
            return use(new PictureView(picture.Width, picture.Height, format, pixels, (nint)picture.Width * picture.Channels));
        }
    }
}
