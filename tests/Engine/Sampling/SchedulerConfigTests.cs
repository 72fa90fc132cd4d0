using Lacuna.Sampling;

namespace Lacuna.Tests.Engine.Sampling;

public class SchedulerConfigTests
{
    const string Euler = """{"_class_name": "EulerDiscreteScheduler"}""";

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{}", "_class_name")]
    [InlineData("""{"_class_name": "\ud800"}""", "not JSON")]
    [InlineData("""{"\udc00": 1}""", "not JSON")]
    [InlineData("""{"_class_name": "KarrasVeScheduler"}""", "KarrasVeScheduler")]
    [InlineData("""{"_class_name": 7}""", "_class_name")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "beta_start": "small"}""", "beta_start")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "beta_end": 1.5}""", "beta")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "beta_schedule": "sigmoid"}""", "beta_schedule")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "trained_betas": [0.1, "x"]}""", "trained_betas")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "trained_betas": [0.1, 2]}""", "Beta 1")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "num_train_timesteps": 1e9}""", "num_train_timesteps")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "num_train_timesteps": 0}""", "num_train_timesteps")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "prediction_type": "score"}""", "prediction_type")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "timestep_spacing": "random"}""", "timestep_spacing")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "use_karras_sigmas": "yes"}""", "use_karras_sigmas")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "use_karras_sigmas": true, "use_beta_sigmas": true}""", "use_beta_sigmas")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "final_sigmas_type": "none"}""", "final_sigmas_type")]
    [InlineData("""{"_class_name": "DPMSolverMultistepScheduler", "solver_order": 4}""", "solver_order")]
    [InlineData("""{"_class_name": "DPMSolverMultistepScheduler", "algorithm_type": "dpmsolver"}""", "algorithm_type")]
    [InlineData("""{"_class_name": "DDIMScheduler", "thresholding": true, "dynamic_thresholding_ratio": 2}""", "thresholding_ratio")]
    [InlineData("""{"_class_name": "DDPMScheduler", "variance_type": "learned"}""", "variance_type")]
    [InlineData("""{"_class_name": "FlowMatchEulerDiscreteScheduler", "invert_sigmas": true}""", "invert_sigmas")]
    public void What_is_wrong_in_a_configuration_is_named(string config, string named) =>
        Assert.Contains(
            named,
            Assert.ThrowsAny<ArgumentException>(() => Sampler.FromSchedulerConfig(config)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        Assert.Contains(
            "not UTF-8",
            Assert.ThrowsAny<ArgumentException>(() => Sampler.FromSchedulerConfig([.. "{\"_class_name\": \""u8, 0xC3, .. "\"}"u8])).Message,
            StringComparison.Ordinal);

    public static TheoryData<SamplingOptions, string> Wrong => new()
    {
        { new SamplingOptions(), "Steps is 0" },
        { new SamplingOptions { Steps = -3 }, "Steps" },
        { new SamplingOptions { Steps = 4, Timesteps = [3, 2] }, "Only one of Steps" },
        { new SamplingOptions { Timesteps = [] }, "Timesteps is empty" },
        { new SamplingOptions { Timesteps = [500, 500] }, "Timesteps[1]" },
        { new SamplingOptions { Sigmas = [10, 5, 7, 0] }, "Sigmas[2]" },
        { new SamplingOptions { Sigmas = [double.NaN, 0] }, "Sigmas[0]" },
        { new SamplingOptions { Sigmas = [5, -1] }, "Sigmas[1]" },
        { new SamplingOptions { Sigmas = [5] }, "Sigmas" },
        { new SamplingOptions { Steps = 4, Strength = 0 }, "Strength" },
        { new SamplingOptions { Steps = 4, Strength = 0.1 }, "Strength" },
        { new SamplingOptions { Steps = 4, FirstStep = 4 }, "FirstStep" },
        { new SamplingOptions { Steps = 4, FirstStep = 1, Strength = 0.5 }, "FirstStep" },
        { new SamplingOptions { Steps = 4, Eta = 1.5 }, "Eta" },
        { new SamplingOptions { Steps = 4, LmsOrder = 5 }, "LmsOrder" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_in_the_options_is_named(SamplingOptions options, string named) =>
        Assert.Contains(
            named,
            Assert.ThrowsAny<ArgumentException>(() => Sampler.FromSchedulerConfig(Euler).Plan(options)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("DDIMScheduler", "Sigmas")]
    [InlineData("DPMSolverMultistepScheduler", "Sigmas")]
    [InlineData("EDMEulerScheduler", "Sigmas")]
    [InlineData("IPNDMScheduler", "Sigmas")]
    public void A_scheduler_that_goes_by_timesteps_refuses_sigmas(string name, string named)
    {
        Sampler sampler = Sampler.FromSchedulerConfig($$"""{"_class_name": "{{name}}"}""");
        var options = new SamplingOptions { Sigmas = [1, 0] };
        Assert.Contains(named, Assert.ThrowsAny<ArgumentException>(() => sampler.Plan(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shift_that_follows_from_the_size_must_be_given_and_no_other()
    {
        const string dynamic = """{"_class_name": "FlowMatchEulerDiscreteScheduler", "use_dynamic_shifting": true}""";
        const string fixedShift = """{"_class_name": "FlowMatchEulerDiscreteScheduler", "shift": 3}""";
        Assert.Contains("ShiftLogarithm", Message(dynamic, null), StringComparison.Ordinal);
        Assert.Contains("ShiftLogarithm", Message(fixedShift, 1), StringComparison.Ordinal);

        static string Message(string config, double? shift) => Assert.ThrowsAny<ArgumentException>(() =>
            Sampler.FromSchedulerConfig(config).Plan(new SamplingOptions { Steps = 4, ShiftLogarithm = shift })).Message;
    }

    [Fact]
    public void The_shift_of_a_size_lies_on_the_line_of_the_configuration()
    {
        const string config = """{"_class_name": "FlowMatchEulerDiscreteScheduler", "use_dynamic_shifting": true}""";
        Sampler sampler = Sampler.FromSchedulerConfig(config);
        SamplingPlan tokens = sampler.Plan(new SamplingOptions { Steps = 4, ImageTokens = 4096 });
        SamplingPlan given = sampler.Plan(new SamplingOptions { Steps = 4, ShiftLogarithm = 1.15 });
        Assert.All(tokens.Steps.Zip(given.Steps), pair => Assert.Equal(pair.First.Level.Sigma, pair.Second.Level.Sigma, 1e-7));
    }

    [Fact]
    public void Steps_beyond_those_of_training_or_distillation_are_refused()
    {
        Assert.Contains("training steps", Message("DDIMScheduler", 1001), StringComparison.Ordinal);
        Assert.Contains("original_inference_steps", Message("LCMScheduler", 51), StringComparison.Ordinal);

        static string Message(string name, int steps) => Assert.ThrowsAny<ArgumentException>(() =>
            Sampler.FromSchedulerConfig($$"""{"_class_name": "{{name}}"}""").Plan(new SamplingOptions { Steps = steps })).Message;
    }

    [Theory]
    [InlineData("""{"_class_name": "DDIMScheduler", "rescale_betas_zero_snr": true, "timestep_spacing": "trailing"}""")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "trained_betas": [0, 0, 0, 0, 0, 0, 0, 0]}""")]
    [InlineData("""{"_class_name": "LMSDiscreteScheduler", "num_train_timesteps": 2, "timestep_spacing": "leading"}""")]
    public void A_plan_that_divides_by_0_is_refused(string config) =>
        Assert.Contains(
            "no finite weights",
            Assert.ThrowsAny<ArgumentException>(() => Sampler.FromSchedulerConfig(config).Plan(new SamplingOptions { Steps = 5 })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Changed_configurations_give_a_finite_plan_or_a_message()
    {
        string[] configs = [.. SolverTests.Configs.Cast<object[]>().Select(row => (string)row[0])];
        string[] values =
            ["0", "1", "-1", "1e9", "0.5", "true", "false", "null", "\"sample\"", "\"leading\"", "[1]", "{}", "NaN", "-Infinity"];
        string[] fields =
        [
            "beta_start", "solver_order", "num_train_timesteps", "prediction_type", "timestep_spacing", "steps_offset", "sigma_min",
            "use_karras_sigmas", "use_beta_sigmas", "rescale_betas_zero_snr", "lower_order_final", "final_sigmas_type", "shift", "rho",
        ];
        int planned = 0;
        for (int seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            string config = configs[random.Next(configs.Length)];
            config = config[..^1] + $", \"{fields[random.Next(fields.Length)]}\": {values[random.Next(values.Length)]}}}";
            try
            {
                SamplingPlan plan = Sampler.FromSchedulerConfig(config).Plan(new SamplingOptions { Steps = 1 + random.Next(30) });
                Assert.All(plan.Steps, step => Assert.True(step.IsFinite));
                planned++;
            }
            catch (ArgumentException)
            {
                // The one kind of exception that a configuration may cause.
            }
        }

        Assert.InRange(planned, 500, 1950);
    }

    [Fact]
    public void Custom_timesteps_and_sigmas_are_the_ones_visited()
    {
        Sampler sampler = Sampler.FromSchedulerConfig(Euler);
        SamplingPlan timesteps = sampler.Plan(new SamplingOptions { Timesteps = [900, 500, 100.5] });
        Assert.Equal([900, 500, 100.5], timesteps.Steps.Select(step => step.Timestep));
        SamplingPlan sigmas = sampler.Plan(new SamplingOptions { Sigmas = [10, 3, 0.5, 0] });
        Assert.Equal([10, 3, 0.5], sigmas.Steps.Select(step => step.Level.Sigma));
        Assert.Equal(0, sigmas.Steps[^1].NextLevel.Sigma);
    }

    [Theory]
    [InlineData(0.00001)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_beta_quantile_is_the_inverse_of_the_distribution(double probability)
    {
        // The share of t^-0.4 (1 - t)^-0.4 below the quantile, by the substitution t = s^(1 / 0.6), which has no pole at 0.
        double quantile = SigmaCurves.BetaQuantile(probability);
        double below = Integral(quantile), whole = Integral(0.5) * 2;
        double share = quantile <= 0.5 ? below / whole : 1 - (Integral(1 - quantile) / whole);
        Assert.Equal(probability, share, 1e-7);

        static double Integral(double end)
        {
            const int parts = 20000;
            double top = Math.Pow(Math.Min(end, 1 - 1e-12), 0.6), sum = 0;
            for (int i = 0; i < parts; i++)
            {
                double s = (i + 0.5) / parts * top;
                sum += Math.Pow(1 - Math.Pow(s, 1 / 0.6), -0.4);
            }

            return sum * top / parts / 0.6;
        }
    }

    [Fact]
    public void A_zero_terminal_schedule_ends_with_noise_alone()
    {
        NoiseSchedule schedule = NoiseSchedule.ScaledLinear(0.00085, 0.012, 1000);
        Assert.Equal(0, schedule.WithZeroTerminal(keepsRatioFinite: false).Products[^1]);
        Assert.Equal(MathF.ScaleB(1, -24), schedule.WithZeroTerminal(keepsRatioFinite: true).Products[^1]);
        Assert.Equal(schedule.Products[0], schedule.WithZeroTerminal(keepsRatioFinite: true).Products[0], 1e-6f);
    }
}
