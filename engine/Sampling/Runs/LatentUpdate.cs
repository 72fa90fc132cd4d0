using Lacuna.Kernels;

namespace Lacuna.Sampling;

/// <summary>Carries a plan out on latents: the tensors that it keeps, and one or two passes a step.</summary>
/// <remarks>All memory is taken when it is made; a step allocates nothing. One thread at a time.</remarks>
public sealed class LatentUpdate : IDisposable
{
    readonly SamplingPlan plan;
    readonly StepWeights[] weights;
    readonly AlignedBuffer<float>[] kept;
    readonly AlignedBuffer<float> clean;
    readonly int pictures;
    readonly int elements;
    readonly float[] selection;
    int keptCount;

    /// <summary>Takes memory for a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="pictures">Pictures in the latents, each thresholded and guided by itself.</param>
    /// <param name="elements">Elements of one.</param>
    /// <param name="scaled">Whether the latents are held multiplied by each step's input scale, and as they are after the last.</param>
    public LatentUpdate(SamplingPlan plan, int pictures, int elements, bool scaled = false)
    {
        (this.plan, this.pictures, this.elements) = (plan, pictures, elements);
        weights = StepWeights.Of(plan, scaled);
        kept = Sequence.Of(plan.KeptTensors, _ => new AlignedBuffer<float>(pictures * elements));
        clean = new AlignedBuffer<float>(pictures * elements);
        selection = plan.Threshold is null ? [] : new float[elements];
    }

    /// <summary>What changes the data x0 of every step beside clipping; null for nothing.</summary>
    public IDataConsistency? Consistency { get; init; }

    /// <summary>Forgets the tensors kept.</summary>
    public void Restart() => keptCount = 0;

    /// <summary>Carries one step out. Steps go in order, from the first or from <see cref="Restart"/>.</summary>
    /// <param name="index">The step.</param>
    /// <param name="state">Shape of the latents: replaced by the next ones.</param>
    /// <param name="output">The network's answer to them.</param>
    /// <param name="guidance">Scale of the guidance; 1 where there is no unconditional answer.</param>
    /// <param name="noise">Shape of the latents: standard normal; may be empty where the step's noise weighs nothing.</param>
    /// <returns>Whether the network's answer was finite.</returns>
    /// <exception cref="ArgumentException">A tensor has another length than the latents.</exception>
    /// <exception cref="InvalidOperationException">The steps before have not been carried out.</exception>
    public bool Advance(int index, Span<float> state, NetworkOutput output, float guidance, ReadOnlySpan<float> noise) =>
        Advance(index, state, output, new StepGuidance(guidance, default), noise);

    /// <summary>Carries one step out.</summary>
    /// <param name="index">The step.</param>
    /// <param name="state">The latents, replaced by the next ones.</param>
    /// <param name="output">The network's answer.</param>
    /// <param name="guidance">Scale of the guidance, and what it is multiplied by, a picture.</param>
    /// <param name="noise">Normal noise; may be empty where the step's noise weighs nothing.</param>
    /// <returns>Whether the network's answer was finite.</returns>
    internal bool Advance(int index, Span<float> state, NetworkOutput output, in StepGuidance guidance, ReadOnlySpan<float> noise)
    {
        SamplingStep step = plan.Steps[index];
        if (step.KeepsState)
        {
            state.CopyTo(Slot());
            keptCount++;
        }

        bool twice = plan.Threshold is not null || Consistency is not null || StepWeights.NeedsClean(step, plan.ClipRange);
        Span<float> data = step.KeepsData ? Slot() : default;
        bool finite = twice
            ? Twice(index, state, output, guidance, noise, data)
            : Once(index, weights[index].Whole, state, output, guidance, noise, state, data);
        keptCount += step.KeepsData ? 1 : 0;
        return finite;
    }

    /// <summary>The data x0 that a step's answer stands for, as the step would use them, thresholded and made consistent.</summary>
    internal void Preview(int index, Span<float> state, NetworkOutput output, in StepGuidance guidance, Span<float> data)
    {
        Once(index, weights[index].Clean, state, output, guidance, default, default, data);
        Project(index, data);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(kept, buffer => buffer.Dispose());
        clean.Dispose();
    }

