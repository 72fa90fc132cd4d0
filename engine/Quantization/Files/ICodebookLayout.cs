using Lacuna.Tensors;

namespace Lacuna.Quantization.Files;

/// <summary>How one kind of file names and shapes its codebooks.</summary>
interface ICodebookLayout
{
    /// <summary>The layout's name.</summary>
    string Name { get; }

    /// <summary>Whether a file has the layout's first codebook.</summary>
    bool IsOf(TensorFile file);

    /// <summary>Reads all stages.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or of a wrong shape.</exception>
    /// <exception cref="ArgumentException">Tensors do not fit each other, or hold what is not finite.</exception>
    CodeQuantizer Read(CodebookReader reader);
}
