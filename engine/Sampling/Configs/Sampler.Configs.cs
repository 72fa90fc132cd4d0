namespace Lacuna.Sampling;

public sealed partial class Sampler
{
    static readonly Dictionary<string, Func<ConfigFields, Sampler>> Classes = new()
    {
        ["DDIMScheduler"] = Ddim,
        ["DDPMScheduler"] = Ddpm,
        ["PNDMScheduler"] = Pndm,
        ["LCMScheduler"] = Lcm,
        ["TCDScheduler"] = Tcd,
        ["EulerDiscreteScheduler"] = Euler,
        ["EulerAncestralDiscreteScheduler"] = EulerAncestral,
        ["HeunDiscreteScheduler"] = Heun,
        ["KDPM2DiscreteScheduler"] = fields => Dpm2(fields, eta: 0),
        ["KDPM2AncestralDiscreteScheduler"] = fields => Dpm2(fields, eta: 1),
        ["LMSDiscreteScheduler"] = Lms,
        ["DPMSolverMultistepScheduler"] = Dpm,
        ["DPMSolverSinglestepScheduler"] = DpmSingleStep,
        ["DEISMultistepScheduler"] = Deis,
        ["UniPCMultistepScheduler"] = UniPc,
        ["SASolverScheduler"] = Sa,
        ["IPNDMScheduler"] = Ipndm,
        ["EDMEulerScheduler"] = EdmEuler,
        ["EDMDPMSolverMultistepScheduler"] = EdmDpm,
        ["FlowMatchEulerDiscreteScheduler"] = FlowEuler,
        ["FlowMatchHeunDiscreteScheduler"] = FlowHeun,
        ["FlowMatchLCMScheduler"] = FlowLcm,
    };

    /// <summary>The classes of schedulers that <see cref="FromSchedulerConfig(ReadOnlySpan{byte})"/> knows.</summary>
    public static IReadOnlyCollection<string> KnownSchedulers => Classes.Keys;

    /// <summary>Makes the sampler that a diffusers <c>scheduler_config.json</c> describes.</summary>
    /// <param name="json">The file's bytes, UTF-8: one object whose <c>_class_name</c> is one of <see cref="KnownSchedulers"/>.</param>
    /// <exception cref="ArgumentException">It is not such an object; the message names the field.</exception>
    public static Sampler FromSchedulerConfig(ReadOnlySpan<byte> json)
    {
        var fields = new ConfigFields(json);
        string name = fields.Text("_class_name", "");
        return Classes.TryGetValue(name, out Func<ConfigFields, Sampler>? make)
            ? make(fields)
            : throw new ArgumentException(
                $"The scheduler's configuration: field '_class_name' is '{name}', not one of {string.Join(", ", Names())}.");
    }

    static string[] Names()
    {
        var names = new string[Classes.Count];
        Classes.Keys.CopyTo(names, 0);
        return names;
    }

    /// <inheritdoc cref="FromSchedulerConfig(ReadOnlySpan{byte})"/>
    public static Sampler FromSchedulerConfig(string json) => FromSchedulerConfig(System.Text.Encoding.UTF8.GetBytes(json));

    static DiscreteGrids Discrete(
        ConfigFields fields,
        bool endsAtData,
        double first = 0.0001,
        double last = 0.02,
        string shape = "linear") => new(
        SchedulerFamilies.Schedule(fields, keepsRatioFinite: false, first, last, shape),
        new NetworkContract(SchedulerFamilies.Prediction(fields)),
        SchedulerFamilies.Spacing(fields, "leading"),
        SchedulerFamilies.Offset(fields),
        fields.Flag("set_alpha_to_one", endsAtData));

    static Sampler Ddim(ConfigFields fields) => new(
        Discrete(fields, endsAtData: true).Even,
        options => new EulerSolver(options.Eta ?? 0, KeepsNoise: !options.NoiseFollowsClipping))
    {
        ClipRange = SchedulerFamilies.ClipRange(fields, otherwise: true),
        Threshold = SchedulerFamilies.Threshold(fields),
    };

