namespace Lacuna.Sampling;

/// <summary>What a network's output stands for.</summary>
public enum Prediction
{
    /// <summary>The noise (epsilon).</summary>
    Noise = 0,

    /// <summary>The velocity v = alpha noise - sigma x0 of a variance-preserving schedule.</summary>
    Velocity = 1,

    /// <summary>The data x0.</summary>
    Data = 2,

    /// <summary>The direction noise - x0 of a straight line.</summary>
    Flow = 3,

    /// <summary>The output F of the preconditioning c_skip x + c_out F (Karras et al., 2022).</summary>
    Preconditioned = 4,

    /// <summary>The same with -F.</summary>
    PreconditionedVelocity = 5,
}
