namespace Lacuna.Sampling;

/// <summary>The parts of a scheduler's configuration that several classes of schedulers read the same way.</summary>
static class SchedulerFamilies
{
    const int MostTrained = 1_000_000;

    public static int Trained(ConfigFields fields) => fields.Whole("num_train_timesteps", 1000, 2, MostTrained);

    /// <summary>The products of the training steps.</summary>
    /// <param name="fields">The configuration.</param>
    /// <param name="first">beta_start where it is not given.</param>
    /// <param name="last">beta_end where it is not given.</param>
    /// <param name="shape">beta_schedule where it is not given.</param>
    /// <param name="keepsRatioFinite">What a zero-terminal schedule ends with.</param>
    public static NoiseSchedule Schedule(
        ConfigFields fields,
        bool keepsRatioFinite,
        double first = 0.0001,
        double last = 0.02,
        string shape = "linear")
    {
        string named = fields.Text("beta_schedule", shape, "linear", "scaled_linear", "squaredcos_cap_v2");
        double start = fields.Positive("beta_start", first), end = fields.Positive("beta_end", last);
        NoiseSchedule schedule = fields.Floats("trained_betas") is { } betas ? NoiseSchedule.FromBetas(betas) : named switch
        {
            "linear" => NoiseSchedule.Linear(start, end, Trained(fields)),
            "scaled_linear" => NoiseSchedule.ScaledLinear(start, end, Trained(fields)),
            _ => NoiseSchedule.SquaredCosine(Trained(fields)),
        };
        return fields.Flag("rescale_betas_zero_snr") ? schedule.WithZeroTerminal(keepsRatioFinite) : schedule;
    }

    public static Prediction Prediction(ConfigFields fields) =>
        fields.Text("prediction_type", "epsilon", "epsilon", "v_prediction", "sample", "flow_prediction", "original_sample") switch
        {
            "v_prediction" => Sampling.Prediction.Velocity,
            "sample" or "original_sample" => Sampling.Prediction.Data,
            "flow_prediction" => Sampling.Prediction.Flow,
            _ => Sampling.Prediction.Noise,
        };

    public static TimestepSpacing Spacing(ConfigFields fields, string otherwise) =>
        fields.Text("timestep_spacing", otherwise, "linspace", "leading", "trailing") switch
        {
            "linspace" => TimestepSpacing.Linspace,
            "leading" => TimestepSpacing.Leading,
            _ => TimestepSpacing.Trailing,
        };

    public static int Offset(ConfigFields fields) => fields.Whole("steps_offset", 0, 0, MostTrained);

    /// <param name="fields">The configuration.</param>
    /// <param name="flowBends">Whether the curve of the others may bend the sigmas of flow.</param>
    public static SigmaCurve Curve(ConfigFields fields, bool flowBends = false)
    {
        string flow = flowBends ? "" : "use_flow_sigmas";
        fields.OnlyOne("use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas", "use_lu_lambdas", flow);
        return fields.Flag("use_karras_sigmas") ? SigmaCurve.Karras
            : fields.Flag("use_exponential_sigmas") ? SigmaCurve.Exponential
            : fields.Flag("use_beta_sigmas") ? SigmaCurve.Beta
            : fields.Flag("use_lu_lambdas") ? SigmaCurve.Lu
            : fields.Flag("use_flow_sigmas") ? SigmaCurve.Flow
            : SigmaCurve.Schedule;
    }

    public static FinalSigma Final(ConfigFields fields) =>
        fields.Text("final_sigmas_type", "zero", "zero", "sigma_min") == "zero" ? FinalSigma.Zero : FinalSigma.Least;

    public static double ClipRange(ConfigFields fields, bool otherwise) =>
        fields.Flag("clip_sample", otherwise) && !fields.Flag("thresholding")
            ? fields.Positive("clip_sample_range", 1)
            : double.PositiveInfinity;

    public static DynamicThreshold? Threshold(ConfigFields fields)
    {
        if (!fields.Flag("thresholding"))
        {
            return null;
        }

        double ratio = fields.Number("dynamic_thresholding_ratio", 0.995);
        return ratio is >= 0 and <= 1
            ? new DynamicThreshold(ratio, fields.Positive("sample_max_value", 1))
            : throw new ArgumentException(
                $"The scheduler's configuration: field 'dynamic_thresholding_ratio' is {ratio}, not from 0 to 1.");
    }

    /// <summary>What schedulers in k-diffusion's coordinates share.</summary>
    public static SigmaRules Exploding(ConfigFields fields, double first, double last) => new()
    {
        Schedule = Schedule(fields, keepsRatioFinite: true, first, last),
        Network = new NetworkContract(Prediction(fields), InputVariance: 1),
        Spacing = Spacing(fields, "linspace"),
        Offset = Offset(fields),
        Curve = Curve(fields),
        Final = Final(fields),
        LeastSigma = fields.OptionalNumber("sigma_min"),
        GreatestSigma = fields.OptionalNumber("sigma_max"),
    };

    /// <summary>What the DPM-Solvers and their kin share.</summary>
    /// <param name="fields">The configuration.</param>
    /// <param name="flowBends">Whether the curve of the others may bend the sigmas of flow.</param>
    public static SigmaRules Preserving(ConfigFields fields, bool flowBends = false) => new()
    {
        Schedule = Schedule(fields, keepsRatioFinite: true),
        Network = new NetworkContract(Prediction(fields)),
        Spacing = Spacing(fields, "linspace"),
        Offset = Offset(fields),
        Curve = Curve(fields, flowBends),
        Final = Final(fields),
        LeastSigma = fields.OptionalNumber("sigma_min"),
        GreatestSigma = fields.OptionalNumber("sigma_max"),
        LeastLambda = fields.Number("lambda_min_clipped", double.NegativeInfinity),
        Shift = fields.Positive("flow_shift", 1),
        IsDynamic = fields.Flag("use_dynamic_shifting"),
    };
}
