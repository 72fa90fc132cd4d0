using Lacuna.Sampling;

namespace Lacuna.Tests.Engine.Sampling;

public class SolverTests
{
    static readonly float[] Data = [0.5f, -1.25f, 2f, 0f, 0.125f, -0.75f, 1f, -2f];

    /// <summary>Configurations of every class, and of what a class can be set to.</summary>
    public static TheoryData<string> Configs => new(
        """{"_class_name": "DDIMScheduler", "clip_sample": false}""",
        """{"_class_name": "DDIMScheduler", "clip_sample": false, "prediction_type": "v_prediction", "timestep_spacing": "trailing"}""",
        """{"_class_name": "DDIMScheduler", "clip_sample": true, "clip_sample_range": 3}""",
        """{"_class_name": "DDPMScheduler", "clip_sample": false}""",
        """{"_class_name": "DDPMScheduler", "clip_sample": false, "variance_type": "fixed_large", "timestep_spacing": "linspace"}""",
        """{"_class_name": "PNDMScheduler", "skip_prk_steps": true, "set_alpha_to_one": true}""",
        """{"_class_name": "PNDMScheduler", "skip_prk_steps": false, "set_alpha_to_one": true}""",
        """{"_class_name": "LCMScheduler"}""",
        """{"_class_name": "TCDScheduler"}""",
        """{"_class_name": "EulerDiscreteScheduler"}""",
        """{"_class_name": "EulerDiscreteScheduler", "use_exponential_sigmas": true, "timestep_spacing": "leading", "steps_offset": 1}""",
        """{"_class_name": "EulerAncestralDiscreteScheduler", "prediction_type": "v_prediction"}""",
        """{"_class_name": "HeunDiscreteScheduler", "use_beta_sigmas": true}""",
        """{"_class_name": "HeunDiscreteScheduler", "clip_sample": true, "clip_sample_range": 4}""",
        """{"_class_name": "KDPM2DiscreteScheduler", "use_karras_sigmas": true}""",
        """{"_class_name": "KDPM2AncestralDiscreteScheduler"}""",
        """{"_class_name": "LMSDiscreteScheduler", "prediction_type": "sample"}""",
        """{"_class_name": "DPMSolverMultistepScheduler", "solver_order": 3, "use_lu_lambdas": true}""",
        """{"_class_name": "DPMSolverMultistepScheduler", "algorithm_type": "sde-dpmsolver++", "solver_type": "heun"}""",
        """{"_class_name": "DPMSolverMultistepScheduler", "use_flow_sigmas": true, "prediction_type": "flow_prediction"}""",
        """{"_class_name": "DPMSolverMultistepScheduler", "lambda_min_clipped": -Infinity, "thresholding": true}""",
        """{"_class_name": "DPMSolverSinglestepScheduler", "solver_order": 2}""",
        """{"_class_name": "DPMSolverSinglestepScheduler", "solver_order": 3, "solver_type": "heun"}""",
        """{"_class_name": "DPMSolverSinglestepScheduler", "solver_order": 3, "algorithm_type": "sde-dpmsolver++"}""",
        """{"_class_name": "UniPCMultistepScheduler", "solver_order": 3}""",
        """{"_class_name": "UniPCMultistepScheduler", "solver_type": "bh1", "disable_corrector": [0, 3]}""",
        """{"_class_name": "UniPCMultistepScheduler", "use_flow_sigmas": true, "prediction_type": "flow_prediction", "flow_shift": 5}""",
        """{"_class_name": "UniPCMultistepScheduler", "use_flow_sigmas": true, "use_karras_sigmas": true}""",
        """{"_class_name": "UniPCMultistepScheduler", "predict_x0": false}""",
        """{"_class_name": "EDMEulerScheduler"}""",
        """{"_class_name": "EDMDPMSolverMultistepScheduler", "sigma_schedule": "exponential"}""",
        """{"_class_name": "FlowMatchEulerDiscreteScheduler", "shift": 3}""",
        """{"_class_name": "FlowMatchEulerDiscreteScheduler", "stochastic_sampling": true, "use_beta_sigmas": true}""",
        """{"_class_name": "FlowMatchHeunDiscreteScheduler"}""",
        """{"_class_name": "FlowMatchLCMScheduler", "shift": 2}""");

    [Theory]
    [MemberData(nameof(Configs))]
    public void Where_the_network_knows_the_data_a_run_ends_with_them(string config)
    {
        // Thresholds of diffusers scale by the quantile: data of at most 1 are left as they are.
        float[] data = config.Contains("thresholding", StringComparison.Ordinal) ? [.. Data.Select(x => x / 2)] : Data;
        Sampler sampler = Sampler.FromSchedulerConfig(config);
        SamplingPlan plan = sampler.Plan(new SamplingOptions { Steps = 10 });
        float[] latents = new float[data.Length];
        using var run = new SamplingRun(plan, Networks.Knowing(plan, data));
        SamplingResult result = run.Run(latents, new PhiloxNoise(7));
        Assert.Equal(SamplingStatus.Done, result.Status);

        // TCD and the runs that end at the least noise end near the data, not at them.
        double left = plan.Steps[^1].NextLevel is var end && config.Contains("TCD", StringComparison.Ordinal) ? 4 * end.Ratio : 2e-4;
        Assert.All(data.Zip(latents), pair => Assert.Equal(pair.First, pair.Second, left));
    }

