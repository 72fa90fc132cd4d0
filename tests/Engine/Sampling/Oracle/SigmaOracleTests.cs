using System.Text.Json.Nodes;
using Lacuna.Sampling;

namespace Lacuna.Tests.Engine.Sampling;

/// <summary>Solvers over given sigmas against the trajectories of k-diffusion, whose networks answer with the data.</summary>
public class SigmaOracleTests
{
    const string Source = "crowsonkb/k-diffusion";
    const double StepTolerance = 2e-6;
    const double FreeTolerance = 1e-4;

    /// <summary>Its steps follow from the latents: it is no plan, but a loop of its own.</summary>
    const string Adaptive = "sample_dpm_adaptive";

    public static TheoryData<string> Cases =>
        new(OracleCase.Names(Source, but: Adaptive));

    [OracleTheory(Source, but: Adaptive)]
    [MemberData(nameof(Cases))]
    public void Each_call_of_the_network_sees_the_reference_s_latents(string name) => Run(name, StepTolerance, free: false);

    [OracleTheory(Source, runsFree: true, but: Adaptive)]
    [MemberData(nameof(Cases))]
    public void A_run_from_the_first_latents_ends_where_the_reference_does(string name) => Run(name, FreeTolerance, free: true);

    public static TheoryData<string> AdaptiveCases =>
        new(OracleCase.Names(Source, only: Adaptive));

    [OracleTheory(Source, only: Adaptive)]
    [MemberData(nameof(AdaptiveCases))]
    public void An_adaptive_run_makes_the_reference_s_calls(string name)
    {
        OracleCase oracle = OracleCase.Load(name);
        double[] sigmas = [.. oracle.Root["calls"]!.AsArray().Select(call => (double)call!)];
        int call = 0;
        var network = new FunctionDenoiser([1, 1, 1, oracle.Count], (input, sigma, _, output) =>
        {
            Assert.Equal(1, sigma / sigmas[call], FreeTolerance);
            Assert.InRange(OracleCase.Difference(oracle.Tensor($"call{call}.x"), input), 0, FreeTolerance);
            oracle.Tensor($"call{call++}.denoised").CopyTo(output);
        });
        JsonObject given = oracle.Root["kwargs"]!.AsObject();
        var usual = new AdaptiveOptions();
        var options = new AdaptiveOptions(
            (int)OracleCase.Number(given["order"], usual.Order),
            OracleCase.Number(given["rtol"], usual.RelativeTolerance),
            OracleCase.Number(given["atol"], usual.AbsoluteTolerance),
            OracleCase.Number(given["h_init"], usual.FirstLength),
            OracleCase.Number(given["pcoeff"], usual.Proportional),
            OracleCase.Number(given["icoeff"], usual.Integral),
            OracleCase.Number(given["dcoeff"], usual.Derivative),
            OracleCase.Number(given["accept_safety"], usual.Safety));
        using var run = new AdaptiveRun(network, new NetworkContract(Prediction.Data), options);
        float[] latents = oracle.Tensor("x_init");
        SamplingResult result = run.Run(latents, (double)oracle.Root["ext"]![1]!, (double)oracle.Root["ext"]![0]!);
        Assert.Equal(SamplingStatus.Done, result.Status);
        Assert.Equal(sigmas.Length, result.Step);
        Assert.InRange(OracleCase.Difference(oracle.Tensor("x_final"), latents), 0, FreeTolerance);
    }

    static void Run(string name, double tolerance, bool free)
    {
        OracleCase oracle = OracleCase.Load(name);
        GaussianMixture? mixture = free ? new GaussianMixture(Oracle.Folder, count: 5, oracle.Count) : null;
        SamplingPlan plan = Plan(oracle);
        double[] calls = [.. oracle.Root["calls"]!.AsArray().Select(call => (double)call!)];
        Assert.Equal(calls.Length, plan.Steps.Count);
        using var executor = new LatentUpdate(plan, 1, oracle.Count);
        float[] state = oracle.Tensor("x_init");
        int draws = 0;
        var churn = new TorchNormals((uint)oracle.Root["global_seed_for_churn"]!);
        float[] first = oracle.Root["kwargs"]!["s_churn"] is null ? [] : churn.Next(oracle.Count); // drawn for the first step, not used
        for (int i = 0; i < calls.Length; i++)
        {
            SamplingStep step = plan.Steps[i];
            Assert.Equal(1, step.Level.Sigma / calls[i], 1e-6);
            float[] seen = oracle.Tensor($"call{i}.x");
            Assert.InRange(OracleCase.Difference(seen, state), 0, tolerance);
            if (!free)
            {
                state = seen;
            }

            float[] output = free
                ? [.. mixture!.Clean(state, step.Level).Select(value => (float)value)]
                : oracle.Tensor($"call{i}.denoised");
            bool stored = oracle.Has("noise0");
            float[] noise = step.Next.Noise == 0 ? [] : stored ? oracle.Tensor($"noise{draws++}") : churn.Next(oracle.Count);
            executor.Advance(i, state, NetworkOutput.Of(output), StepGuidance.None, noise);
        }

        Assert.InRange(OracleCase.Difference(oracle.Tensor("x_final"), state), 0, tolerance);
    }

    static SamplingPlan Plan(OracleCase oracle)
    {
        JsonObject given = oracle.Root["kwargs"]!.AsObject();
        double Keyword(string name, double otherwise) => OracleCase.Number(given[name], otherwise);
        double eta = Keyword("eta", 1), amount = Keyword("s_churn", 0), noise = Keyword("s_noise", 1);
        Churn? churn = amount == 0 ? null : new Churn(amount, Keyword("s_tmin", 0), Keyword("s_tmax", double.PositiveInfinity), noise);
        DpmVariant variant = (string?)given["solver_type"] == "heun" ? DpmVariant.Heun : DpmVariant.Midpoint;
        Solver solver = oracle.Class switch
        {
            "sample_euler" => new EulerSolver(Churn: churn),
            "sample_euler_ancestral" => new EulerSolver(eta),
            "sample_heun" => new HeunSolver(churn),
            "sample_dpm_2" => new Dpm2Solver(),
            "sample_dpm_2_ancestral" => new Dpm2Solver(eta),
            "sample_lms" => new LmsSolver((int)Keyword("order", 4)),
            "sample_dpm_fast" => new DpmFastSolver((int)oracle.Root["ext"]![2]!),
            "sample_dpmpp_2s_ancestral" => new DpmAncestralSolver(eta),
            "sample_dpmpp_sde" => new DpmAncestralSolver(eta, IsStochasticInside: true, Middle: Keyword("r", 0.5)),
            "sample_dpmpp_2m" => new DpmSolver(LowerOrderFinal: false),
            "sample_dpmpp_2m_sde" => new DpmSolver(Variant: variant, Eta: eta, LowerOrderFinal: false) { NoiseDeviation = noise },
            "sample_dpmpp_3m_sde" => new DpmSolver(3, DpmVariant.Heun, Eta: eta, LowerOrderFinal: false) { NoiseDeviation = noise },
            _ => throw new NotSupportedException(oracle.Class),
        };
        double[] sigmas = solver is DpmFastSolver fast
            ? fast.Sigmas((double)oracle.Root["ext"]![1]!, (double)oracle.Root["ext"]![0]!)
            : [.. oracle.Root["sigmas"]!.AsArray().Select(sigma => (double)sigma!)];
        return Sampler.OverSigmas(solver, new NetworkContract(Prediction.Data)).Plan(new SamplingOptions { Sigmas = sigmas });
    }
}
