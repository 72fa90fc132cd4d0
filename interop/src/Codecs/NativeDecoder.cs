using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Codecs.Images.Model;
using Lacuna.Streams;

namespace Lacuna.Interop;

/// <summary>What a lac_decoder is: a queue of streams, the codec, and where its frames lie.</summary>
sealed unsafe class NativeDecoder : ITakesTurns, IDisposable
{
    readonly Turns turns = new("decoder");
    readonly NativeModel[] models;
    readonly int format;
    readonly HostMemory memory;
    readonly HostProgress progress;
    readonly FramePool frames;
    readonly StreamQueue<Packet> queue;
    readonly ImageDecoder decoder;
    bool draining;
    uint pixelsChecksum;

    /// <exception cref="ArgumentException">An option is out of its range, or a model is none.</exception>
    public NativeDecoder(in DecoderOptions options)
    {
        options.Check();
        nint[] handles = Native.Input(options.Models, options.ModelCount, "options->models").ToArray();
        models = Sequence.Of(handles.Length, i => Handles.Borrow<NativeModel>(handles[i], $"options->models[{i}]"));
        format = options.Format;
        memory = new HostMemory(options.Memory, options.MaxMemory);
        progress = new HostProgress(options.Progress);
        frames = new FramePool(memory, options.Frames);
        queue = new StreamQueue<Packet>(options.PixelLimit, options.StreamLimit, memory);
        decoder = new ImageDecoder(new ImageDecoderOptions
        {
            Threads = options.Threads,
            MaxPixels = options.PixelLimit,
            Progress = options.Progress.Report == null ? null : progress,
            Models = models.Select(model => model.Model),
            Memory = memory,
            Runner = HostRunner.From(options.Runner),
        });
        Array.ForEach(models, model => model.Use());
    }

    /// <summary>Takes a packet, or null for the end.</summary>
    public Status Send(Packet* packet)
    {
        using Turns.Turn turn = turns.Take();
        if (packet == null)
        {
            draining = true;
            return Status.Ok;
        }

        Packet piece = Native.Options(packet, default, nameof(packet));
        Limits.Within(piece.Flags, 0, 0, "packet->flags");
        ReadOnlySpan<byte> bytes = Native.Input(piece.Data, piece.Size, "packet->data");
        if (draining)
        {
            throw new ArgumentException("packet follows the null packet: lac_decoder_flush comes first.");
        }

        if (queue.Front != StreamStatus.Truncated)
        {
            return Status.Again;
        }

        return Fault.From(queue.Append(bytes, piece));
    }

    /// <summary>Decodes the picture in front.</summary>
    /// <param name="frame">Filled on success.</param>
    public Status Get(ref Frame frame)
    {
        using Turns.Turn turn = turns.Take();
        if (queue.Front == StreamStatus.Truncated)
        {
            return Starve();
        }

        Status status = queue.Front == StreamStatus.Done ? Decode(ref frame) : Fault.From(queue.Front);
        if (status is not (Status.Cancelled or Status.OutOfMemory))
        {
            queue.Drop();
        }

        return status;
    }

    /// <summary>Forgets all packets.</summary>
    public void Flush()
    {
        using Turns.Turn turn = turns.Take();
        queue.Clear();
        draining = false;
    }

    /// <summary>Cancels what is under way, or comes next. Does not wait.</summary>
    public void Cancel() => progress.Cancel();

    /// <summary>CRC-32C of the last picture's latents, above that of its frame; 0 where there was none.</summary>
    public ulong StateHash()
    {
        using Turns.Turn turn = turns.Take();
        return ((ulong)decoder.LatentsChecksum() << 32) | pixelsChecksum;
    }

    /// <inheritdoc/>
    public void RequireOutside() => turns.RequireOutside();

    /// <inheritdoc/>
    public void Dispose()
    {
        turns.Close();
        decoder.Dispose();
        queue.Dispose();
        frames.Dispose();
        progress.Dispose();
        Array.ForEach(models, model => model.Dispose());
    }

    /// <summary>Nothing whole is here: that is the end, or a call for more.</summary>
    Status Starve()
    {
        if (!draining)
        {
            return Status.Again;
        }

        if (queue.IsEmpty)
        {
            return Status.End;
        }

        queue.DropLast(); // a damaged length may have claimed the streams behind it
        return Fault.From(StreamStatus.Truncated);
    }

    Status Decode(ref Frame frame)
    {
        FrameMemory? lent = null;
        memory.TakeExceeded(); // that was for another call
        try
        {
            StreamStatus outcome = decoder.Inspect(queue.Stream, out ImageInfo info); // no frame is asked for in vain
            if (outcome == StreamStatus.Done)
            {
                Describe(info, ref frame);
                lent = frames.Lend(ref frame);
                PictureView view = PictureViews.View(frame);
                outcome = decoder.Decode(queue.Stream, view, progress.Token);
                pixelsChecksum = outcome == StreamStatus.Done ? PictureViews.Checksum(view) : 0;
            }

            if (outcome != StreamStatus.Done)
            {
                return Fault.From(outcome);
            }

            frame.Reference = Handles.Own(lent!);
            lent = null;
            return Status.Ok;
        }
        catch (OutOfMemoryException) when (memory.TakeExceeded())
        {
            return Fault.Record(Status.LimitExceeded, "The picture takes more memory than options->max_memory allows.");
        }
        catch (Exception error)
        {
            return Fault.Record(error); // a status like any other: whether the picture is dropped hangs on it
        }
        finally
        {
            progress.Rearm();
            lent?.Dispose();
        }
    }

    void Describe(in ImageInfo info, ref Frame frame)
    {
        frame = Frame.Empty;
        frame.Format = format == 0 ? (int)info.Layout : format;
        (frame.Width, frame.Height) = (info.Width, info.Height);
        (Packet packet, long into) = queue.Origin;
        (frame.Pts, frame.Duration) = (packet.Pts, packet.Duration);
        frame.Offset = packet.Offset == Packet.Unknown ? Packet.Unknown : unchecked(packet.Offset + into);
        frame.UserData = packet.UserData;
    }
}
