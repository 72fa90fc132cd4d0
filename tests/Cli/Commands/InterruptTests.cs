using System.Diagnostics;
using Lacuna.Cli;

namespace Lacuna.Tests.Cli.Commands;

public class InterruptTests
{
    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
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

        Process.Start("kill", [signal, program.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        await program.WaitForExitAsync(patience.Token);
        Assert.Equal(130, program.ExitCode);
        Assert.Empty(folder.Names);
    }
}
