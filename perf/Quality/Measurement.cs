using System.Globalization;

namespace Lacuna.Perf.RateDistortion;

/// <summary>One picture through one codec at one setting.</summary>
/// <param name="Bytes">Of the whole file.</param>
/// <param name="BitsPerPixel">8 * bytes / (width * height).</param>
/// <param name="Psnr">dB over all RGB samples.</param>
/// <param name="MsSsim">0 to 1.</param>
sealed record Measurement(
    string Codec,
    double Setting,
    string Picture,
    long Bytes,
    double BitsPerPixel,
    double Psnr,
    double MsSsim,
    double EncodeMs,
    double DecodeMs)
{
    public const string Header = "codec,setting,picture,bytes,bpp,psnr,ms_ssim,encode_ms,decode_ms";

    public string ToCsv() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Codec},{Setting},{Picture},{Bytes},{BitsPerPixel:0.00000},{Psnr:0.0000},{MsSsim:0.000000},{EncodeMs:0.00},{DecodeMs:0.00}");

    public static Measurement? FromCsv(string line)
    {
        string[] parts = line.Split(',');
        double Number(int column) => double.Parse(parts[column], CultureInfo.InvariantCulture);
        return parts.Length == 9
            ? new(parts[0], Number(1), parts[2], (long)Number(3), Number(4), Number(5), Number(6), Number(7), Number(8))
            : null;
    }
}
