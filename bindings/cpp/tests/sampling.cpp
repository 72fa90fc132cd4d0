// Payloads and samplers, with exceptions on.

#include "check.hpp"
#include "lacuna/lacuna.hpp"

#include <cmath>
#include <cstring>

namespace {

template <class F>
lac_status thrown(const F& function)
{
    try {
        function();
        return LAC_OK;
    } catch (const lacuna::Error& error) {
        return error.status();
    }
}

void payloads()
{
    std::vector<std::uint8_t> bytes;
    for (int i = 0; i < 100000; i++) {
        bytes.push_back(static_cast<std::uint8_t>((i * i) % 11));
    }

    const std::vector<std::uint8_t> payload = lacuna::compress(bytes);
    CHECK(payload.size() < bytes.size() / 2 && lacuna::payload_info(payload).bytes == 100000);
    CHECK(lacuna::decompress(payload) == bytes);
    std::vector<std::uint8_t> room(bytes.size() + 5);
    CHECK(lacuna::decompress_into(payload, room) == bytes.size());

    lac_decompress_options limited = LAC_DECOMPRESS_OPTIONS_INIT;
    limited.max_bytes = 99999;
    CHECK(thrown([&] { lacuna::decompress(payload, limited); }) == LAC_E_LIMIT_EXCEEDED);
    CHECK(thrown([&] { lacuna::decompress_into(payload, lacuna::Span<std::uint8_t>(room).subspan(0, 10)); }) == LAC_E_BUFFER_TOO_SMALL);
    std::vector<std::uint8_t> damaged = payload;
    damaged[damaged.size() / 2] ^= 1;
    CHECK(thrown([&] { lacuna::decompress(damaged); }) == LAC_E_INVALID_DATA);
}

/// A network that knows the picture: every sampler then ends at it.
void samplers()
{
    constexpr const char* config = R"({"_class_name": "DDIMScheduler", "num_train_timesteps": 1000, "beta_start": 0.00085,
        "beta_end": 0.012, "beta_schedule": "scaled_linear", "prediction_type": "sample", "clip_sample": false,
        "set_alpha_to_one": true, "steps_offset": 1})";
    const lacuna::Sampler sampler = lacuna::Sampler::from_config(config);
    lac_plan_options options = LAC_PLAN_OPTIONS_INIT;
    options.steps = 5;
    const lacuna::Plan plan = sampler.plan(options);
    CHECK(plan.steps() == 5 && plan.step(0).timestep > plan.step(4).timestep);
    CHECK(thrown([&] { plan.step(5); }) == LAC_E_INVALID_ARGUMENT);

    constexpr std::size_t count = 64;
    const std::vector<float> wanted(count, 0.25f);
    std::vector<float> noise(count);
    std::vector<float> state(count);
    std::vector<float> input(count);
    lacuna::noise_philox(7, LAC_NOISE_FIRST, noise);
    CHECK(std::isfinite(noise[5]) && noise[5] != noise[6]);
    std::vector<float> part(4);
    lacuna::noise_philox(7, LAC_NOISE_FIRST, part, 0, 10);
    CHECK(std::memcmp(&part[0], &noise[10], 4 * sizeof(float)) == 0);

    plan.begin({}, noise, state);
    lacuna::Run run = plan.run(1, count);
    for (int i = 0; i < plan.steps(); i++) {
        plan.input(i, state, input);
        CHECK(run.step(state, wanted));
    }

    CHECK(std::fabs(state[3] - 0.25f) < 1e-5f);
    CHECK(!run.step(state, wanted));
    run.restart();
    CHECK(run.step(state, wanted));
    CHECK(thrown([&] { run.step(state, lacuna::Span<const float>(wanted).subspan(1)); }) == LAC_E_INVALID_ARGUMENT);
    CHECK(thrown([&] { plan.begin(part, noise, state); }) == LAC_E_INVALID_ARGUMENT);
    CHECK(thrown([] { lacuna::Sampler::from_config("{}"); }) == LAC_E_INVALID_ARGUMENT);

    lac_plan_options sigmas = LAC_PLAN_OPTIONS_INIT;
    const double values[] = {10, 1, 0};
    sigmas.sigmas = values;
    sigmas.sigma_count = 3;
    CHECK(lacuna::Sampler::from_solver().plan(sigmas).steps() == 2);
}

} // namespace

void test_sampling()
{
    const std::uint32_t handles = lacuna::counters().handles;
    payloads();
    samplers();
    CHECK(lacuna::counters().handles == handles);
}
