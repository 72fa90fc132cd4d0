using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Lacuna.Cli.Bench;

/// <summary>Processor time of the calling thread, which other work on the machine disturbs little.</summary>
static partial class ThreadClock
{
    const int ThreadProcessorTime = 3;

    [StructLayout(LayoutKind.Sequential)]
    struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    /// <summary>Nanoseconds so far; of the wall clock where the system is not Linux.</summary>
    public static long Nanoseconds
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                return (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
            }

            _ = Clock(ThreadProcessorTime, out Time time);
            return time.Seconds * 1_000_000_000L + time.Nanoseconds;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Clock(int clock, out Time time);
}
