using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lacuna.Kernels;

/// <summary>The codewords of <see cref="CodePanels"/> once more in 8-bit integers, and how far they are from what they stand for.</summary>
/// <remarks>
/// A codeword's elements are <c>scale * q</c>, q from -127 to 127. Four neighbouring elements of a codeword fill a lane:
/// <code>
/// panel 0: | c[0] 0..3, c[1] 0..3, ... c[15] 0..3 | c[0] 4..7, ... | ...
/// </code>
/// It never changes after it is made: threads may share it.
/// </remarks>
public sealed unsafe class CodeScreen
{
    /// <summary>Most elements of a codeword: the sum of their products fits 32 bits.</summary>
    public const int MaxDimensions = 1 << 16;

    /// <summary>What is added to the integers of a vector, so that they are not negative.</summary>
    internal const int Offset = 64;

    /// <summary>Greatest magnitude of an integer of a vector: two products of 127 and 127 fit 16 bits.</summary>
    internal const int VectorLimit = 63;

    /// <summary>Greatest magnitude of an integer of a codeword.</summary>
    const int CodeLimit = 127;

    /// <summary>Beyond this, and its inverse, the bound does not hold or is not computed.</summary>
    internal const double Moderate = 1e15;

    readonly AlignedArray bytes;
    readonly AlignedArray sums;
    readonly AlignedArray scales;
    readonly AlignedArray bias;

    /// <summary>Rounds codewords.</summary>
    /// <param name="panels">The codewords; shared.</param>
    /// <exception cref="ArgumentException">They have more than <see cref="MaxDimensions"/> elements.</exception>
    public CodeScreen(CodePanels panels)
    {
        ArgumentNullException.ThrowIfNull(panels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(panels.Dimensions, MaxDimensions, nameof(panels));
        Panels = panels;
        PanelCount = (panels.PanelCount + 1) / 2 * 2;
        Quads = (panels.Dimensions + 3) / 4;
        int codes = PanelCount * CodePanels.PanelWidth;
        bytes = new AlignedArray(checked(codes * Quads));
        (sums, scales, bias) = (new AlignedArray(codes), new AlignedArray(codes), new AlignedArray(codes));
        bias.Span.Fill(float.NegativeInfinity);
        panels.Bias.CopyTo(bias.Span);

        var greatest = default(Extremes);
        for (int code = 0; code < panels.Count; code++)
        {
            greatest = greatest.With(Round(code));
        }

        double rounding = (panels.Dimensions + 8) * Math.ScaleB(1, -23);
        PerNorm = greatest.Error + rounding * greatest.Norms;
        PerError = greatest.Rounded + rounding * greatest.Norms;
        Constant = rounding * greatest.Bias + Math.ScaleB(1, -100);
        IsModerate = greatest.Norms <= Moderate && greatest.Bias <= Moderate * Moderate;
    }

    /// <summary>The codewords themselves.</summary>
    public CodePanels Panels { get; }

    /// <summary>Panels, an even number.</summary>
    internal int PanelCount { get; }

    /// <summary>Lanes of four elements that a codeword fills.</summary>
    internal int Quads { get; }

    /// <summary>Whether the bound holds at all.</summary>
    internal bool IsModerate { get; }

    /// <summary>What the length of a vector is multiplied by in the bound.</summary>
    internal double PerNorm { get; }

    /// <summary>What the length of a vector's rounding error is multiplied by in the bound.</summary>
    internal double PerError { get; }

    /// <summary>What stands alone in the bound.</summary>
    internal double Constant { get; }

    /// <summary>Shape [panels, quads, 16, 4] of signed bytes.</summary>
    internal sbyte* Bytes => (sbyte*)First(bytes);

    /// <summary>Shape [codes] of integers: minus <see cref="Offset"/> times the sum of a codeword's bytes.</summary>
    internal int* Sums => (int*)First(sums);

    /// <summary>Shape [codes].</summary>
    internal float* Scales => First(scales);

    /// <summary>Shape [codes], minus infinity where there is no codeword.</summary>
    internal float* Bias => First(bias);

    static float* First(AlignedArray array) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(array.Span));

    /// <summary>Rounds one codeword.</summary>
    /// <returns>Its part in the bound.</returns>
    Extremes Round(int code)
    {
        float greatest = 0;
        for (int i = 0; i < Panels.Dimensions; i++)
        {
            greatest = Math.Max(greatest, Math.Abs(Panels.Panels[Panels.IndexOf(code, i)]));
        }

        float scale = greatest / CodeLimit;
        (double norm, double rounded, double error) = (0, 0, 0);
        int sum = 0;
        for (int i = 0; i < Panels.Dimensions; i++)
        {
            double element = Panels.Panels[Panels.IndexOf(code, i)];
            int q = scale > 0 ? (int)Math.Clamp(Math.Round(element / scale), -CodeLimit, CodeLimit) : 0;
            Bytes[((code / CodePanels.PanelWidth * Quads + i / 4) * CodePanels.PanelWidth + code % CodePanels.PanelWidth) * 4 + i % 4] =
                (sbyte)q;
            double kept = (double)scale * q;
            norm += element * element;
            rounded += kept * kept;
            error += (element - kept) * (element - kept);
            sum += q;
        }

        Scales[code] = scale;
        Sums[code] = -Offset * sum;
        double size = float.IsNegativeInfinity(Bias[code]) ? 0 : Math.Abs((double)Bias[code]);
        return new Extremes(Upward(error), Upward(rounded), Upward(norm) + Upward(rounded), size);
    }

    /// <summary>A square root that is not too small by the rounding of its argument, a sum of squares in double.</summary>
    static double Upward(double square) => Math.Sqrt(square) * (1 + Math.ScaleB(1, -30));

    /// <summary>The greatest of what the bound is made of: |dc|, |c^|, |c| + |c^|, and |b|. A NaN stays.</summary>
    readonly record struct Extremes(double Error, double Rounded, double Norms, double Bias)
    {
        public Extremes With(Extremes other) => new(
            Math.Max(Error, other.Error), Math.Max(Rounded, other.Rounded), Math.Max(Norms, other.Norms), Math.Max(Bias, other.Bias));
    }
}
