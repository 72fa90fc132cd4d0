using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Lacuna.Cli.Bench;

/// <summary>Keeps every thread of the process on one processor until it is disposed; does nothing but on Linux.</summary>
sealed unsafe partial class ProcessorPin : IDisposable
{
    /// <summary>1024 processors, as in glibc's cpu_set_t.</summary>
    const int MaskWords = 16;

    readonly ulong[] _before = new ulong[MaskWords];
    readonly bool _pinned;

    /// <summary>Pins to the last of the processors that the process may use: the first serves most interrupts.</summary>
    public ProcessorPin()
    {
        _pinned = TryRead(_before);
        if (!_pinned)
        {
            return;
        }

        int word = Array.FindLastIndex(_before, bits => bits != 0);
        var one = new ulong[MaskWords];
        one[word] = 1UL << BitOperations.Log2(_before[word]);
        Apply(one);
    }

    /// <summary>Processors that the process may use.</summary>
    public static int Available
    {
        get
        {
            var mask = new ulong[MaskWords];
            return TryRead(mask) ? mask.Sum(BitOperations.PopCount) : Environment.ProcessorCount;
        }
    }

    /// <summary>Gives the threads back the processors they had.</summary>
    public void Dispose()
    {
        if (_pinned)
        {
            Apply(_before);
        }
    }

    static bool TryRead(ulong[] mask)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        fixed (ulong* bits = mask)
        {
            return sched_getaffinity(0, MaskWords * sizeof(ulong), bits) >= 0;
        }
    }

    /// <summary>Sets the processors of every thread there is; threads to come inherit them.</summary>
    static void Apply(ulong[] mask)
    {
        fixed (ulong* bits = mask)
        {
            foreach (string task in Directory.EnumerateDirectories("/proc/self/task"))
            {
                if (int.TryParse(Path.GetFileName(task), NumberStyles.None, CultureInfo.InvariantCulture, out int thread))
                {
                    // A thread that ended meanwhile is no fault.
                    _ = sched_setaffinity(thread, MaskWords * sizeof(ulong), bits);
                }
            }
        }
    }

    [LibraryImport("libc")]
    private static partial int sched_getaffinity(int thread, nuint length, ulong* mask);

    [LibraryImport("libc")]
    private static partial int sched_setaffinity(int thread, nuint length, ulong* mask);
}
