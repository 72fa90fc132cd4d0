using System.Runtime.InteropServices;

namespace Second;

/// <summary>What a second library with a managed runtime of its own gives to C.</summary>
public static class Exports
{
    /// <summary>Fills its own heap and collects it, then says how much lived through.</summary>
    /// <param name="count">Strings to keep.</param>
    /// <returns>The number of strings that are still what they were.</returns>
    [UnmanagedCallersOnly(EntryPoint = "second_collect")]
    public static int Collect(int count)
    {
        var kept = new List<string>();
        for (int i = 0; i < count; i++)
        {
            kept.Add(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            GC.KeepAlive(new byte[1000]);
        }

        GC.Collect();
        int whole = 0;
        for (int i = 0; i < count; i++)
        {
            whole += int.Parse(kept[i], System.Globalization.CultureInfo.InvariantCulture) == i ? 1 : 0;
        }

        return whole;
    }

    /// <summary>Throws and catches, which goes through the runtime's unwinder.</summary>
    /// <returns>The number that was thrown.</returns>
    [UnmanagedCallersOnly(EntryPoint = "second_throw")]
    public static int Throw(int number)
    {
        try
        {
            throw new InvalidOperationException(new string('x', number));
        }
        catch (InvalidOperationException error)
        {
            return error.Message.Length;
        }
    }
}
