using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Kernels;
using Lacuna.Sampling;

namespace Lacuna.Interop;

/// <summary>The exports of lac_run, of noise and of the update alone.</summary>
static unsafe partial class SamplingExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_run_create", CallConvs = [typeof(CallConvCdecl)])]
    static Status RunCreate(nint plan, nuint pictures, nuint elements, nint* run)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(run, nameof(run));
            var own = Handles.Borrow<SamplingPlan>(plan, nameof(plan));
            Limits.AtMost(pictures, int.MaxValue / sizeof(float), nameof(pictures));
            Limits.AtMost(elements, int.MaxValue / sizeof(float), nameof(elements));
            Limits.Within((long)pictures * (long)elements, 1, int.MaxValue / sizeof(float), "pictures times elements");
            *run = Handles.Own(new NativeRun(own, (int)pictures, (int)elements));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_run_step", CallConvs = [typeof(CallConvCdecl)])]
    static Status RunStep(
        nint run, float* state, byte* output, int format, byte* unconditional, float guidance, float* noise)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            var own = Handles.Borrow<NativeRun>(run, nameof(run));
            var count = (nuint)own.Count;
            var answer = new NetworkOutput
            {
                Format = Formats.Checked(format, nameof(format)),
                Conditional = Formats.Answer(output, count, format, nameof(output)),
                Unconditional = unconditional == null ? default : Formats.Answer(unconditional, count, format, nameof(unconditional)),
            };
            return own.Step(
                Native.Exactly(state, count, nameof(state)), answer, guidance,
                Native.Input(noise, noise == null ? 0 : count, nameof(noise)));
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_run_restart", CallConvs = [typeof(CallConvCdecl)])]
    static Status RunRestart(nint run)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Handles.Borrow<NativeRun>(run, nameof(run)).Restart();
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_run_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status RunDestroy(nint* run)
    {
        try
        {
            Handles.Release<NativeRun>(run, nameof(run));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_noise_philox", CallConvs = [typeof(CallConvCdecl)])]
    static Status NoisePhilox(ulong seed, int step, int draw, ulong first, float* destination, nuint count)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Limits.Within(step, INoiseSource.FirstLatents, int.MaxValue, nameof(step));
            Limits.Within(draw, 0, int.MaxValue, nameof(draw));
            PhiloxNormal.Run(
                new NoiseStream(seed, (uint)(step + 1), (uint)draw), first, Native.Exactly(destination, count, nameof(destination)));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_torch_noise_create", CallConvs = [typeof(CallConvCdecl)])]
    static Status TorchNoiseCreate(ulong seed, nint* noise)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(noise, nameof(noise));
            *noise = Handles.Own(new TorchCpuNoise(seed));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_torch_noise_fill", CallConvs = [typeof(CallConvCdecl)])]
    static Status TorchNoiseFill(nint noise, float* destination, nuint count)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            var generator = Handles.Borrow<TorchCpuNoise>(noise, nameof(noise));
            Span<float> target = Native.Exactly(destination, count, nameof(destination));
            lock (generator)
            {
                generator.Fill(0, 0, target);
                return Status.Ok;
            }
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_torch_noise_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status TorchNoiseDestroy(nint* noise)
    {
        try
        {
            Handles.Release<TorchCpuNoise>(noise, nameof(noise));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_update", CallConvs = [typeof(CallConvCdecl)])]
    static Status Update(UpdateWeights* weights, UpdateTensors* tensors, int* finite)
    {
        int unwanted;
        int* all = finite == null ? &unwanted : finite;
        try
        {
            using FloatMode floats = FloatMode.Standard();
            *all = 0;
            Native.Require(weights, nameof(weights));
            Native.Require(tensors, nameof(tensors));
            DiffusionWeights own = Native.Options(weights, default, nameof(weights)).ToKernel();
            UpdateTensors given = Native.Options(tensors, default, nameof(tensors));
            *all = DiffusionUpdate.Run(
                own, given.ToKernel(),
                given.Next == null ? default : Native.Exactly(given.Next, given.Count, "tensors->next"),
                given.Data == null ? default : Native.Exactly(given.Data, given.Count, "tensors->data")) ? 1 : 0;
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
