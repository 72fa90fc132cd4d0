namespace Lacuna.Sampling;

/// <summary>Something known of the data, which every step's prediction of them is made to agree with.</summary>
public interface IDataConsistency
{
    /// <summary>Elements of the latents that it is for; a run refuses others.</summary>
    int Count { get; }

    /// <summary>Changes predicted data so that they agree with what is known.</summary>
    /// <param name="data">Shape of the latents; changed in place.</param>
    /// <param name="level">The noise level of the step.</param>
    void Project(Span<float> data, NoiseLevel level);
}
