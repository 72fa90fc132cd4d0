using System.Text;
using Lacuna.Cli.Commands;
using Lacuna.Sampling;

namespace Lacuna.Cli.Samples;

/// <summary>Short names of solvers, for a scheduler's configuration whose own solver is to be another.</summary>
static class SolverNames
{
    static readonly (string Name, string Class, string Fields)[] All =
    [
        ("ddim", "DDIMScheduler", ""),
        ("ddpm", "DDPMScheduler", ""),
        ("pndm", "PNDMScheduler", """, "skip_prk_steps": true"""),
        ("lms", "LMSDiscreteScheduler", ""),
        ("deis", "DEISMultistepScheduler", """, "algorithm_type": "deis", "solver_type": "logrho", "solver_order": 2"""),
        ("euler", "EulerDiscreteScheduler", ""),
        ("euler-a", "EulerAncestralDiscreteScheduler", ""),
        ("heun", "HeunDiscreteScheduler", ""),
        ("ipndm", "IPNDMScheduler", ""),
        ("edm-euler", "EDMEulerScheduler", ""),
        ("edm-dpmpp-2m", "EDMDPMSolverMultistepScheduler", ""),
        ("dpm2", "KDPM2DiscreteScheduler", ""),
        ("dpm2-a", "KDPM2AncestralDiscreteScheduler", ""),
        ("dpmpp-2m", "DPMSolverMultistepScheduler", """, "algorithm_type": "dpmsolver++", "solver_order": 2"""),
        ("dpmpp-3m", "DPMSolverMultistepScheduler", """, "algorithm_type": "dpmsolver++", "solver_order": 3"""),
        ("dpmpp-2m-sde", "DPMSolverMultistepScheduler", """, "algorithm_type": "sde-dpmsolver++", "solver_order": 2"""),
        ("dpmpp-3m-sde", "DPMSolverMultistepScheduler", """, "algorithm_type": "sde-dpmsolver++", "solver_order": 3"""),
        ("dpmpp-2s", "DPMSolverSinglestepScheduler", """, "algorithm_type": "dpmsolver++", "solver_order": 2"""),
        ("dpmpp-3s", "DPMSolverSinglestepScheduler", """, "algorithm_type": "dpmsolver++", "solver_order": 3"""),
        ("unipc", "UniPCMultistepScheduler", """, "solver_type": "bh2", "solver_order": 2"""),
        ("sa", "SASolverScheduler", """, "algorithm_type": "data_prediction" """),
        ("lcm", "LCMScheduler", ""),
        ("tcd", "TCDScheduler", ""),
        ("flow-euler", "FlowMatchEulerDiscreteScheduler", ""),
        ("flow-heun", "FlowMatchHeunDiscreteScheduler", ""),
        ("flow-lcm", "FlowMatchLCMScheduler", ""),
    ];

    /// <summary>The names, for messages and help.</summary>
    public static string List { get; } = string.Join(", ", All.Select(each => each.Name));

    /// <summary>A configuration with another solver.</summary>
    /// <param name="config">The configuration, a JSON object.</param>
    /// <param name="name">A short name, or a class of diffusers' schedulers.</param>
    /// <exception cref="UsageException">There is no such solver.</exception>
    public static byte[] Apply(ReadOnlySpan<byte> config, string name)
    {
        (_, string kind, string fields) = All.FirstOrDefault(each => each.Name == name);
        if (kind is null)
        {
            (kind, fields) = Sampler.KnownSchedulers.Contains(name)
                ? (name, "")
                : throw new UsageException($"--solver knows {List} and diffusers' classes of schedulers, not '{name}'");
        }

        // Of fields that are there twice the last counts, so that nothing else of the text has to be understood here.
        int end = config.LastIndexOf((byte)'}');
        if (end < 0)
        {
            return config.ToArray();
        }

        ReadOnlySpan<byte> before = config[..end].TrimEnd(" \t\r\n"u8);
        string comma = before.EndsWith("{"u8) ? "" : ", ";
        return [.. before, .. Encoding.ASCII.GetBytes($"{comma}\"_class_name\": \"{kind}\"{fields}"), .. config[end..]];
    }
}
