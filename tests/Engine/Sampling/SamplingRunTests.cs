using Lacuna.Sampling;

namespace Lacuna.Tests.Engine.Sampling;

public class SamplingRunTests
{
    const string Euler = """{"_class_name": "EulerAncestralDiscreteScheduler", "beta_schedule": "scaled_linear", "beta_end": 0.012}""";
    const string UniPc = """{"_class_name": "UniPCMultistepScheduler", "beta_schedule": "scaled_linear", "beta_end": 0.012}""";
    const string Flow = """{"_class_name": "FlowMatchEulerDiscreteScheduler", "shift": 3}""";

    static readonly long[] Shape = [2, 3, 4, 6];
    const int Count = 2 * 3 * 4 * 6;

    public static TheoryData<string> Configs => new(Euler, UniPc, """{"_class_name": "HeunDiscreteScheduler"}""",
        """{"_class_name": "DPMSolverSinglestepScheduler", "algorithm_type": "sde-dpmsolver++", "solver_order": 3}""");

    [Theory]
    [MemberData(nameof(Configs))]
    public void Latents_held_as_the_network_sees_them_go_the_way_of_plain_ones(string config) => GoTheWayOfPlainOnes(Plan(config));

    [Fact]
    public void So_do_latents_that_are_kept()
    {
        var solver = new DpmAncestralSolver(IsStochasticInside: true);
        Sampler sampler = Sampler.OverSigmas(solver, new NetworkContract(Prediction.Noise, InputVariance: 1));
        GoTheWayOfPlainOnes(sampler.Plan(new SamplingOptions { Sigmas = [14, 6, 2, 0.7, 0.2, 0] }));
    }

    static void GoTheWayOfPlainOnes(SamplingPlan plan)
    {
        FunctionDenoiser network = Networks.Normal(plan, Shape);
        float[] latents = new float[Count];
        using (var run = new SamplingRun(plan, network))
        {
            run.Run(latents, new PhiloxNoise(3));
        }

        float[] state = Plain(plan, Networks.Normal(plan, Shape), new PhiloxNoise(3));
        Assert.InRange(OracleCase.Difference(state, latents), 0, 2e-6);
    }

    [Fact]
    public void One_call_plans_and_runs()
    {
        Sampler sampler = Sampler.FromSchedulerConfig(Flow);
        var options = new SamplingOptions { Steps = 9 };
        float[] once = new float[Count], kept = new float[Count];
        SamplingResult result = sampler.Run(Networks.Normal(Plan(Flow), Shape), once, new PhiloxNoise(3), options);
        Assert.Equal("done in 9 calls of the network", result.ToString());
        using var run = new SamplingRun(Plan(Flow), Networks.Normal(Plan(Flow), Shape));
        run.Run(kept, new PhiloxNoise(3));
        Assert.Equal(kept, once);
    }

