using System.Diagnostics;
using System.Globalization;
using Lacuna.Cli;

namespace Lacuna.Tests.Cli.Commands;

public class InterruptTests
{
    /// <summary>
    /// A shell starts what it puts in the background with Ctrl-C ignored, and children inherit that: there is no test of it then.
    /// </summary>
    public static TheoryData<string> Signals => IgnoresInterrupt() ? ["-TERM"] : ["-INT", "-TERM"];

    [Theory]
    [MemberData(nameof(Signals))]
    public async Task A_signal_ends_the_program_and_leaves_nothing_half_written(string signal)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "encode", "-", folder["o.lac"]])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using Process program = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!folder.Names.Any())
        {
            Assert.False(program.HasExited);
            await Task.Delay(10, patience.Token);
        }

        Process.Start("kill", [signal, program.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        await program.WaitForExitAsync(patience.Token);
        Assert.Equal(130, program.ExitCode);
        Assert.Empty(folder.Names);
    }

    static bool IgnoresInterrupt()
    {
        const string field = "SigIgn:";
        const ulong interrupt = 1 << 1;
        string? line = File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith(field, StringComparison.Ordinal))
            : null;
        return line is not null
            && (ulong.Parse(line[field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & interrupt) != 0;
    }
}
