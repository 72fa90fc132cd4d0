using Lacuna.Kernels;
using Lacuna.Tensors;

namespace Lacuna.Quantization.Files;

/// <summary>Takes codebooks and projections out of a tensor file, within a limit on memory.</summary>
/// <param name="file">The tensors.</param>
/// <param name="maxElements">Most elements of all decoded codewords together.</param>
sealed class CodebookReader(TensorFile file, long maxElements)
{
    long left = maxElements;

    public TensorFile File => file;

    public bool Has(string name) => file.TryGetShape(name, out _);

    /// <summary>A matrix of any shape.</summary>
    public float[] Matrix(string name, out int rows, out int columns)
    {
        if (!file.TryGetShape(name, out ReadOnlySpan<int> shape) || shape.Length != 2 || shape[0] < 1 || shape[1] < 1)
        {
            throw new InvalidDataException($"There is no matrix '{name}' in the file.");
        }

        (rows, columns) = (shape[0], shape[1]);
        Take((long)rows * columns);
        return file.Read(name, rows, columns);
    }

    public Codebook Codebook(string name, CodeMetric metric = CodeMetric.Euclidean)
    {
        float[] codewords = Matrix(name, out _, out int dimensions);
        return new Codebook(dimensions, codewords, new CodebookOptions { Metric = metric });
    }

    /// <summary>A convolution of one tap, [outputs, inputs, 1]: perhaps kept as directions and lengths (weight_norm).</summary>
    /// <param name="name">Without ".weight" and ".bias".</param>
    public PointwiseWeights Projection(string name)
    {
        (string lengths, string directions) = Has($"{name}.weight_v")
            ? ($"{name}.weight_g", $"{name}.weight_v")
            : ($"{name}.parametrizations.weight.original0", $"{name}.parametrizations.weight.original1");
        bool isNormed = Has(directions);
        string weight = isNormed ? directions : $"{name}.weight";
        if (!file.TryGetShape(weight, out ReadOnlySpan<int> shape) || shape is not ([> 0, > 0, 1] or [> 0, > 0]))
        {
            throw new InvalidDataException($"There is no projection '{name}' in the file.");
        }

        (int outputs, int inputs) = (shape[0], shape[1]);
        const int panel = PointwiseWeights.PanelWidth;
        Take((outputs + panel - 1L) / panel * panel * inputs); // as it is packed
        float[] matrix = file.Read(weight, shape);
        if (isNormed)
        {
            Scale(matrix, inputs, file.Read(lengths, outputs, 1, 1));
        }

        float[] bias = Has($"{name}.bias") ? file.Read($"{name}.bias", outputs) : [];
        return FindNonFinite.Run(matrix) < 0 && FindNonFinite.Run(bias) < 0
            ? new PointwiseWeights(inputs, outputs, matrix, bias)
            : throw new InvalidDataException($"The projection '{name}' holds a NaN or an infinity.");
    }

    /// <summary>Counts elements against the limit.</summary>
    public void Take(long elements)
    {
        left -= elements;
        if (left < 0)
        {
            throw new InvalidDataException("The codebooks have more elements than the limit.");
        }
    }

    /// <summary>Brings every row to the length that stands beside it.</summary>
    static void Scale(float[] matrix, int inputs, float[] lengths)
    {
        for (int row = 0; row < lengths.Length; row++)
        {
            Span<float> weights = matrix.AsSpan(row * inputs, inputs);
            VectorRows.Divide(weights, Math.Sqrt(VectorRows.SquaredNorm(weights)) / lengths[row]);
        }
    }
}
