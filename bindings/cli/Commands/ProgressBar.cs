using System.Diagnostics;

namespace Lacuna.Cli.Commands;

/// <summary>A bar on a terminal for work of more than a second; never seen on pipes. It goes away when the work is done.</summary>
sealed class ProgressBar : IProgress<double>, IDisposable
{
    const int Columns = 40;
    const int FirstDrawnMs = 1000;
    const int BetweenMs = 100;

    readonly TextWriter _terminal;
    readonly string _title;
    readonly Func<long> _clockMs;
    readonly long _started;
    readonly Lock _gate = new();
    double _share;
    long? _drawn;

    ProgressBar(TextWriter terminal, string title, Func<long> clockMs) =>
        (_terminal, _title, _clockMs, _started) = (terminal, title, clockMs, clockMs());

    /// <summary>Begins a bar, or gives null where nobody watches.</summary>
    /// <param name="host">Tells whether standard error is a terminal.</param>
    /// <param name="title">What is being done.</param>
    /// <param name="clockMs">Milliseconds from any start; the system's clock unless given.</param>
    public static ProgressBar? Start(Host host, string title, Func<long>? clockMs = null) =>
        host.ErrorIsTerminal ? new ProgressBar(host.Error, title, clockMs ?? SystemClock) : null;

    /// <summary>Takes the share of the work done, 0 to 1, from any thread; the bar never goes back.</summary>
    public void Report(double value)
    {
        lock (_gate)
        {
            _share = Math.Clamp(Math.Max(_share, value), 0, 1);
            long now = _clockMs();
            if (now - _started >= FirstDrawnMs && !(now - _drawn < BetweenMs))
            {
                _drawn = now;
                int filled = (int)(_share * Columns);
                string bar = new string('#', filled) + new string('.', Columns - filled);
                _terminal.Write($"\r{_title} [{bar}] {(int)(100 * _share),3} %");
                _terminal.Flush();
            }
        }
    }

    /// <summary>Wipes the bar away.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_drawn is not null)
            {
                _terminal.Write($"\r{new string(' ', _title.Length + Columns + 9)}\r");
                _terminal.Flush();
                _drawn = null;
            }
        }
    }

    static long SystemClock() => (long)Stopwatch.GetElapsedTime(0).TotalMilliseconds;
}
