using Lacuna.Cli.Commands;

namespace Lacuna.Tests.Cli.Commands;

public sealed class ProgressBarTests : IDisposable
{
    readonly StringWriter _terminal = new();
    long _now;

    public void Dispose() => _terminal.Dispose();

    ProgressBar? Start(bool terminal = true) =>
        ProgressBar.Start(new Host(Stream.Null, Stream.Null, _terminal, terminal), "encoding", () => _now);

    [Fact]
    public void Nothing_is_drawn_on_a_pipe() => Assert.Null(Start(terminal: false));

    [Fact]
    public void Nothing_is_drawn_within_the_first_second()
    {
        using (ProgressBar? bar = Start())
        {
            _now = 999;
            bar!.Report(0.9);
        }

        Assert.Equal("", _terminal.ToString());
    }

    [Fact]
    public void The_bar_grows_never_shrinks_and_is_wiped_away()
    {
        using (ProgressBar? bar = Start())
        {
            _now = 1000;
            bar!.Report(0.5);
            Assert.Equal($"\rencoding [{new string('#', 20)}{new string('.', 20)}]  50 %", _terminal.ToString());
            _now = 1050;
            bar.Report(0.6);
            Assert.DoesNotContain("60 %", _terminal.ToString(), StringComparison.Ordinal);
            _now = 1200;
            bar.Report(0.1);
            Assert.EndsWith("  60 %", _terminal.ToString(), StringComparison.Ordinal);
        }

        string line = _terminal.ToString().Split('\r')[^3];
        Assert.EndsWith($"\r{new string(' ', line.Length)}\r", _terminal.ToString(), StringComparison.Ordinal);
    }
}
