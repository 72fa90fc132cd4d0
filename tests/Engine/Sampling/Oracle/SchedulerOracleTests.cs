using System.Text.Json;
using System.Text.Json.Nodes;
using Lacuna.Sampling;

namespace Lacuna.Tests.Engine.Sampling;

/// <summary>Samplers made from diffusers' configurations against the trajectories of diffusers itself.</summary>
public class SchedulerOracleTests
{
    const string Source = "huggingface/diffusers";
    const double StepTolerance = 2e-6;
    const double FreeTolerance = 1e-4;

    /// <summary>
    /// The stored values carry the reference's own float32 roundings of what it sums up, which tell where that is much more than the
    /// sum: where a
    /// step takes latents of 4,096 to latents of 29, or divides by an alpha of 0.07. Two roundings of the largest term are allowed for.
    /// </summary>
    const double StoredRounding = 2.0 / (1 << 23);

    public static TheoryData<string> Cases => new(OracleCase.Names(Source));

    [OracleTheory(Source)]
    [MemberData(nameof(Cases))]
    public void Each_step_is_the_reference_s(string name)
    {
        OracleCase oracle = OracleCase.Load(name);
        SamplingPlan plan = Plan(oracle);
        Assert.Equal(oracle.Steps.Count, plan.Steps.Count);
        using var executor = new LatentUpdate(plan, 1, oracle.Count);
        var report = new List<string>();
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            float[] sample = oracle.Tensor($"step{i}.sample"), state = [.. sample];
            float[] noise = oracle.Has($"step{i}.noise0") ? oracle.Tensor($"step{i}.noise0") : [];
            float[] expected = oracle.Tensor($"step{i}.prev_sample");
            Assert.Equal((int)oracle.Steps[i]!["n_noise"]!, plan.Steps[i].DrawsNoise ? 1 : 0);
            executor.Advance(i, state, NetworkOutput.Of(oracle.Tensor($"step{i}.model_output")), StepGuidance.None, noise);
            if (expected.All(float.IsFinite))
            {
                double difference = OracleCase.Difference(expected, state);
                double rounding = StoredRounding * Amplified(plan.Steps[i]) * OracleCase.Greatest(sample) / OracleCase.Greatest(expected);
                if (!(difference <= StepTolerance + rounding))
                {
                    report.Add($"step {i}: {difference:E2}");
                }
            }
            else
            {
                Assert.All(state, value => Assert.True(float.IsFinite(value)));
                break;
            }
        }