    [Theory]
    [MemberData(nameof(Configs))]
    public void A_part_of_a_run_begins_with_a_picture(string config)
    {
        if (config.Contains("skip_prk_steps\": false", StringComparison.Ordinal))
        {
            return;
        }

        float[] data = config.Contains("thresholding", StringComparison.Ordinal) ? [.. Data.Select(x => x / 2)] : Data;
        SamplingPlan plan = Sampler.FromSchedulerConfig(config).Plan(new SamplingOptions { Steps = 10, Strength = 0.5 });
        Assert.True(plan.Steps.Count is >= 5 and <= 10);
        float[] latents = [.. data];
        using var run = new SamplingRun(plan, Networks.Knowing(plan, data), new RunOptions { Start = LatentStart.Picture });
        Assert.Equal(SamplingStatus.Done, run.Run(latents, new PhiloxNoise(7)).Status);
        double left = config.Contains("TCD", StringComparison.Ordinal) ? 4 * plan.Steps[^1].NextLevel.Ratio : 2e-4;
        Assert.All(data.Zip(latents), pair => Assert.Equal(pair.First, pair.Second, left));
    }

    [Fact]
    public void Pndm_of_velocities_ends_near_the_data_and_nearer_with_more_steps()
    {
        double few = Left(20), many = Left(100);
        Assert.True(many < few / 2 && many < 0.01, $"{few} {many}");

        static double Left(int steps)
        {
            const string config = """
                {"_class_name": "PNDMScheduler", "skip_prk_steps": true, "set_alpha_to_one": true, "prediction_type": "v_prediction"}
                """;
            SamplingPlan plan = Sampler.FromSchedulerConfig(config).Plan(new SamplingOptions { Steps = steps });
            float[] latents = new float[Data.Length];
            using var run = new SamplingRun(plan, Networks.Knowing(plan, Data));
            run.Run(latents, new PhiloxNoise(7));
            return OracleCase.Difference(Data, latents);
        }
    }

    /// <summary>Solvers and how many times smaller their error must be with twice the steps.</summary>
    public static TheoryData<Solver, double> Orders => new()
    {
        { new EulerSolver(), 1.8 },
        { new HeunSolver(), 3.3 },
        { new Dpm2Solver(), 3.3 },
        { new LmsSolver(2), 3.3 },
        { new LmsSolver(3), 5.5 },
        { new DpmSolver(LowerOrderFinal: false), 3.3 },
        { new DpmSolver(2, DpmVariant.Heun, LowerOrderFinal: false), 3.3 },
        { new DpmSolver(3, LowerOrderFinal: false), 3.3 }, // as published its second difference is half of what the third order asks
        { new DpmSolver(2, InNoise: true, LowerOrderFinal: false), 3.3 },
        { new DpmSolver(3, InNoise: true, LowerOrderFinal: false), 3.3 },
        { new DpmSingleStepSolver(), 3.3 },
        { new DpmSingleStepSolver(InNoise: true), 3.3 },
        { new DeisSolver(2, LowerOrderFinal: false), 3.3 },
        { new DeisSolver(3, LowerOrderFinal: false), 5.5 },
        { new UniPcSolver(2, LowerOrderFinal: false), 5.5 },
        { new UniPcSolver(2, InNoise: true, LowerOrderFinal: false), 5.5 },
        { new UniPcSolver(3, UniPcVariant.Bh1, LowerOrderFinal: false), 9 },
        { new SaSolver(3, 3, Tau: 0, LowerOrderFinal: false), 5.5 },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void Errors_fall_with_the_order_of_the_solver(Solver solver, double factor)
    {
        double coarse = Error(solver, 48), fine = Error(solver, 96);
        Assert.True(coarse / fine > factor, $"{coarse:E2} to {fine:E2}: {coarse / fine:F2}");
        Assert.True(fine < 0.02, $"{fine:E2}");
    }

    /// <summary>
    /// Standard normal data in one dimension: from sigma a to b the latents go by the root of (1 + b^2) / (1 + a^2), exactly. The
    /// plan's sums
    /// are carried out in double, so that only the solver errs.
    /// </summary>
    static double Error(Solver solver, int steps)
    {
        double[] sigmas = [.. Enumerable.Range(0, steps + 1).Select(i => 20 * Math.Pow(0.05 / 20, i / (double)steps))];
        SamplingPlan plan = Sampler.OverSigmas(solver, new NetworkContract(Prediction.Data)).Plan(new SamplingOptions { Sigmas = sigmas });
        double x = 3;
        List<double> kept = [];
        foreach (SamplingStep step in plan.Steps)
        {
            double variance = step.Level.Sigma * step.Level.Sigma;
            double output = x / (1 + variance);
            double data = (step.Data.State * x) + (step.Data.Output * output);
            Combination next = step.Next;
            double Past(double weight, int age) => weight == 0 ? 0 : weight * kept[^age];
            x = (next.State * x) + (next.Output * output) + (next.Data * data)
                + Past(next.Past1, step.Ages.First) + Past(next.Past2, step.Ages.Second) + Past(next.Past3, step.Ages.Third);
            if (step.KeepsData)
            {
                kept.Add(data);
            }
        }

        double exact = 3 * Math.Sqrt((1 + (sigmas[^1] * sigmas[^1])) / (1 + (20.0 * 20.0)));
        return Math.Abs((x / exact) - 1);
    }
}
