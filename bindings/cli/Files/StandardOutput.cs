using System.Runtime.InteropServices;

namespace Lacuna.Cli.Files;

/// <summary>
/// Standard output, which tells when nobody reads it any more: the runtime's own stream then drops what is written and goes on.
/// </summary>
sealed partial class StandardOutput : Stream
{
    const int Descriptor = 1;
    const int Interrupted = 4;
    const int NotNow = 11;
    const int BrokenPipe = 32;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens standard output: on Linux this stream, elsewhere the runtime's.</summary>
    public static Stream Open() => OperatingSystem.IsLinux() ? new StandardOutput() : Console.OpenStandardOutput();

    /// <exception cref="ClosedPipeException">Nobody reads what is written.</exception>
    /// <exception cref="IOException">The device is full, or fails.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            nint written = WriteBytes(Descriptor, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            int error = Marshal.GetLastPInvokeError();
            switch (error)
            {
                case Interrupted:
                    break;
                case NotNow:
                    Thread.Sleep(1);
                    break;
                case BrokenPipe:
                    throw new ClosedPipeException();
                default:
                    throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteBytes(int descriptor, ref byte bytes, nuint count);
}
