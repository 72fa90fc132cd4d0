using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Interop;

/// <summary>What a lac_encoder is: the codec, and the packet that waits to be taken.</summary>
sealed unsafe class NativeEncoder : ITakesTurns, IDisposable
{
    readonly Turns turns = new("encoder");
    readonly NativeModel? model;
    readonly HostMemory memory;
    readonly HostProgress progress;
    readonly ImageEncoder encoder;
    PacketMemory? waiting;
    Packet description;
    bool draining;

    /// <exception cref="ArgumentException">An option is out of its range, or the model is none.</exception>
    public NativeEncoder(in EncoderOptions options)
    {
        options.Check();
        model = options.Model == 0 ? null : Handles.Borrow<NativeModel>(options.Model, "options->model");
        memory = new HostMemory(options.Memory, 0);
        progress = new HostProgress(options.Progress);
        encoder = new ImageEncoder(new ImageEncoderOptions
        {
            Quality = options.Quality,
            MaxBytes = options.MaxBytes == 0 ? null : (long)ulong.Min(options.MaxBytes, long.MaxValue),
            Threads = options.Threads,
            Progress = options.Progress.Report == null ? null : progress,
            Model = model?.Model,
            Memory = memory,
            Runner = HostRunner.From(options.Runner),
        });
        model?.Use();
    }

    /// <summary>Encodes a frame, or takes null for the end.</summary>
    public Status Send(Frame* frame)
    {
        using Turns.Turn turn = turns.Take();
        if (frame == null)
        {
            draining = true;
            return Status.Ok;
        }

        Frame picture = Native.Options(frame, default, nameof(frame));
        PictureView view = PictureViews.View(picture);
        if (draining)
        {
            throw new ArgumentException("frame follows the null frame: lac_encoder_flush comes first.");
        }

        if (waiting is not null)
        {
            return Status.Again;
        }

        if (!PictureViews.CanEncode(view.Format, view.Width, view.Height))
        {
            return Fault.From(StreamStatus.LimitExceeded);
        }

        try
        {
            waiting = new PacketMemory(encoder.Encode(view, progress.Token), memory);
        }
        finally
        {
            progress.Rearm();
        }

        description = Packet.Empty;
        (description.Pts, description.Duration, description.Offset) = (picture.Pts, picture.Duration, picture.Offset);
        description.UserData = picture.UserData;
        return Status.Ok;
    }

    /// <summary>Takes the packet that waits.</summary>
    /// <param name="packet">Filled on success.</param>
    public Status Get(ref Packet packet)
    {
        using Turns.Turn turn = turns.Take();
        if (waiting is null)
        {
            return draining ? Status.End : Status.Again;
        }

        packet = description;
        waiting.Lend(ref packet);
        packet.Reference = Handles.Own(waiting);
        waiting = null;
        return Status.Ok;
    }

    /// <summary>Forgets what was not taken.</summary>
    public void Flush()
    {
        using Turns.Turn turn = turns.Take();
        waiting?.Dispose();
        (waiting, draining) = (null, false);
    }

    /// <summary>Cancels what is under way, or comes next. Does not wait.</summary>
    public void Cancel() => progress.Cancel();

    /// <inheritdoc/>
    public void RequireOutside() => turns.RequireOutside();

    /// <inheritdoc/>
    public void Dispose()
    {
        turns.Close();
        encoder.Dispose();
        waiting?.Dispose();
        progress.Dispose();
        model?.Dispose();
    }
}
