using Lacuna.Tensors;

namespace Lacuna.Quantization.Files;

/// <summary>Reads quantisers from safetensors files: Lacuna's own, and those of EnCodec, DAC and Mimi.</summary>
/// <remarks>
/// The layout is told by the names of the tensors (docs/vector-quantization.md). Other tensors of a checkpoint are passed over.
/// </remarks>
public static class CodebookFile
{
    /// <summary>Most floats of all codewords as they are decoded, unless the caller says otherwise: 1 GiB.</summary>
    public const long DefaultMaxElements = 1 << 28;

    static readonly ICodebookLayout[] Layouts = [new LacunaLayout(), new EncodecLayout(), new DacLayout(), new MimiLayout()];

    /// <summary>Reads a quantiser. Any bytes give an answer.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="quantizer">
    /// Greedy, with all stages (<see cref="WithBeam"/> makes it search wider); null where the result is false.
    /// </param>
    /// <param name="layout">Names the layout that was found; empty where the result is false.</param>
    /// <param name="fault">What is wrong with the file; empty where the result is true.</param>
    /// <param name="maxElements">Files whose decoded codewords have more elements are refused.</param>
    public static unsafe bool TryRead(
        ReadOnlySpan<byte> bytes, out CodeQuantizer? quantizer, out string layout, out string fault, long maxElements = DefaultMaxElements)
    {
        (quantizer, layout, fault) = (null, "", "");
        try
        {
            fixed (byte* first = bytes)
            {
                var file = new TensorFile(first, bytes.Length);
                if (Array.Find(Layouts, one => one.IsOf(file)) is not { } found)
                {
                    fault = "holds no codebooks of a known layout";
                    return false;
                }

                quantizer = found.Read(new CodebookReader(file, maxElements));
                layout = found.Name;
                return true;
            }
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or OverflowException)
        {
            fault = error.Message.Split('\n')[0];
            return false;
        }
    }

    /// <summary>The same stages, searched by a beam.</summary>
    /// <param name="quantizer">A residual quantiser, or groups of them; others are given back as they are.</param>
    /// <param name="beam">Paths to follow.</param>
    /// <exception cref="ArgumentException">The beam is out of range, or does not go with the stages.</exception>
    public static CodeQuantizer WithBeam(CodeQuantizer quantizer, int beam) => quantizer switch
    {
        ResidualQuantizer residual => residual.WithBeam(beam),
        ProductQuantizer product => product,
        GroupedQuantizer grouped => new GroupedQuantizer(grouped.Groups.Select(group => WithBeam(group, beam))),
        _ => quantizer,
    };

    /// <summary>Writes Lacuna's layout of residual stages, or of one stage: flat quantisation.</summary>
    /// <inheritdoc cref="LacunaLayout.Write"/>
    public static byte[] Write(ResidualQuantizer quantizer) => LacunaLayout.Write(quantizer);

    /// <summary>Writes Lacuna's layout of a product.</summary>
    /// <inheritdoc cref="LacunaLayout.Write"/>
    public static byte[] Write(ProductQuantizer quantizer) => LacunaLayout.Write(quantizer);
}