        Assert.Empty(report);
    }

    /// <summary>How many times the latents their largest term is in what the reference sums up.</summary>
    static double Amplified(SamplingStep step) => new[]
    {
        1, Math.Abs(step.Clean.State), Math.Abs(step.Next.State), Math.Abs(step.Next.Data * step.DataFromClean.State),
    }.Max();

    [OracleTheory(Source, runsFree: true)]
    [MemberData(nameof(Cases))]
    public void A_run_from_the_first_latents_ends_where_the_reference_does(string name)
    {
        OracleCase oracle = OracleCase.Load(name);
        var mixture = new GaussianMixture(Oracle.Folder, count: 5, oracle.Count);
        SamplingPlan plan = Plan(oracle);
        using var executor = new LatentUpdate(plan, 1, oracle.Count);
        float[] state = oracle.Tensor("step0.sample");
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            float[] noise = oracle.Has($"step{i}.noise0") ? oracle.Tensor($"step{i}.noise0") : [];
            float[] output = Answer(oracle, i, plan.Steps[i], state, mixture);
            executor.Advance(i, state, NetworkOutput.Of(output), StepGuidance.None, noise);
            float[] expected = oracle.Tensor($"step{i}.prev_sample");
            Assert.True(state.All(float.IsFinite));
            if (expected.All(float.IsFinite))
            {
                Assert.InRange(OracleCase.Difference(expected, state), 0, FreeTolerance);
            }
        }
    }

    [OracleTheory(Source)]
    [MemberData(nameof(Cases))]
    public void Timesteps_and_sigmas_are_the_reference_s(string name)
    {
        OracleCase oracle = OracleCase.Load(name);
        SamplingPlan plan = Plan(oracle);
        double[] timesteps = [.. oracle.Steps.Select(step => (double)step!["t"]!)];
        Assert.All(timesteps.Zip(plan.Steps), pair => Assert.Equal(pair.First, pair.Second.Timestep, 1e-5 * Math.Max(1, pair.First / 10)));

        // Of the two calls of a KDPM2 step the second is stored with the level of the step's end, not of its middle where it is made.
        int calls = oracle.Class.StartsWith("KDPM2", StringComparison.Ordinal) ? Calls(oracle) : 1;
        double[] ratios = [.. oracle.Steps.Select(step => (double)step!["sigma"]! / (double)step["alpha"]!)];
        Assert.All(ratios.Zip(plan.Steps, (stored, step) => stored / step.Level.Ratio).Where((_, i) => i % calls == 0), quotient =>
            Assert.True(double.IsNaN(quotient) || Math.Abs(quotient - 1) < 2e-6));
        if ((int?)oracle.Root["begin_index"] is null)
        {
            Assert.Equal(1, plan.InitialDeviation / (double)oracle.Root["init_noise_sigma"]!, 1e-6);
        }
    }

    [OracleTheory(Source)]
    [MemberData(nameof(Cases))]
    public void The_products_of_the_schedule_have_the_reference_s_bits(string name)
    {
        OracleCase oracle = OracleCase.Load(name);
        if (oracle.Root["alphas_cumprod"] is JsonArray products && oracle.Root["config"]!["beta_schedule"] is not null)
        {
            JsonObject config = oracle.Root["config"]!.AsObject();
            var fields = new ConfigFields(JsonSerializer.SerializeToUtf8Bytes(config));
            bool divides = !oracle.Class.StartsWith("DDIM", StringComparison.Ordinal)
                && !oracle.Class.StartsWith("DDPM", StringComparison.Ordinal);
            NoiseSchedule schedule = SchedulerFamilies.Schedule(fields, keepsRatioFinite: divides);
            Assert.Equal(products.Select(product => (float)(double)product!), schedule.Products.ToArray());
        }
    }

    /// <summary>The answer that the trajectory's network gives: it sees the scaled latents, and is told the stored level.</summary>
    static float[] Answer(OracleCase oracle, int index, SamplingStep step, float[] state, GaussianMixture mixture)
    {
        JsonNode stored = oracle.Steps[index]!;
        string kind = (string)oracle.Root["prediction"]!;
        double alpha = (double)stored["alpha"]!, sigma = (double)stored["sigma"]!;
        float[] seen = kind == "edm" ? state : [.. state.Select(x => (float)(x * step.InputScale))];
        double[] clean = mixture.Clean(seen, new NoiseLevel(alpha, sigma));
        return [.. seen.Zip(clean, (x, x0) =>
        {
            double noise = (x - (alpha * x0)) / sigma;
            return (float)(kind switch
            {
                "epsilon" => noise,
                "v_prediction" => (alpha * noise) - (sigma * x0),
                "sample" => x0,
                "flow" => noise - x0,
                "edm" => (x0 - (step.Clean.State * x)) / step.Clean.Output,
                _ => throw new NotSupportedException(kind),
            });
        })];
    }

    /// <summary>Calls of the network a step.</summary>
    static int Calls(OracleCase oracle) =>
        oracle.Class.Contains("Heun", StringComparison.Ordinal) || oracle.Class.StartsWith("KDPM2", StringComparison.Ordinal) ? 2 : 1;

    internal static SamplingPlan Plan(OracleCase oracle)
    {
        JsonObject config = oracle.Root["config"]!.DeepClone().AsObject();
        config["_class_name"] = oracle.Class;
        Sampler sampler = Sampler.FromSchedulerConfig(config.ToJsonString());
        JsonObject set = oracle.Root["set_timesteps"]!.AsObject();
        double churn = oracle.Keyword("s_churn");
        return sampler.Plan(new SamplingOptions
        {
            Steps = (int?)set["num_inference_steps"] ?? 0,
            Timesteps = set["timesteps"]?.AsArray().Select(t => (double)t!).ToArray(),
            Sigmas = set["sigmas"]?.AsArray().Select(s => (double)s!).ToArray(),
            ShiftLogarithm = (double?)set["mu"],
            FirstStep = (int?)oracle.Root["begin_index"] / Calls(oracle) ?? -1,
            NoiseFollowsClipping = (bool?)oracle.Root["step_kwargs"]?["use_clipped_model_output"] ?? false,
            Eta = oracle.Root["step_kwargs"]?["eta"] is { } eta ? (double)eta : null,
            LmsOrder = (int)oracle.Keyword("order", 4),
            Churn = churn == 0 ? null : new Churn(
                churn, oracle.Keyword("s_tmin"), oracle.Keyword("s_tmax", double.PositiveInfinity), oracle.Keyword("s_noise", 1)),
        });
    }
}
