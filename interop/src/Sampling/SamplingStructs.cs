using System.Runtime.InteropServices;
using Lacuna.Sampling;

namespace Lacuna.Interop;

/// <summary>lac_solver_options of lacuna/sampling.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct SolverOptions
{
    public uint StructSize;
    public int Solver;
    public int Order;
    public int Prediction;
    public double Eta;
    public double InputVariance;
    public double DataDeviation;

    public static SolverOptions Default => new() { Order = 2, InputVariance = 1, DataDeviation = 0.5 };

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public readonly Sampler ToEngine()
    {
        Limits.Within(Prediction, (int)Sampling.Prediction.Noise, (int)Sampling.Prediction.PreconditionedVelocity, "options->prediction");
        if (!(Eta is >= 0 and <= 1 && DataDeviation > 0 && double.IsFinite(DataDeviation) && double.IsFinite(InputVariance)))
        {
            throw new ArgumentException("options->eta must be 0 to 1, data_deviation above 0, and input_variance finite.");
        }

        var network = new NetworkContract(
            (Prediction)Prediction, InputVariance < 0 ? double.NaN : InputVariance, DataDeviation);
        return Sampler.OverSigmas(Rule(), network);
    }

    readonly Solver Rule() => Solver switch
    {
        0 => new EulerSolver(Eta),
        1 => new HeunSolver(),
        2 => new Dpm2Solver(Eta),
        3 => new LmsSolver(OrderUpTo(4)),
        4 => new DpmSolver(OrderUpTo(3), Eta: Eta),
        5 => new DpmSingleStepSolver(OrderUpTo(3), Eta: Eta),
        6 => new DpmAncestralSolver(Eta),
        7 => new UniPcSolver(OrderUpTo(3)),
        _ => throw new ArgumentException($"options->solver is {Solver}; it must be 0 to 7."),
    };

    readonly int OrderUpTo(int most)
    {
        Limits.Within(Order, 1, most, "options->order");
        return Order;
    }
}

/// <summary>lac_plan_options of lacuna/sampling.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct PlanOptions
{
    const uint GivesEta = 1, GivesShift = 2, FollowsClipping = 4;

    public uint StructSize;
    public int Steps;
    public double* Timesteps;
    public nuint TimestepCount;
    public double* Sigmas;
    public nuint SigmaCount;
    public double Strength;
    public double Eta;
    public double ShiftLogarithm;
    public double Churn;
    public int FirstStep;
    public int ImageTokens;
    public int LmsOrder;
    public uint Flags;

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public readonly SamplingOptions ToEngine()
    {
        Limits.Within(Flags, 0, GivesEta | GivesShift | FollowsClipping, "options->flags");
        Limits.Within(FirstStep, -1, int.MaxValue, "options->first_step");
        if (!(Churn >= 0 && double.IsFinite(Churn)))
        {
            throw new ArgumentException($"options->churn is {Churn}; it must be 0 or more.");
        }

        return new()
        {
            Steps = Steps,
            Timesteps = Timesteps == null ? null : Native.Input(Timesteps, TimestepCount, "options->timesteps").ToArray(),
            Sigmas = Sigmas == null ? null : Native.Input(Sigmas, SigmaCount, "options->sigmas").ToArray(),
            Strength = Strength,
            Eta = (Flags & GivesEta) != 0 ? Eta : null,
            ShiftLogarithm = (Flags & GivesShift) != 0 ? ShiftLogarithm : null,
            NoiseFollowsClipping = (Flags & FollowsClipping) != 0,
            Churn = Churn == 0 ? null : new Churn(Churn),
            FirstStep = FirstStep,
            ImageTokens = ImageTokens,
            LmsOrder = LmsOrder,
        };
    }
}

/// <summary>lac_plan_properties of lacuna/sampling.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct PlanProperties
{
    public uint StructSize;
    public int Steps;
    public double InitialDeviation;
    public double InitialAlpha;
    public double InitialSigma;

    public static PlanProperties From(SamplingPlan plan) => new()
    {
        Steps = plan.Steps.Count,
        InitialDeviation = plan.InitialDeviation,
        InitialAlpha = plan.InitialLevel.Alpha,
        InitialSigma = plan.InitialLevel.Sigma,
    };
}

/// <summary>lac_plan_step of lacuna/sampling.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct PlanStep
{
    public uint StructSize;
    public int DrawsNoise;
    public double Timestep;
    public double InputScale;
    public double Alpha;
    public double Sigma;
    public double NextAlpha;
    public double NextSigma;
    public double Noise;

    public static PlanStep From(SamplingStep step) => new()
    {
        DrawsNoise = step.DrawsNoise ? 1 : 0,
        Timestep = step.Timestep,
        InputScale = step.InputScale,
        Alpha = step.Level.Alpha,
        Sigma = step.Level.Sigma,
        NextAlpha = step.NextLevel.Alpha,
        NextSigma = step.NextLevel.Sigma,
        Noise = step.Next.Noise,
    };
}
