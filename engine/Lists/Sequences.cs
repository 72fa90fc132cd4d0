namespace Lacuna.Lists;

/// <summary>What this project wants of LINQ, made at once instead of on demand: results are arrays.</summary>
/// <remarks>
/// System.Linq's iterators are generic virtual methods, which a native build pays for with some 0.5 MB of code and tables. The
/// methods here mean the same but for the time at which they run. Lists are short everywhere in this project: settings, layers, plans.
/// </remarks>
static class Sequences
{
    /// <summary>As <c>Enumerable.Range</c>.</summary>
    public static int[] Range(int first, int count)
    {
        var range = new int[count];
        for (int i = 0; i < count; i++)
        {
            range[i] = first + i;
        }

        return range;
    }

    public static TResult[] Select<T, TResult>(this IEnumerable<T> source, Func<T, TResult> result)
    {
        var list = new List<TResult>();
        foreach (T each in source)
        {
            list.Add(result(each));
        }

        return [.. list];
    }

    public static TResult[] Select<T, TResult>(this IEnumerable<T> source, Func<T, int, TResult> result)
    {
        var list = new List<TResult>();
        foreach (T each in source)
        {
            list.Add(result(each, list.Count));
        }

        return [.. list];
    }

    public static TResult[] SelectMany<T, TResult>(this IEnumerable<T> source, Func<T, IEnumerable<TResult>> results)
    {
        var list = new List<TResult>();
        foreach (T each in source)
        {
            list.AddRange(results(each));
        }

        return [.. list];
    }

    public static T[] Where<T>(this IEnumerable<T> source, Func<T, bool> holds)
    {
        var list = new List<T>();
        foreach (T each in source)
        {
            if (holds(each))
            {
                list.Add(each);
            }
        }

        return [.. list];
    }

    public static TResult[] Zip<TFirst, TSecond, TResult>(
        this IReadOnlyList<TFirst> first, IReadOnlyList<TSecond> second, Func<TFirst, TSecond, TResult> result)
    {
        var zipped = new TResult[Math.Min(first.Count, second.Count)];
        for (int i = 0; i < zipped.Length; i++)
        {
            zipped[i] = result(first[i], second[i]);
        }

        return zipped;
    }

    public static T[] ToArray<T>(this IEnumerable<T> source) => [.. new List<T>(source)];

    public static T[] Skip<T>(this IReadOnlyList<T> source, int count) => Part(source, count, source.Count);

    public static T[] SkipLast<T>(this IReadOnlyList<T> source, int count) => Part(source, 0, source.Count - count);

    public static T[] Take<T>(this IReadOnlyList<T> source, int count) => Part(source, 0, Math.Min(count, source.Count));

    /// <summary>As <c>Enumerable.Reverse</c>: the source stays as it is.</summary>
    public static T[] Reversed<T>(this IReadOnlyList<T> source)
    {
        T[] reversed = Part(source, 0, source.Count);
        Array.Reverse(reversed);
        return reversed;
    }

    /// <summary>As <c>Enumerable.FirstOrDefault</c>, of objects.</summary>
    public static T? FirstOrDefault<T>(this IEnumerable<T> source, Func<T, bool> holds)
        where T : class?
    {
        foreach (T each in source)
        {
            if (holds(each))
            {
                return each;
            }
        }

        return null;
    }

    public static bool Any<T>(this IEnumerable<T> source, Func<T, bool> holds)
    {
        foreach (T each in source)
        {
            if (holds(each))
            {
                return true;
            }
        }

        return false;
    }

    public static bool All<T>(this IEnumerable<T> source, Func<T, bool> holds) => !source.Any(each => !holds(each));

    public static TNumber Sum<T, TNumber>(this IEnumerable<T> source, Func<T, TNumber> number)
        where TNumber : System.Numerics.INumber<TNumber>
    {
        TNumber sum = TNumber.Zero;
        foreach (T each in source)
        {
            sum = checked(sum + number(each));
        }

        return sum;
    }

    /// <summary>The greatest; there must be one.</summary>
    public static TNumber Max<T, TNumber>(this IEnumerable<T> source, Func<T, TNumber> number)
        where TNumber : System.Numerics.INumber<TNumber>
    {
        using IEnumerator<T> each = source.GetEnumerator();
        TNumber most = each.MoveNext() ? number(each.Current) : throw new InvalidOperationException("There are none.");
        while (each.MoveNext())
        {
            most = TNumber.Max(most, number(each.Current));
        }

        return most;
    }

    static T[] Part<T>(IReadOnlyList<T> source, int first, int end)
    {
        var part = new T[Math.Max(end - first, 0)];
        for (int i = 0; i < part.Length; i++)
        {
            part[i] = source[first + i];
        }

        return part;
    }
}
