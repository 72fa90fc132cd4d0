using System.Globalization;
using System.Text;
using Lacuna.Cli.Metrics;

namespace Lacuna.Perf.RateDistortion;

/// <summary>Draws rate-distortion curves as SVG, legible on light and on dark pages.</summary>
sealed class RateDistortionPlot(string title, string qualityAxis, IReadOnlyList<Curve> curves, bool linear)
{
    const double Width = 900;
    const double Height = 600;
    const double Left = 64;
    const double Right = 870;
    const double Top = 52;
    const double Bottom = 540;

    static readonly double[] Marks = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 3];

    static readonly (string Name, string Light, string Dark)[] Colours =
    [
        ("Lacuna", "#d6204e", "#ff5c7f"), ("JPEG", "#8a6d1b", "#d3b24a"), ("JPEG progressive", "#b98a00", "#f0cf62"),
        ("WebP", "#1a7f37", "#4ac26b"), ("AVIF", "#0969da", "#58a6ff"), ("JPEG XL", "#8250df", "#bc8cff"),
        ("bmshj2018-factorized", "#777777", "#999999"), ("bmshj2018-hyperprior", "#555555", "#bbbbbb"),
        ("mbt2018-mean", "#333333", "#dddddd"), ("VTM", "#000000", "#ffffff"),
    ];

    readonly double lowRate = linear ? 0 : 0.1;
    readonly double highRate = linear ? 2 : 2.4;
    readonly double low = Math.Floor(Visible(curves).Min(p => p.Quality));
    readonly double high = Math.Ceiling(Visible(curves).Max(p => p.Quality));

    /// <summary>The drawing.</summary>
    public string ToSvg()
    {
        var svg = new StringBuilder();
        svg.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" ");
        Add(svg, $"viewBox=\"0 0 {Width} {Height}\" font-family=\"system-ui, sans-serif\">\n");
        svg.Append("<style>").Append(Style()).Append("</style>\n");
        Add(svg, $"<rect class=\"paper\" width=\"{Width}\" height=\"{Height}\" rx=\"8\"/>\n");
        svg.Append("<clipPath id=\"area\">");
        Add(svg, $"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Right - Left}\" height=\"{Bottom - Top}\"/></clipPath>\n");
        Add(svg, $"<text class=\"title\" x=\"{Left}\" y=\"30\">{title}</text>\n");
        Grid(svg);
        svg.Append("<g clip-path=\"url(#area)\">\n");
        foreach (Curve curve in curves.Reverse())
        {
            Draw(svg, curve);
        }

        svg.Append("</g>\n");
        Legend(svg);
        return svg.Append("</svg>\n").ToString();
    }

    static IEnumerable<RatePoint> Visible(IReadOnlyList<Curve> curves) =>
        curves.SelectMany(c => c.Points).Where(p => p.Rate is >= 0.09 and <= 2.4);

    static string Style()
    {
        var light = new StringBuilder(
            ".paper{fill:#fff}.title{font-size:18px;font-weight:600}text{fill:#333;font-size:13px}.grid{stroke:#8884;stroke-width:1}" +
            ".curve{fill:none;stroke-width:2;stroke-linejoin:round}.published{stroke-dasharray:6 5;stroke-width:1.5}");
        var dark = new StringBuilder(".paper{fill:#16181d}text{fill:#ccc}");
        for (int i = 0; i < Colours.Length; i++)
        {
            light.Append(Invariant($".s{i}{{stroke:{Colours[i].Light}}}.f{i}{{fill:{Colours[i].Light}}}"));
            dark.Append(Invariant($".s{i}{{stroke:{Colours[i].Dark}}}.f{i}{{fill:{Colours[i].Dark}}}"));
        }

        return $"{light}@media(prefers-color-scheme:dark){{{dark}}}";
    }

    void Grid(StringBuilder svg)
    {
        foreach (double rate in linear ? [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] : Marks.Where(m => m >= lowRate && m <= highRate))
        {
            Add(svg, $"<path class=\"grid\" d=\"M{X(rate):0.0} {Top}V{Bottom}\"/>");
            Add(svg, $"<text x=\"{X(rate):0.0}\" y=\"{Bottom + 20}\" text-anchor=\"middle\">{rate}</text>\n");
        }

        int step = high - low > 16 ? 2 : 1;
        for (double quality = low; quality <= high; quality += step)
        {
            Add(svg, $"<path class=\"grid\" d=\"M{Left} {Y(quality):0.0}H{Right}\"/>");
            Add(svg, $"<text x=\"{Left - 8}\" y=\"{Y(quality) + 4:0.0}\" text-anchor=\"end\">{quality}</text>\n");
        }

        Add(svg, $"<text x=\"{(Left + Right) / 2}\" y=\"{Bottom + 44}\" text-anchor=\"middle\">bits a pixel, whole file</text>\n");
        double middle = (Top + Bottom) / 2;
        Add(svg, $"<text x=\"20\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 20 {middle})\">{qualityAxis}</text>\n");
    }

    void Draw(StringBuilder svg, Curve curve)
    {
        int colour = Colour(curve);
        string path = "M" + string.Join('L', curve.Points.Select(p => Invariant($"{X(p.Rate):0.0} {Y(p.Quality):0.0}")));
        string width = curve.Name == "Lacuna" ? " style=\"stroke-width:3.5\"" : "";
        Add(svg, $"<path class=\"curve s{colour}{(curve.Published ? " published" : "")}\"{width} d=\"{path}\"/>\n");
        foreach (RatePoint point in curve.Points)
        {
            double radius = curve.Published ? 2.5 : 3.5;
            Add(svg, $"<circle class=\"f{colour}\" cx=\"{X(point.Rate):0.0}\" cy=\"{Y(point.Quality):0.0}\" r=\"{radius}\"/>\n");
        }
    }

    void Legend(StringBuilder svg)
    {
        double y = Bottom - 18 * curves.Count - 2;
        foreach (Curve curve in curves)
        {
            int colour = Colour(curve);
            Add(svg, $"<path class=\"curve s{colour}{(curve.Published ? " published" : "")}\" d=\"M{Right - 282} {y}h34\"/>");
            Add(svg, $"<text x=\"{Right - 238}\" y=\"{y + 4}\">{curve.Name}{(curve.Published ? " (published)" : "")}</text>\n");
            y += 18;
        }
    }

    static int Colour(Curve curve) => Math.Max(0, Array.FindIndex(Colours, c => c.Name == curve.Name));

    double X(double rate)
    {
        double share = linear ? rate / highRate : Math.Log(rate / lowRate) / Math.Log(highRate / lowRate);
        return Left + (Right - Left) * share;
    }

    double Y(double quality) => Bottom - (Bottom - Top) * (quality - low) / (high - low);

    static void Add(StringBuilder svg, FormattableString text) => svg.Append(Invariant(text));

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
