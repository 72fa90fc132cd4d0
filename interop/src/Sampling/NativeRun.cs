using Lacuna.Sampling;

namespace Lacuna.Interop;

/// <summary>What a lac_run is: the memory of a plan's steps, and the step that comes next.</summary>
sealed class NativeRun(SamplingPlan plan, int pictures, int elements) : IDisposable
{
    readonly Turns turns = new("run");
    readonly LatentUpdate update = new(plan, pictures, elements);
    int next;

    /// <summary>Elements of all pictures.</summary>
    public int Count => pictures * elements;

    /// <summary>Carries the next step out.</summary>
    public Status Step(Span<float> state, NetworkOutput output, float guidance, ReadOnlySpan<float> noise)
    {
        using Turns.Turn turn = turns.Take();
        if (next == plan.Steps.Count)
        {
            return Status.End;
        }

        if (noise.IsEmpty && plan.Steps[next].Next.Noise != 0)
        {
            throw new ArgumentException($"noise is null, but step {next} takes some.");
        }

        if (update.Advance(next, state, output, guidance, noise))
        {
            next++;
            return Status.Ok;
        }

        state.Clear();
        string message = $"The network's output at step {next} is not finite.";
        Begin();
        return Fault.Record(Status.InvalidData, message);
    }

    /// <summary>Begins anew.</summary>
    public void Restart()
    {
        using Turns.Turn turn = turns.Take();
        Begin();
    }

    public void Dispose()
    {
        turns.Close();
        update.Dispose();
    }

    void Begin()
    {
        next = 0;
        update.Restart();
    }
}
