namespace Lacuna.Lists;

/// <summary>Arrays made element by element: what LINQ does, at once and in plain loops.</summary>
/// <remarks>
/// LINQ's iterators have generic virtual methods. A native library that reaches one holds the runtime's type loader and an iterator for
/// each element type, some 400 KB in all, so the engine does without.
/// </remarks>
static class Sequence
{
    /// <summary>Shape [count]: what <paramref name="element"/> gives for 0, 1 and so on.</summary>
    public static T[] Of<T>(int count, Func<int, T> element)
    {
        var made = new T[count];
        for (int i = 0; i < count; i++)
        {
            made[i] = element(i);
        }

        return made;
    }

    /// <summary>What <paramref name="map"/> gives for each element.</summary>
    public static TResult[] Select<T, TResult>(this T[] source, Func<T, TResult> map)
    {
        var made = new TResult[source.Length];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = map(source[i]);
        }

        return made;
    }

    /// <inheritdoc cref="Select{T, TResult}(T[], Func{T, TResult})"/>
    public static TResult[] Select<T, TResult>(this IReadOnlyList<T> source, Func<T, TResult> map)
    {
        var made = new TResult[source.Count];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = map(source[i]);
        }

        return made;
    }

    /// <summary>The sum of what <paramref name="map"/> gives.</summary>
    /// <exception cref="OverflowException">It is above the greatest int.</exception>
    public static int Sum<T>(this T[] source, Func<T, int> map)
    {
        int sum = 0;
        foreach (T element in source)
        {
            sum = checked(sum + map(element));
        }

        return sum;
    }

    /// <summary>A copy.</summary>
    public static T[] ToArray<T>(this IReadOnlyList<T> source) => source.Select(element => element);

    /// <summary>Some of the elements, copied: a range of an array itself would bring the runtime's type loader.</summary>
    public static T[] Part<T>(this T[] source, Range range) => source.AsSpan(range).ToArray();

    /// <summary>The same elements, the last first.</summary>
    public static T[] Reversed<T>(this T[] source)
    {
        T[] made = source.AsSpan().ToArray();
        Array.Reverse(made);
        return made;
    }

    /// <summary>The greatest of what <paramref name="map"/> gives; there is at least one element.</summary>
    public static int Max<T>(this T[] source, Func<T, int> map)
    {
        int greatest = map(source[0]);
        foreach (T element in source)
        {
            greatest = Math.Max(greatest, map(element));
        }

        return greatest;
    }
}
