using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Sampling;

namespace Lacuna.Interop;

/// <summary>The exports of lac_sampler and lac_plan in lacuna/sampling.h. No logic lives here.</summary>
static unsafe partial class SamplingExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_sampler_create_config", CallConvs = [typeof(CallConvCdecl)])]
    static Status SamplerCreateConfig(byte* json, nuint length, nint* sampler)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(sampler, nameof(sampler));
            *sampler = Handles.Own(Sampler.FromSchedulerConfig(Native.Input(json, length, nameof(json))));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_sampler_create_solver", CallConvs = [typeof(CallConvCdecl)])]
    static Status SamplerCreateSolver(SolverOptions* options, nint* sampler)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(sampler, nameof(sampler));
            *sampler = Handles.Own(Native.Options(options, SolverOptions.Default, nameof(options)).ToEngine());
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_sampler_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status SamplerDestroy(nint* sampler)
    {
        try
        {
            Handles.Release<Sampler>(sampler, nameof(sampler));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_plan_create", CallConvs = [typeof(CallConvCdecl)])]
    static Status PlanCreate(nint sampler, PlanOptions* options, nint* plan)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(plan, nameof(plan));
            Native.Require(options, nameof(options));
            SamplingOptions chosen = Native.Options(options, default, nameof(options)).ToEngine();
            *plan = Handles.Own(Handles.Borrow<Sampler>(sampler, nameof(sampler)).Plan(chosen));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_plan_info", CallConvs = [typeof(CallConvCdecl)])]
    static Status PlanInfo(nint plan, PlanProperties* properties)
    {
        try
        {
            Native.Fill(properties, default, nameof(properties));
            Native.Fill(properties, PlanProperties.From(Handles.Borrow<SamplingPlan>(plan, nameof(plan))), nameof(properties));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_plan_step_info", CallConvs = [typeof(CallConvCdecl)])]
    static Status PlanStepInfo(nint plan, int index, PlanStep* step)
    {
        try
        {
            Native.Fill(step, default, nameof(step));
            IReadOnlyList<SamplingStep> steps = Handles.Borrow<SamplingPlan>(plan, nameof(plan)).Steps;
            Limits.Within(index, 0, steps.Count, nameof(index));
            if (index == steps.Count)
            {
                return Status.End;
            }

            Native.Fill(step, PlanStep.From(steps[index]), nameof(step));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_plan_begin", CallConvs = [typeof(CallConvCdecl)])]
    static Status PlanBegin(nint plan, float* picture, float* noise, float* state, nuint count)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            var own = Handles.Borrow<SamplingPlan>(plan, nameof(plan));
            ReadOnlySpan<float> drawn = Native.Input(noise, count, nameof(noise));
            Span<float> target = Native.Exactly(state, count, nameof(state));
            if (picture == null)
            {
                Latents.Begin(own, drawn, target);
            }
            else
            {
                Latents.Begin(own, Native.Input(picture, count, nameof(picture)), drawn, target);
            }

            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_plan_input", CallConvs = [typeof(CallConvCdecl)])]
    static Status PlanInput(nint plan, int index, float* state, float* input, nuint count)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            IReadOnlyList<SamplingStep> steps = Handles.Borrow<SamplingPlan>(plan, nameof(plan)).Steps;
            Limits.Within(index, 0, steps.Count - 1, nameof(index));
            Latents.ToInput(steps[index], Native.Input(state, count, nameof(state)), Native.Exactly(input, count, nameof(input)));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_plan_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status PlanDestroy(nint* plan)
    {
        try
        {
            Handles.Release<SamplingPlan>(plan, nameof(plan));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
