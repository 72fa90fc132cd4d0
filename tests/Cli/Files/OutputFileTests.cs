using Lacuna.Cli.Files;

namespace Lacuna.Tests.Cli.Files;

public class OutputFileTests
{
    [Fact]
    public void A_file_is_there_only_when_it_is_whole()
    {
        using var folder = new TemporaryFolder();
        using (OutputFile file = OutputFile.Open(folder["a.png"], Stream.Null))
        {
            file.Write(stream => stream.Write("half"u8));
            Assert.False(File.Exists(folder["a.png"]));
            Assert.StartsWith(".a.png.tmp-", Assert.Single(folder.Names), StringComparison.Ordinal);
            file.Write(stream => stream.Write(" and half"u8));
            file.Commit();
        }

        Assert.Equal("half and half", File.ReadAllText(folder["a.png"]));
        Assert.Equal(["a.png"], folder.Names);
    }

    [Fact]
    public void Nothing_is_left_of_a_file_that_was_not_committed_and_the_old_one_stays()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a"], "old");
        using (OutputFile file = OutputFile.Open(folder["a"], Stream.Null))
        {
            file.Write(stream => stream.Write("new"u8));
        }

        Assert.Equal("old", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void A_link_stays_a_link_and_a_mode_stays_a_mode()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["real"], "old");
        File.SetUnixFileMode(folder["real"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        File.CreateSymbolicLink(folder["link"], "real");
        using (OutputFile file = OutputFile.Open(folder["link"], Stream.Null))
        {
            file.Write(stream => stream.Write("new"u8));
            file.Commit();
        }

        Assert.Equal("real", new FileInfo(folder["link"]).LinkTarget);
        Assert.Equal("new", File.ReadAllText(folder["real"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, File.GetUnixFileMode(folder["real"]));
    }

    [Fact]
    public void A_long_name_is_still_written_beside()
    {
        using var folder = new TemporaryFolder();
        string name = new('n', 250);
        using (OutputFile file = OutputFile.Open(folder[name], Stream.Null))
        {
            file.Commit();
        }

        Assert.Equal([name], folder.Names);
    }

    [Fact]
    public void A_full_device_is_a_fault_and_nothing_is_put_beside_it()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using OutputFile file = OutputFile.Open("/dev/full", Stream.Null);
        var fault = Assert.Throws<FileFault>(() => file.Write(stream => stream.Write("lost"u8)));
        Assert.Equal("/dev/full: cannot be written: no space left on the device", fault.Message);
        Assert.True(FileKind.IsSpecial("/dev/full"));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_a_fault_at_once()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileFault>(() => OutputFile.Open(folder.Path, Stream.Null));
        Assert.Throws<FileFault>(() => OutputFile.Open("", Stream.Null));
        var fault = Assert.Throws<FileFault>(() => OutputFile.Open(folder["missing/a.png"], Stream.Null));
        Assert.Equal($"{folder["missing/a.png"]}: cannot be written: no such folder", fault.Message);
    }

    [Fact]
    public void Standard_output_is_written_and_left_open()
    {
        var standard = new MemoryStream();
        using (OutputFile file = OutputFile.Open("-", standard))
        {
            file.Write(stream => stream.Write("x"u8));
            file.Commit();
        }

        standard.WriteByte((byte)'y');
        Assert.Equal("xy"u8.ToArray(), standard.ToArray());
    }
}
