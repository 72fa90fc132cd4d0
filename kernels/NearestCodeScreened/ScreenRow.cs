using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

/// <summary>Rounds a vector to the integers that <see cref="NearestCodeScreened"/> multiplies.</summary>
static unsafe class ScreenRow
{
    /// <summary>Rounds one vector, and computes how far estimates may be from scores.</summary>
    /// <param name="codewords">What it will be multiplied with.</param>
    /// <param name="x">Shape [dimensions].</param>
    /// <param name="rounded">Shape [4 * quads]; receives the integers plus <see cref="CodeScreen.Offset"/>.</param>
    /// <param name="scale">Receives what an integer is multiplied by.</param>
    /// <param name="margin">Receives twice the bound, rounded up; a NaN where it does not hold.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(CodeScreen codewords, float* x, byte* rounded, out float scale, out double margin)
    {
        int dimensions = codewords.Panels.Dimensions;
        float greatest = 0;
        for (int i = 0; i < dimensions; i++)
        {
            float size = MathF.Abs(x[i]);
            greatest = size <= greatest ? greatest : size; // a NaN stays
        }

        if (!codewords.IsModerate || !(greatest * Math.Sqrt(dimensions) <= CodeScreen.Moderate))
        {
            new Span<byte>(rounded, 4 * codewords.Quads).Fill(CodeScreen.Offset);
            (scale, margin) = (0, double.NaN);
            return;
        }

        scale = greatest / CodeScreen.VectorLimit;
        float inverse = scale > 0 ? 1 / scale : 0;
        inverse = float.IsFinite(inverse) ? inverse : 0;
        (double square, double error) = (0, 0);
        for (int i = 0; i < dimensions; i++)
        {
            int q = Math.Clamp((int)MathF.Round(x[i] * inverse), -CodeScreen.VectorLimit, CodeScreen.VectorLimit);
            rounded[i] = (byte)(q + CodeScreen.Offset);
            double rest = x[i] - (double)scale * q;
            square += (double)x[i] * x[i];
            error += rest * rest;
        }

        new Span<byte>(rounded + dimensions, 4 * codewords.Quads - dimensions).Fill(CodeScreen.Offset);
        double bound = Math.Sqrt(square) * codewords.PerNorm + Math.Sqrt(error) * codewords.PerError + codewords.Constant;
        margin = 2 * bound * (1 + Math.ScaleB(1, -30));
    }
}
