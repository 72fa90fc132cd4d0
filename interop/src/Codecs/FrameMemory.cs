using Lacuna.Codecs;
using Lacuna.Kernels;

namespace Lacuna.Interop;

/// <summary>What a frame's reference stands for: the memory of its planes, the library's or the caller's.</summary>
/// <remarks>Goes back to its pool with the last reference, and serves the next frame.</remarks>
sealed unsafe class FrameMemory(FramePool pool) : IDisposable
{
    const int RowAlignment = 64;

    AlignedBuffer<byte>? buffer;
    Frame lent;
    void* cookie;
    bool isCallers;

    /// <summary>Gives a frame planes and strides.</summary>
    /// <param name="frame">Format, shape and times are set.</param>
    /// <exception cref="OutOfMemoryException">There is no memory, or the caller's function gave none.</exception>
    /// <exception cref="CallbackException">The caller's function gave planes that cannot be.</exception>
    public void Lend(ref Frame frame)
    {
        try
        {
            if (pool.Functions.Allocate == null)
            {
                LendOwn(ref frame);
            }
            else
            {
                LendCallers(ref frame);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Takes the planes back.</summary>
    public void Dispose()
    {
        if (isCallers)
        {
            isCallers = false;
            Frame frame = lent;
            pool.Functions.Release(pool.Functions.Context, &frame, cookie);
        }

        pool.Return(this);
    }

    /// <summary>Frees the library's memory for good.</summary>
    public void Free()
    {
        buffer?.Dispose();
        buffer = null;
    }

    void LendOwn(ref Frame frame)
    {
        var format = (PixelFormat)frame.Format;
        long row = ((long)PixelFormats.RowBytes(format, frame.Width) + RowAlignment - 1) / RowAlignment * RowAlignment;
        long plane = row * frame.Height, all = plane * PixelFormats.Planes(format);
        if (all > Array.MaxLength)
        {
            throw new InsufficientMemoryException();
        }

        if (buffer is null || buffer.Count < all)
        {
            Free();
            buffer = new AlignedBuffer<byte>((int)all, pool.Memory);
        }

        fixed (byte* first = buffer.Span)
        {
            for (int i = 0; i < PixelFormats.Planes(format); i++)
            {
                frame.Planes[i] = (nint)(first + i * plane);
                frame.Strides[i] = (nint)row;
            }
        }
    }

    void LendCallers(ref Frame frame)
    {
        Frame asked = frame;
        asked.StructSize = (uint)sizeof(Frame);
        void* own = null;
        if (pool.Functions.Allocate(pool.Functions.Context, &asked, &own) != 0)
        {
            throw new InsufficientMemoryException();
        }

        (lent, isCallers) = (asked, true);
        cookie = own;
        (frame.Planes, frame.Strides) = (asked.Planes, asked.Strides);
        try
        {
            _ = PictureViews.View(frame);
        }
        catch (ArgumentException error)
        {
            throw new CallbackException($"options->frames.allocate: {error.Message}");
        }
    }
}