    bool Twice(int index, Span<float> state, NetworkOutput output, in StepGuidance guidance, ReadOnlySpan<float> noise, Span<float> data)
    {
        bool keepsClean = plan.Steps[index].KeepsClean && !data.IsEmpty;
        Span<float> changed = keepsClean ? data : clean.Span;
        bool finite = Once(index, weights[index].Clean, state, output, guidance, default, default, changed);
        Project(index, changed);
        if (weights[index].CleanIsPast)
        {
            Update(index, weights[index].FromClean, state, output, guidance, noise, changed);
            return finite;
        }

        data = keepsClean ? default : data;
        Once(index, weights[index].FromClean, state, NetworkOutput.Of(changed), StepGuidance.None, noise, state, data);
        return finite;
    }

    /// <summary>The second pass of a step whose noise is the network's own: the data stand beside its answer.</summary>
    void Update(
        int index,
        in DiffusionWeights weight,
        Span<float> state,
        NetworkOutput output,
        in StepGuidance guidance,
        ReadOnlySpan<float> noise,
        ReadOnlySpan<float> changed)
    {
        bool noisy = plan.Steps[index].Next.Noise != 0;
        for (int picture = 0; picture < pictures; picture++)
        {
            int first = picture * elements;
            NetworkOutput own = output.Slice(first, elements);
            Span<float> own1 = state.Slice(first, elements);
            var tensors = new DiffusionTensors
            {
                Format = own.Format,
                State = own1,
                Output = own.Conditional,
                Unconditional = own.Unconditional,
                Past1 = changed.Slice(first, elements),
                Noise = noisy ? noise.Slice(first, elements) : default,
            };
            DiffusionUpdate.Run(guidance.Apply(weight, picture), tensors, own1, default);
        }
    }

    bool Once(
        int index,
        in DiffusionWeights weight,
        Span<float> state,
        NetworkOutput output,
        in StepGuidance guidance,
        ReadOnlySpan<float> noise,
        Span<float> next,
        Span<float> data)
    {
        SamplingStep step = plan.Steps[index];
        bool sums = !next.IsEmpty;
        int parts = guidance.IsUniform ? 1 : pictures, count = pictures * elements / parts;
        bool finite = true;
        for (int part = 0; part < parts; part++)
        {
            int first = part * count;
            NetworkOutput own = output.Slice(first, count);
            var tensors = new DiffusionTensors
            {
                Format = own.Format,
                State = state.Slice(first, count),
                Output = own.Conditional,
                Unconditional = own.Unconditional,
                Past1 = sums && step.Next.Past1 != 0 ? Past(step.Ages.First).Slice(first, count) : default,
                Past2 = sums && step.Next.Past2 != 0 ? Past(step.Ages.Second).Slice(first, count) : default,
                Past3 = sums && step.Next.Past3 != 0 ? Past(step.Ages.Third).Slice(first, count) : default,
                Noise = sums && step.Next.Noise != 0 ? noise.Slice(first, count) : default,
            };
            finite &= DiffusionUpdate.Run(
                guidance.Apply(weight, part),
                tensors,
                sums ? next.Slice(first, count) : default,
                data.IsEmpty ? default : data.Slice(first, count));
        }

        return finite;
    }

    void Project(int index, Span<float> data)
    {
        if (plan.Threshold is { } threshold)
        {
            for (int picture = 0; picture < pictures; picture++)
            {
                Thresholding.Apply(threshold, data.Slice(picture * elements, elements), selection);
            }
        }

        Consistency?.Project(data, plan.Steps[index].Level);
    }

    /// <summary>Where the next tensor is kept.</summary>
    Span<float> Slot() => kept[keptCount % kept.Length].Span;

    /// <summary>A tensor kept before, by age.</summary>
    Span<float> Past(int age) => age <= keptCount
        ? kept[(keptCount - age) % kept.Length].Span
        : throw new InvalidOperationException("The steps before this one have not been carried out.");
}
