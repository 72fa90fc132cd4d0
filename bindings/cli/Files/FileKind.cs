using System.Runtime.InteropServices;

namespace Lacuna.Cli.Files;

/// <summary>Tells regular files from devices, pipes and sockets, beside which nothing may be written.</summary>
static unsafe partial class FileKind
{
    const int CurrentFolder = -100;
    const uint TypeWanted = 1;
    const int ModeOffset = 28;
    const int TypeMask = 0xF000;
    const int Regular = 0x8000;

    /// <summary>Whether the path names something that is there and is no regular file; links are followed.</summary>
    public static bool IsSpecial(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return path.StartsWith("/dev/", StringComparison.Ordinal);
        }

        byte* record = stackalloc byte[256];
        return statx(CurrentFolder, path, 0, TypeWanted, record) == 0 && (*(ushort*)(record + ModeOffset) & TypeMask) != Regular;
    }

    /// <summary>statx(2): unlike stat's, its record is laid out alike on every processor.</summary>
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, byte* record);
}
