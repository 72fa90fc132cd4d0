/* lacuna/sampling.hpp - diffusion samplers around a network of the caller's.
 *
 *   lacuna::Sampler sampler = lacuna::Sampler::from_config(json);
 *   lac_plan_options options = LAC_PLAN_OPTIONS_INIT;
 *   options.steps = 20;
 *   lacuna::Plan plan = sampler.plan(options);
 *   lacuna::Run run = plan.run(1, count);
 *
 *   lacuna::noise_philox(seed, LAC_NOISE_FIRST, noise);
 *   plan.begin({}, noise, state);
 *   for (int i = 0; i < plan.steps(); i++) {
 *       plan.input(i, state, input);
 *       network(input, plan.step(i).timestep, output);
 *       lacuna::noise_philox(seed, i, noise);
 *       run.step(state, output, noise);
 *   } */

#ifndef LAC_SAMPLING_HPP
#define LAC_SAMPLING_HPP

#include "lacuna/base.hpp"
#include "lacuna/coding.hpp"
#include "lacuna/sampling.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// What the steps of a plan remember of latents.
class Run {
public:
    /// Carries the next step out: `state` becomes the next latents.
    /// @param output         what the network said to them
    /// @param noise          standard normal; may be empty where the step needs none
    /// @param unconditional  what it said without the condition, for guidance; may be empty
    /// @returns false where all steps were done before
    Returns<bool> step(Span<float> state, Span<const float> output, Span<const float> noise = {}, float guidance = 1,
        Span<const float> unconditional = {})
    {
        const auto fits = [&](std::size_t size, bool may_lack) { return size == elements_ || (may_lack && size == 0); };
        if (!fits(state.size(), false) || !fits(output.size(), false) || !fits(noise.size(), true) || !fits(unconditional.size(), true)) {
            return detail::failed<bool>(detail::mismatch());
        }

        return detail::taken(lac_run_step(run_.get(), state.data(), output.data(), LAC_NETWORK_FLOAT32,
            unconditional.empty() ? nullptr : unconditional.data(), guidance, noise.empty() ? nullptr : noise.data()));
    }

    /// Begins anew with the first step.
    Returns<void> restart() { return detail::check(lac_run_restart(run_.get())); }

    /// The handle of the C library: lac_run_step takes half-precision outputs too.
    lac_run* handle() const noexcept { return run_.get(); }

private:
    friend class Plan;
    explicit Run(std::size_t elements) noexcept : elements_(elements) {}

    std::size_t elements_;
    detail::Owned<lac_run, lac_run_destroy> run_;
};

/// Every call of the network of one run, as numbers. It never changes: threads may share it.
class Plan {
public:
    /// Calls of the network.
    int steps() const noexcept
    {
        lac_plan_properties properties = LAC_PLAN_PROPERTIES_INIT;
        lac_plan_info(plan_.get(), &properties);
        return properties.steps;
    }

    /// One call and the update after it, 0 to steps() - 1.
    Returns<lac_plan_step> step(int index) const
    {
        lac_plan_step step = LAC_PLAN_STEP_INIT;
        const lac_status status = lac_plan_step_info(plan_.get(), index, &step);
        if (status == LAC_END) {
            return detail::failed<lac_plan_step>(Error(LAC_E_INVALID_ARGUMENT, "The plan has no such step."));
        }
        if (status < LAC_OK) {
            return detail::failed<lac_plan_step>(Error(status));
        }

        return step;
    }

    /// Makes the first latents: noise alone where there is no picture.
    Returns<void> begin(Span<const float> picture, Span<const float> noise, Span<float> state) const
    {
        if (noise.size() != state.size() || (!picture.empty() && picture.size() != state.size())) {
            return wrong();
        }

        return detail::check(
            lac_plan_begin(plan_.get(), picture.empty() ? nullptr : picture.data(), noise.data(), state.data(), state.size()));
    }

    /// Scales latents for the network.
    Returns<void> input(int index, Span<const float> state, Span<float> input) const
    {
        if (state.size() != input.size()) {
            return wrong();
        }

        return detail::check(lac_plan_input(plan_.get(), index, state.data(), input.data(), state.size()));
    }

    /// Takes memory for runs of so many pictures of so many elements.
    Returns<Run> run(std::size_t pictures, std::size_t elements) const
    {
        Run run(pictures * elements);
        const lac_status status = lac_run_create(plan_.get(), pictures, elements, run.run_.out());
        if (status < LAC_OK) {
            return detail::failed<Run>(Error(status));
        }

        return run;
    }

    /// The handle of the C library.
    lac_plan* handle() const noexcept { return plan_.get(); }

private:
    friend class Sampler;
    Plan() noexcept = default;

    static Returns<void> wrong() { return detail::failed<void>(detail::mismatch()); }

    detail::Owned<lac_plan, lac_plan_destroy> plan_;
};

/// Noise levels and a rule that goes through them. It never changes: threads may share it.
class Sampler {
public:
    /// The text of a scheduler_config.json of diffusers.
    static Returns<Sampler> from_config(std::string_view json)
    {
        Sampler sampler;
        const lac_status status = lac_sampler_create_config(json.data(), json.size(), sampler.sampler_.out());
        return made(status, std::move(sampler));
    }

    /// A rule over sigmas that every plan gives.
    static Returns<Sampler> from_solver(const lac_solver_options& options = LAC_SOLVER_OPTIONS_INIT)
    {
        Sampler sampler;
        const lac_status status = lac_sampler_create_solver(&options, sampler.sampler_.out());
        return made(status, std::move(sampler));
    }

    /// Plans a run; the options must tell the steps.
    Returns<Plan> plan(const lac_plan_options& options) const
    {
        Plan plan;
        const lac_status status = lac_plan_create(sampler_.get(), &options, plan.plan_.out());
        if (status < LAC_OK) {
            return detail::failed<Plan>(Error(status));
        }

        return plan;
    }

    /// The handle of the C library.
    lac_sampler* handle() const noexcept { return sampler_.get(); }

private:
    Sampler() noexcept = default;

    static Returns<Sampler> made(lac_status status, Sampler&& sampler)
    {
        if (status < LAC_OK) {
            return detail::failed<Sampler>(Error(status));
        }

        return std::move(sampler);
    }

    detail::Owned<lac_sampler, lac_sampler_destroy> sampler_;
};

/// Standard normal deviates that depend on seed, step, draw and element alone.
inline Returns<void> noise_philox(
    std::uint64_t seed, int step, Span<float> destination, int draw = 0, std::uint64_t first = 0)
{
    return detail::check(lac_noise_philox(seed, step, draw, first, destination.data(), destination.size()));
}

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