    static Sampler Ddpm(ConfigFields fields)
    {
        string variance = fields.Text("variance_type", "fixed_small", "fixed_small", "fixed_small_log", "fixed_large");
        var solver = new DdpmSolver(variance == "fixed_large" ? DdpmVariance.Large : DdpmVariance.Small);
        return new(Discrete(fields, endsAtData: true).Chained, _ => solver)
        {
            ClipRange = SchedulerFamilies.ClipRange(fields, otherwise: true),
            Threshold = SchedulerFamilies.Threshold(fields),
        };
    }

    static Sampler Pndm(ConfigFields fields)
    {
        DiscreteGrids grids = Discrete(fields, endsAtData: false);
        bool skips = fields.Flag("skip_prk_steps");
        return new(options => grids.Pndm(options, skips), _ => new PndmSolver(skips));
    }

    static Sampler Lcm(ConfigFields fields)
    {
        DiscreteGrids grids = Discrete(fields, endsAtData: true, 0.00085, 0.012, "scaled_linear");
        int distilled = Distilled(fields);
        double scale = fields.Positive("timestep_scaling", 10);
        return new(options => grids.Consistency(options, distilled), _ => new ConsistencySolver(scale))
        {
            ClipRange = SchedulerFamilies.ClipRange(fields, otherwise: false),
            Threshold = SchedulerFamilies.Threshold(fields),
            ThinsByStrength = true,
        };
    }

    static Sampler Tcd(ConfigFields fields)
    {
        const double defaultEta = 0.3;
        DiscreteGrids grids = Discrete(fields, endsAtData: true, 0.00085, 0.012, "scaled_linear");
        int distilled = Distilled(fields);
        return new(
            options => grids.Trajectory(options, distilled, options.Eta ?? defaultEta),
            options => new TcdSolver(options.Eta ?? defaultEta))
        {
            ThinsByStrength = true,
        };
    }

    static int Distilled(ConfigFields fields) => fields.Whole("original_inference_steps", 50, 1, SchedulerFamilies.Trained(fields));

    static Sampler Euler(ConfigFields fields)
    {
        SigmaRules rules = SchedulerFamilies.Exploding(fields, 0.0001, 0.02);
        string line = fields.Text("interpolation_type", "linear", "linear", "log_linear");
        string kind = fields.Text("timestep_type", "discrete", "discrete", "continuous");
        rules = rules with
        {
            LogarithmicLine = line == "log_linear",
            Continuous = kind == "continuous" && rules.Network.Prediction == Prediction.Velocity,
        };
        return new(new ExplodingGrids(rules).Make, options => new EulerSolver(Churn: options.Churn));
    }

    static Sampler EulerAncestral(ConfigFields fields)
    {
        SigmaRules rules = SchedulerFamilies.Exploding(fields, 0.0001, 0.02) with { Final = FinalSigma.Zero, Curve = SigmaCurve.Schedule };
        return new(new ExplodingGrids(rules).Make, _ => new EulerSolver(Eta: 1));
    }

    static Sampler Heun(ConfigFields fields)
    {
        SigmaRules rules = SchedulerFamilies.Exploding(fields, 0.00085, 0.012) with { Final = FinalSigma.Zero };
        return new(new ExplodingGrids(rules).Make, _ => new HeunSolver())
        {
            ClipRange = SchedulerFamilies.ClipRange(fields, otherwise: false),
        };
    }

    static Sampler Dpm2(ConfigFields fields, double eta)
    {
        SigmaRules rules = SchedulerFamilies.Exploding(fields, 0.00085, 0.012);
        rules = rules with { Final = FinalSigma.Zero, RoundsCurve = rules.Curve == SigmaCurve.Karras };
        return new(new ExplodingGrids(rules).Make, _ => new Dpm2Solver(eta));
    }

    static Sampler Lms(ConfigFields fields)
    {
        SigmaRules rules = SchedulerFamilies.Exploding(fields, 0.0001, 0.02) with { Final = FinalSigma.Zero };
        return new(new ExplodingGrids(rules).Make, options => new LmsSolver(options.LmsOrder));
    }

    static Sampler Ipndm(ConfigFields fields)
    {
        var network = new NetworkContract(Prediction.Velocity);
        _ = SchedulerFamilies.Trained(fields);
        fields.Refuse("trained_betas");
        return new(options => IpndmGrid.Make(options, network), _ => new IpndmSolver());
    }
}