    [Fact]
    public void A_run_repeats_its_bits_and_another_seed_gives_others()
    {
        SamplingPlan plan = Plan(Euler);
        using var run = new SamplingRun(plan, Networks.Normal(plan, Shape));
        float[] first = new float[Count], second = new float[Count], other = new float[Count];
        run.Run(first, new PhiloxNoise(3));
        run.Run(second, new PhiloxNoise(3));
        run.Run(other, new PhiloxNoise(4));
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void A_sample_keeps_its_bits()
    {
        SamplingPlan plan = Plan(UniPc);
        float[] latents = new float[Count];
        using var run = new SamplingRun(plan, Networks.Normal(plan, Shape), new RunOptions { Guidance = new Guidance(3, 0.5) });
        run.Run(latents, new PhiloxNoise(11));
        uint hash = 0;
        foreach (float value in latents)
        {
            hash = (hash * 16777619) ^ BitConverter.SingleToUInt32Bits(value);
        }

        Assert.Equal(3245248301u, hash);
    }

    [Theory]
    [InlineData(Euler)]
    [InlineData(UniPc)]
    [InlineData(Flow)]
    public void Steps_allocate_nothing(string config)
    {
        SamplingPlan plan = Plan(config);
        var options = new RunOptions { Guidance = new Guidance(3, 0.5), Observer = Nobody };
        using var run = new SamplingRun(plan, Networks.Normal(plan, Shape), options);
        float[] latents = new float[Count];
        var noise = new PhiloxNoise(1);
        run.Run(latents, noise);
        Assert.Equal(0, Allocated.By(() => run.Run(latents, noise)));

        static void Nobody(in SamplingMoment moment)
        {
        }
    }

    [Fact]
    public void The_preview_is_the_data_that_the_step_goes_by()
    {
        SamplingPlan plan = Plan("""{"_class_name": "DDIMScheduler", "clip_sample": true, "clip_sample_range": 0.75}""");
        float[] data = [0.5f, -2, 0.25f, 3];
        List<float[]> previews = [];
        using var run = new SamplingRun(plan, Networks.Knowing(plan, data), new RunOptions { Observer = Look });
        run.Run(new float[4], new PhiloxNoise(1));
        Assert.Equal(plan.Steps.Count, previews.Count);
        Assert.All(previews, preview => Assert.All(
            preview.Zip([0.5f, -0.75f, 0.25f, 0.75f]), pair => Assert.Equal(pair.Second, pair.First, 1e-4f)));

        void Look(in SamplingMoment moment)
        {
            float[] preview = new float[4];
            moment.Preview(preview);
            previews.Add(preview);
            Assert.Equal(plan.Steps.Count, moment.Count);
            Assert.Equal(plan.Steps[moment.Step].Level, moment.Level);
        }
    }

    [Fact]
    public void A_cancelled_run_says_so_and_leaves_nothing()
    {
        using var source = new CancellationTokenSource();
        SamplingPlan plan = Plan(Euler);
        float[] latents = new float[Count];
        using var run = new SamplingRun(plan, Networks.Normal(plan, Shape), new RunOptions { Observer = Cancel });
        SamplingResult result = run.Run(latents, new PhiloxNoise(1), source.Token);
        Assert.Equal(new SamplingResult(SamplingStatus.Cancelled, 4, plan.Steps[4].Timestep), result);
        Assert.All(latents, value => Assert.Equal(0, value));

        void Cancel(in SamplingMoment moment)
        {
            if (moment.Step == 3)
            {
                source.Cancel();
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void An_answer_that_is_not_finite_ends_the_run_and_names_the_call(float bad)
    {
        SamplingPlan plan = Plan(UniPc);
        int call = 0;
        var network = new FunctionDenoiser(Shape, (_, _, _, output) => output[^1] = call++ == 2 ? bad : 0);
        float[] latents = new float[Count];
        using var run = new SamplingRun(plan, network);
        SamplingResult result = run.Run(latents, new PhiloxNoise(1));
        Assert.Equal(SamplingStatus.NotFinite, result.Status);
        Assert.Equal(2, result.Step);
        Assert.Contains("call 2", result.ToString(), StringComparison.Ordinal);
        Assert.All(latents, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Guidance_of_1_and_levels_outside_its_interval_ask_once()
    {
        SamplingPlan plan = Plan(UniPc);
        float[] plain = new float[Count], one = new float[Count], never = new float[Count], guided = new float[Count];
        Run(plain, null);
        Run(one, new Guidance(1));
        Run(never, new Guidance(5, 0, FromRatio: 1e6));
        Run(guided, new Guidance(5));
        Assert.Equal(plain, one);
        Assert.Equal(plain, never);
        Assert.NotEqual(plain, guided);

        void Run(float[] latents, Guidance? guidance)
        {
            using var run = new SamplingRun(plan, Networks.Normal(plan, Shape), new RunOptions { Guidance = guidance });
            run.Run(latents, new PhiloxNoise(1));
        }
    }

    [Fact]
    public void A_known_region_is_there_at_the_end_and_the_rest_is_not()
    {
        float[] known = Gaussian(Count, 5), mask = [.. Enumerable.Range(0, Count).Select(i => i % 2 == 0 ? 1f : 0f)];
        SamplingPlan plan = Plan(Euler);
        float[] latents = new float[Count];
        using var run = new SamplingRun(plan, Networks.Normal(plan, Shape), new RunOptions { Known = new KnownRegion(known, mask) });
        run.Run(latents, new PhiloxNoise(1));
        Assert.All(latents.Zip(known).Where((_, i) => i % 2 == 0), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        Assert.Contains(latents.Zip(known).Where((_, i) => i % 2 == 1), pair => Math.Abs(pair.First - pair.Second) > 0.1);
    }

    [Theory]
    [InlineData("mask")]
    [InlineData("box")]
    [InlineData("grey")]
    public void The_end_agrees_with_what_is_known_of_it(string kind)
    {
        float[] known = Gaussian(Count, 5);
        const int plane = 24, channels = 3, width = 6;
        float[] mask = [.. Enumerable.Range(0, Count).Select(i => i % 3 == 0 ? 1f : 0f)];
        Func<float[], float[]> measure = kind switch
        {
            "mask" => x => [.. x.Where((_, i) => i % 3 == 0)],
            "box" => x => Boxes(x, width),
            _ => x => [.. Enumerable.Range(0, 2 * plane).Select(i => Enumerable.Range(0, channels)
                .Sum(c => x[((i / plane * channels) + c) * plane + (i % plane)]) / channels)],
        };
        IDataConsistency consistency = kind switch
        {
            "mask" => new MaskConsistency(known, mask),
            "box" => new BoxConsistency(measure(known), width, 2),
            _ => new GreyConsistency(measure(known), channels, plane),
        };
        SamplingPlan plan = Plan("""{"_class_name": "DPMSolverMultistepScheduler"}""");
        float[] latents = new float[Count];
        using var run = new SamplingRun(plan, Networks.Normal(plan, Shape), new RunOptions { Consistency = consistency });
        run.Run(latents, new PhiloxNoise(1));
        Assert.All(measure(known).Zip(measure(latents)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.True(OracleCase.Difference(known, latents) > 0.1);
    }

    [Fact]
    public void What_does_not_fit_the_network_is_refused_by_name()
    {
        SamplingPlan plan = Plan(UniPc);
        var alone = new FunctionDenoiser(Shape, (_, _, _, output) => output.Clear());
        Refused("Guidance.Scale", () => new SamplingRun(plan, alone, new RunOptions { Guidance = new Guidance(3) }));
        Refused("Rescale", () => new SamplingRun(plan, alone, new RunOptions { Guidance = new Guidance(1, 2) }));
        Refused("interval", () => new SamplingRun(plan, alone, new RunOptions { Guidance = new Guidance(1, 0, 3, 2) }));
        Refused("KnownRegion", () => new SamplingRun(plan, alone, new RunOptions { Known = new KnownRegion(new float[3], new float[3]) }));
        Refused("Consistency", () => new SamplingRun(
            plan, alone, new RunOptions { Consistency = new MaskConsistency(new float[3], new float[3]) }));
        using var run = new SamplingRun(plan, alone);
        Refused("latents", () => run.Run(new float[Count - 1], new PhiloxNoise(1)));
    }

    static void Refused(string name, Func<object> action) =>
        Assert.Contains(name, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);

    static SamplingPlan Plan(string config) => Sampler.FromSchedulerConfig(config).Plan(new SamplingOptions { Steps = 9 });

    static float[] Gaussian(int count, ulong seed)
    {
        float[] values = new float[count];
        new PhiloxNoise(seed).Fill(0, 0, values);
        return values;
    }

    static float[] Boxes(float[] x, int width) =>
        [.. Enumerable.Range(0, x.Length / 4).Select(box => box / (width / 2) * 2 * width + (box % (width / 2) * 2))
            .Select(first => (x[first] + x[first + 1] + x[first + width] + x[first + width + 1]) / 4)];

    /// <summary>The loop with latents as they are, scaled for each call.</summary>
    static float[] Plain(SamplingPlan plan, FunctionDenoiser network, PhiloxNoise source)
    {
        using var update = new LatentUpdate(plan, 1, Count);
        float[] state = new float[Count], noise = new float[Count];
        source.Fill(INoiseSource.FirstLatents, 0, state);
        state = [.. state.Select(x => (float)(x * plan.InitialDeviation))];
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            for (int k = 0; k < Count; k++)
            {
                network.Input[k] = (float)(state[k] * plan.Steps[i].InputScale);
            }

            NetworkOutput output = network.Run(plan.Steps[i].Timestep, guided: false);
            source.Fill(i, 0, noise);
            Assert.True(update.Advance(i, state, output, 1, noise));
        }

        return state;
    }
}
