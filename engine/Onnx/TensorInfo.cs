using System.Linq;
namespace Lacuna.Onnx;

/// <summary>What a model says of one of its inputs or outputs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Its sizes, outermost first; -1 where any size will do.</param>
public sealed record TensorInfo(string Name, ElementType Type, IReadOnlyList<long> Shape)
{
    /// <summary>Whether a tensor of the given sizes may stand here.</summary>
    public bool Accepts(ReadOnlySpan<long> shape)
    {
        if (shape.Length != Shape.Count)
        {
            return false;
        }

        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (Shape[axis] >= 0 && Shape[axis] != shape[axis])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sizes as people read them: <c>[1, 3, ?, ?]</c>.</summary>
    public static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape.Select(size => size < 0 ? "?" : $"{size}"))}]";

    /// <inheritdoc/>
    public override string ToString() => $"'{Name}' {Text(Shape)} {Type}";
}
