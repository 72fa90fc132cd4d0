namespace Lacuna.Sampling;

/// <summary>The exponential integrators, preconditioned networks and rectified flow.</summary>
public sealed partial class Sampler
{
    const int MostOrder = 3;

    static int Order(ConfigFields fields, string name = "solver_order") => fields.Whole(name, 2, 1, MostOrder);

    /// <summary>
    /// The grid of a configuration whose curve may be that of rectified flow, with the network contract that goes with it.
    /// </summary>
    static Func<SamplingOptions, SamplingGrid> Grid(SigmaRules rules) => new PreservingGrids(rules).Make;

    static DpmVariant Variant(ConfigFields fields) =>
        fields.Text("solver_type", "midpoint", "midpoint", "heun", "logrho", "bh1", "bh2") == "heun"
            ? DpmVariant.Heun
            : DpmVariant.Midpoint;

    static Sampler Dpm(ConfigFields fields)
    {
        string algorithm = fields.Text(
            "algorithm_type", "dpmsolver++", "dpmsolver++", "sde-dpmsolver++", "dpmsolver", "sde-dpmsolver", "deis");
        SigmaRules rules = SchedulerFamilies.Preserving(fields);
        bool cosine = fields.Text("beta_schedule", "linear") == "squaredcos_cap_v2";
        rules = rules with { RoundsCurve = rules.Curve is SigmaCurve.Karras or SigmaCurve.Lu && !cosine };
        bool inNoise = algorithm is "dpmsolver" or "sde-dpmsolver";
        RefuseZero(rules, inNoise);
        var solver = new DpmSolver(
            Order(fields),
            Variant(fields),
            inNoise,
            algorithm.StartsWith("sde", StringComparison.Ordinal) ? 1 : 0,
            fields.Flag("lower_order_final", true),
            fields.Flag("euler_at_final"))
        {
            SlippedThird = true,
        };
        return new(Grid(rules), _ => solver) { Threshold = SchedulerFamilies.Threshold(fields) };
    }

    static Sampler DpmSingleStep(ConfigFields fields)
    {
        string algorithm = fields.Text("algorithm_type", "dpmsolver++", "dpmsolver++", "sde-dpmsolver++", "dpmsolver", "deis");
        SigmaRules rules = SchedulerFamilies.Preserving(fields);
        rules = rules with { Spacing = TimestepSpacing.Linspace, RoundsCurve = rules.Curve == SigmaCurve.Karras };
        RefuseZero(rules, algorithm == "dpmsolver");
        var solver = new DpmSingleStepSolver(
            Order(fields),
            Variant(fields),
            algorithm == "dpmsolver",
            algorithm == "sde-dpmsolver++" ? 1 : 0,
            fields.Flag("lower_order_final"));
        return new(Grid(rules), _ => solver) { Threshold = SchedulerFamilies.Threshold(fields) };
    }

    static void RefuseZero(SigmaRules rules, bool inNoise)
    {
        if (inNoise && rules.Final == FinalSigma.Zero)
        {
            throw new ArgumentException(
                "The scheduler's configuration: field 'final_sigmas_type' is zero, which contradicts 'algorithm_type'; make it sigma_min.");
        }
    }

    static Sampler Deis(ConfigFields fields)
    {
        SigmaRules rules = Repeating(SchedulerFamilies.Preserving(fields));
        rules = rules with { RoundsCurve = rules.Curve == SigmaCurve.Karras };
        var solver = new DeisSolver(Order(fields), fields.Flag("lower_order_final", true));
        return new(Grid(rules), _ => solver) { Threshold = SchedulerFamilies.Threshold(fields) };
    }

    static Sampler Sa(ConfigFields fields)
    {
        SigmaRules rules = Repeating(SchedulerFamilies.Preserving(fields));
        rules = rules with { RoundsCurve = rules.Curve == SigmaCurve.Karras };
        var solver = new SaSolver(
            Order(fields, "predictor_order"),
            fields.Whole("corrector_order", 2, 1, 4),
            fields.Text("algorithm_type", "data_prediction", "data_prediction", "noise_prediction") == "noise_prediction",
            LowerOrderFinal: fields.Flag("lower_order_final", true));
        return new(Grid(rules), _ => solver) { Threshold = SchedulerFamilies.Threshold(fields) };
    }

    /// <summary>Ends at the schedule's least sigma, or, on a curve of its own, at the curve's last, repeated.</summary>
    static SigmaRules Repeating(SigmaRules rules) =>
        rules with { Final = rules.Curve == SigmaCurve.Schedule ? FinalSigma.Least : FinalSigma.Repeated };

