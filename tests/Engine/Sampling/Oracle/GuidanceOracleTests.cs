using System.Runtime.InteropServices;
using Lacuna.Kernels;
using Lacuna.Sampling;

namespace Lacuna.Tests.Engine.Sampling;

/// <summary>Guidance and its rescaling against stored tensors.</summary>
public class GuidanceOracleTests
{
    const double Scale = 7.5, Rescale = 0.7;

    [OracleFact("guidance.json")]
    public void Guided_and_rescaled_answers_are_the_reference_s()
    {
        OracleCase oracle = OracleCase.Load("guidance");
        float[] conditional = oracle.Tensor("cond"), unconditional = oracle.Tensor("uncond");
        Compare("cfg", 1);
        var answer = new NetworkOutput
        {
            Conditional = MemoryMarshal.AsBytes(conditional.AsSpan()),
            Unconditional = MemoryMarshal.AsBytes(unconditional.AsSpan()),
        };
        Compare("rescaled", GuidanceRescale.Factor(answer, Scale, Rescale));

        void Compare(string key, float factor)
        {
            float[] guided = new float[conditional.Length];
            var tensors = new DiffusionTensors
            {
                State = new float[conditional.Length],
                Output = MemoryMarshal.AsBytes(conditional.AsSpan()),
                Unconditional = MemoryMarshal.AsBytes(unconditional.AsSpan()),
            };
            DiffusionUpdate.Run(new DiffusionWeights { Guidance = (float)Scale, Output = factor }, tensors, guided, default);
            Assert.InRange(OracleCase.Difference(oracle.Tensor(key), guided), 0, 1e-6);
        }
    }
}