    static Sampler UniPc(ConfigFields fields)
    {
        fields.Refuse("solver_p");
        bool bends = fields.Flag("use_flow_sigmas") && fields.Flag("use_karras_sigmas");
        SigmaRules rules = SchedulerFamilies.Preserving(fields, bends) with { IsStraight = bends };
        bool repeats = rules.Final == FinalSigma.Least && rules.Curve != SigmaCurve.Schedule;
        rules = rules with { RoundsCurve = rules.Curve == SigmaCurve.Karras, Final = repeats ? FinalSigma.Repeated : rules.Final };
        string variant = fields.Text("solver_type", "bh2", "bh1", "bh2", "midpoint", "heun", "logrho");
        int[]? uncorrected = fields.Floats("disable_corrector") is { } steps ? steps.Select(step => (int)step) : null;
        var solver = new UniPcSolver(
            Order(fields),
            variant == "bh1" ? UniPcVariant.Bh1 : UniPcVariant.Bh2,
            !fields.Flag("predict_x0", true),
            fields.Flag("lower_order_final", true),
            uncorrected);
        Func<SamplingOptions, SamplingGrid> grid = rules.Curve == SigmaCurve.Flow
            ? (Flow(fields, "flow_shift") with { Network = rules.Network, IsUniPc = true, Final = rules.Final }).Make
            : Grid(rules);
        return new(grid, _ => solver) { Threshold = SchedulerFamilies.Threshold(fields) };
    }

    static EdmGrids Edm(ConfigFields fields)
    {
        double deviation = fields.Positive("sigma_data", 0.5);
        bool velocity = fields.Text("prediction_type", "epsilon", "epsilon", "v_prediction") == "v_prediction";
        var network = new NetworkContract(
            velocity ? Prediction.PreconditionedVelocity : Prediction.Preconditioned, deviation * deviation, deviation);
        return new EdmGrids
        {
            Network = network,
            LeastSigma = fields.Positive("sigma_min", 0.002),
            GreatestSigma = fields.Positive("sigma_max", 80),
            Rho = fields.Positive("rho", SigmaCurves.DefaultRho),
            IsExponential = fields.Text("sigma_schedule", "karras", "karras", "exponential") == "exponential",
            Final = SchedulerFamilies.Final(fields),
        };
    }

    static Sampler EdmEuler(ConfigFields fields)
    {
        EdmGrids grids = Edm(fields);
        grids = grids with { Final = grids.Final == FinalSigma.Least ? FinalSigma.Repeated : grids.Final };
        return new(grids.Make, options => new EulerSolver(Churn: options.Churn));
    }

    static Sampler EdmDpm(ConfigFields fields)
    {
        string algorithm = fields.Text("algorithm_type", "dpmsolver++", "dpmsolver++", "sde-dpmsolver++", "deis");
        var solver = new DpmSolver(
            Order(fields),
            Variant(fields),
            Eta: algorithm == "sde-dpmsolver++" ? 1 : 0,
            LowerOrderFinal: fields.Flag("lower_order_final", true),
            EulerAtFinal: fields.Flag("euler_at_final"))
        {
            SlippedThird = true,
        };
        return new((Edm(fields) with { InFloats = true }).Make, _ => solver) { Threshold = SchedulerFamilies.Threshold(fields) };
    }

    static FlowGrids Flow(ConfigFields fields, string shift = "shift")
    {
        double? terminal = fields.OptionalNumber("shift_terminal");
        fields.Refuse("invert_sigmas");
        return new FlowGrids
        {
            Network = new NetworkContract(Prediction.Flow),
            Trained = SchedulerFamilies.Trained(fields),
            Shift = fields.Positive(shift, 1),
            IsDynamic = fields.Flag("use_dynamic_shifting"),
            IsExponential = fields.Text("time_shift_type", "exponential", "exponential", "linear") == "exponential",
            Small = (fields.Positive("base_image_seq_len", 256), fields.Number("base_shift", 0.5)),
            Large = (fields.Positive("max_image_seq_len", 4096), fields.Number("max_shift", 1.15)),
            Terminal = terminal is null or 0 ? null : terminal,
            Curve = SchedulerFamilies.Curve(fields),
        };
    }

    static Sampler FlowEuler(ConfigFields fields)
    {
        FlowGrids grids = Flow(fields);
        return fields.Flag("stochastic_sampling")
            ? new(grids.Make, _ => new ConsistencySolver(TimestepScale: 0, DrawsAtLast: true))
            : new(grids.Make, _ => new EulerSolver());
    }

    static Sampler FlowHeun(ConfigFields fields) => new((Flow(fields) with { IsDynamic = false }).Make, _ => new HeunSolver());

    static Sampler FlowLcm(ConfigFields fields)
    {
        fields.Refuse("scale_factors");
        return new(Flow(fields).Make, _ => new ConsistencySolver(TimestepScale: 0, DrawsAtLast: true));
    }
}
