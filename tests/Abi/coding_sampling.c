/* lacuna/sampling.h: noise with known bits, plans, runs that end where the network knows the data, the update alone; refusals. */

#include <math.h>

#include "coding.h"

enum { count = 96 };

static float target[count], state[count], input[count], output[count], noise[count];

static lac_sampler* config(const char* json)
{
    lac_sampler* sampler = NULL;
    OK(lac_sampler_create_config(json, strlen(json), &sampler));
    return sampler;
}

static lac_plan* plan_of(lac_sampler* sampler, int32_t steps)
{
    lac_plan_options options = LAC_PLAN_OPTIONS_INIT;
    lac_plan* plan = NULL;
    options.steps = steps;
    OK(lac_plan_create(sampler, &options, &plan));
    return plan;
}

static void known_noise(void)
{
    const uint32_t philox[4] = { 0xBF785E5C, 0x3E46ACE8, 0xBF9E28D2, 0x3FF6433C };
    float drawn[50], part[20];
    OK(lac_noise_philox(42, LAC_NOISE_FIRST, 0, 0, drawn, 50));
    CHECK(memcmp(drawn, philox, sizeof philox) == 0);
    OK(lac_noise_philox(42, LAC_NOISE_FIRST, 0, 17, part, 20));
    CHECK(memcmp(drawn + 17, part, sizeof part) == 0);
    digest("philox", drawn, sizeof drawn);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_noise_philox(42, -2, 0, 0, drawn, 50));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_noise_philox(42, 0, -1, 0, drawn, 50));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_noise_philox(42, 0, 0, UINT64_MAX, drawn, 50));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_noise_philox(42, 0, 0, 0, NULL, 50));

    lac_torch_noise* torch = NULL;
    float rows[17];
    const uint32_t first[4] = { 0xBF901B85, 0xBFD91446, 0x3F111004, 0x3F4B235D }; /* torch.manual_seed(0); torch.randn(17) */
    OK(lac_torch_noise_create(0, &torch));
    OK(lac_torch_noise_fill(torch, rows, 17));
    CHECK(memcmp(rows, first, sizeof first) == 0);
    digest("torch", rows, sizeof rows);
    OK(lac_torch_noise_fill(torch, rows, 3));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_torch_noise_fill(torch, NULL, 3));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_torch_noise_fill(NULL, rows, 3));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_torch_noise_create(1, NULL));
    lac_torch_noise* copy = torch;
    OK(lac_torch_noise_destroy(&torch));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_torch_noise_destroy(&copy));
}

/* Runs a plan with a network that always answers with the data. */
static void run(lac_plan* plan)
{
    lac_run* own = NULL;
    lac_plan_step step = LAC_PLAN_STEP_INIT;
    OK(lac_run_create(plan, 2, count / 2, &own));
    for (int round = 0; round < 2; round++) {
        OK(lac_noise_philox(3, LAC_NOISE_FIRST, 0, 0, noise, count));
        OK(lac_plan_begin(plan, NULL, noise, state, count));
        int32_t i = 0;
        for (; lac_plan_step_info(plan, i, &step) == LAC_OK; i++) {
            OK(lac_plan_input(plan, i, state, input, count));
            CHECK(fabs(input[0] - step.input_scale * state[0]) <= 1e-5 * fabs(state[0]));
            OK(lac_noise_philox(3, i, 0, 0, noise, count));
            OK(lac_run_step(own, state, target, LAC_NETWORK_FLOAT32, NULL, 1.0f, step.noise != 0 ? noise : NULL));
        }

        CHECK(i > 0 && lac_plan_step_info(plan, i, &step) == LAC_END && step.timestep == 0);
        CHECK(lac_run_step(own, state, target, LAC_NETWORK_FLOAT32, NULL, 1.0f, noise) == LAC_END);
        for (int k = 0; k < count; k++) {
            CHECK(fabsf(state[k] - target[k]) < 2e-4f);
        }

        OK(lac_run_restart(own));
    }

    digest("run", state, sizeof state);
    OK(lac_run_destroy(&own));
}

static void solvers(void)
{
    const double sigmas[] = { 14.6, 6.0, 2.5, 1.0, 0.4, 0.1, 0.0 };
    for (int32_t solver = LAC_SOLVER_EULER; solver <= LAC_SOLVER_UNIPC; solver++) {
        for (int32_t order = 1; order <= 3; order++) {
            lac_solver_options options = LAC_SOLVER_OPTIONS_INIT;
            lac_plan_options choices = LAC_PLAN_OPTIONS_INIT;
            lac_sampler* sampler = NULL;
            lac_plan* plan = NULL;
            options.solver = solver, options.order = order, options.prediction = LAC_PREDICTION_DATA;
            options.eta = order == 3 && solver != LAC_SOLVER_DPM_SINGLE ? 1.0 : 0.0;
            choices.sigmas = sigmas, choices.sigma_count = 7;
            OK(lac_sampler_create_solver(&options, &sampler));
            OK(lac_plan_create(sampler, &choices, &plan));
            OK(lac_sampler_destroy(&sampler)); /* the plan lives on */
            run(plan);
            OK(lac_plan_destroy(&plan));
        }
    }
}

static void configurations(void)
{
    const char* const known[] = {
        "{\"_class_name\": \"DDIMScheduler\", \"prediction_type\": \"sample\", \"clip_sample\": false}",
        "{\"_class_name\": \"EulerDiscreteScheduler\", \"prediction_type\": \"sample\", \"use_karras_sigmas\": true}",
        "{\"_class_name\": \"DPMSolverMultistepScheduler\", \"prediction_type\": \"sample\"}",
        "{\"_class_name\": \"UniPCMultistepScheduler\", \"prediction_type\": \"sample\"}",
    };
    for (int i = 0; i < 4; i++) {
        lac_sampler* sampler = config(known[i]);
        lac_plan* plan = plan_of(sampler, 12);
        lac_plan_properties properties = LAC_PLAN_PROPERTIES_INIT;
        OK(lac_plan_info(plan, &properties));
        CHECK(properties.steps == 12 && properties.initial_deviation > 0 && properties.initial_sigma > 0);
        lac_plan_step step = LAC_PLAN_STEP_INIT;
        double before = 1e9;
        for (int32_t k = 0; k < 12; k++) {
            OK(lac_plan_step_info(plan, k, &step));
            CHECK(step.timestep < before && step.sigma / step.alpha > step.next_sigma / step.next_alpha);
            before = step.timestep;
        }

        if (i != 0) { /* DDIM ends at the first training step's noise, not at 0 */
            run(plan);
        }

        OK(lac_plan_destroy(&plan));
        OK(lac_sampler_destroy(&sampler));
    }

    lac_sampler* sampler = NULL;
    char text[512];
    const char* wrong = "{\"_class_name\": \"EulerDiscreteScheduler\", \"beta_start\": \"small\"}";
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_sampler_create_config(wrong, strlen(wrong), &sampler));
    lac_error_detail(text, sizeof text);
    CHECK(strstr(text, "beta_start") != NULL && sampler == NULL);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_sampler_create_config("[1", 2, &sampler));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_sampler_create_config(NULL, 2, &sampler));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_sampler_create_config(wrong, 10, NULL));
    uint64_t state64 = 9;
    for (int i = 0; i < 2000; i++) {
        char bad[160];
        size_t length = strlen(known[1]);
        damage(&state64, (const uint8_t*)known[1], (uint8_t*)bad, length);
        lac_status status = lac_sampler_create_config(bad, length, &sampler);
        CHECK((status == LAC_OK && sampler != NULL) || (status == LAC_E_INVALID_ARGUMENT && sampler == NULL));
        OK(lac_sampler_destroy(&sampler));
    }
}

static void steps_refuse(void)
{
    lac_sampler* sampler = config("{\"_class_name\": \"EulerAncestralDiscreteScheduler\"}");
    lac_plan* plan = plan_of(sampler, 5);
    lac_run* own = NULL;
    OK(lac_run_create(plan, 1, count, &own));
    OK(lac_noise_philox(3, LAC_NOISE_FIRST, 0, 0, noise, count));
    OK(lac_plan_begin(plan, NULL, noise, state, count));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_run_step(own, state, output, LAC_NETWORK_FLOAT32, NULL, 1.0f, NULL)); /* takes noise */
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_run_step(own, NULL, output, LAC_NETWORK_FLOAT32, NULL, 1.0f, noise));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_run_step(own, state, NULL, LAC_NETWORK_FLOAT32, NULL, 1.0f, noise));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_run_step(own, state, output, 3, NULL, 1.0f, noise));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_run_step((lac_run*)(void*)plan, state, output, 0, NULL, 1.0f, noise));
    OK(lac_run_step(own, state, output, LAC_NETWORK_FLOAT16, output, 7.5f, noise)); /* zeros in any format */
    digest("guided", state, sizeof state);
    output[5] = NAN;
    REFUSED(LAC_E_INVALID_DATA, lac_run_step(own, state, output, LAC_NETWORK_FLOAT32, NULL, 1.0f, noise));
    CHECK(all_zero(state, sizeof state));
    output[5] = 0;
    for (int32_t i = 0; i < 5; i++) { /* anew */
        OK(lac_run_step(own, state, output, LAC_NETWORK_FLOAT32, NULL, 1.0f, noise));
    }

    lac_run* copy = own;
    OK(lac_run_destroy(&own));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_run_step(copy, state, output, 0, NULL, 1.0f, noise));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_run_restart(copy));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_run_destroy(&copy));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_run_create(plan, 0, count, &own));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_run_create(plan, SIZE_MAX, SIZE_MAX, &own));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_run_create(plan, 1, count, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_run_create(NULL, 1, count, &own));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_begin(plan, NULL, NULL, state, count));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_begin(plan, NULL, noise, NULL, count));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_input(plan, 5, state, input, count));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_input(plan, 0, NULL, input, count));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_input(plan, 0, state, NULL, count));
    lac_plan_step step = LAC_PLAN_STEP_INIT;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_step_info(plan, -1, &step));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_step_info(plan, 6, &step));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_step_info(plan, 0, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_info(plan, NULL));
    lac_plan* gone = plan;
    OK(lac_plan_destroy(&plan));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_destroy(&gone));
    lac_sampler* former = sampler;
    OK(lac_sampler_destroy(&sampler));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_create(former, NULL, &plan));
}

static void options_refuse(void)
{
    lac_sampler* sampler = config("{\"_class_name\": \"DDIMScheduler\"}");
    lac_plan* plan = NULL;
    const double rising[] = { 1, 2 };
    lac_plan_options wrong[8];
    for (int i = 0; i < 8; i++) {
        const lac_plan_options good = LAC_PLAN_OPTIONS_INIT;
        wrong[i] = good;
        wrong[i].steps = 5;
    }

    wrong[0].steps = 0;
    wrong[1].strength = 0;
    wrong[2].flags = 8;
    wrong[3].flags = LAC_PLAN_ETA, wrong[3].eta = 2;
    wrong[4].timesteps = rising, wrong[4].timestep_count = 2, wrong[4].steps = 0;
    wrong[5].churn = NAN;
    wrong[6].struct_size = 8;
    wrong[7].first_step = -2;
    for (int i = 0; i < 8; i++) {
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_create(sampler, &wrong[i], &plan));
    }

    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_create(sampler, NULL, &plan));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_create(NULL, &wrong[0], &plan));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_plan_create(sampler, &wrong[0], NULL));
    OK(lac_sampler_destroy(&sampler));
    for (int i = 0; i < 6; i++) {
        lac_solver_options options = LAC_SOLVER_OPTIONS_INIT;
        options.solver = i == 0 ? 8 : LAC_SOLVER_DPM;
        options.order = i == 1 ? 4 : 2;
        options.prediction = i == 2 ? 6 : 0;
        options.eta = i == 3 ? NAN : 0;
        options.data_deviation = i == 4 ? 0 : 0.5;
        options.struct_size = i == 5 ? 0 : sizeof options;
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_sampler_create_solver(&options, &sampler));
    }

    REFUSED(LAC_E_INVALID_ARGUMENT, lac_sampler_create_solver(NULL, NULL));
    OK(lac_sampler_create_solver(NULL, &sampler));
    OK(lac_sampler_destroy(&sampler));
}

static void update_alone(void)
{
    lac_update_weights weights = LAC_UPDATE_WEIGHTS_INIT;
    lac_update_tensors tensors = LAC_UPDATE_TENSORS_INIT;
    float data[count], next[count];
    int32_t finite = 7;
    weights.state = 2, weights.past[1] = 0.5f, weights.data_output = 1, weights.data = 1, weights.data_limit = 0.25f;
    tensors.count = count, tensors.state = noise, tensors.output = target, tensors.past[1] = input;
    tensors.next = next, tensors.data = data;
    OK(lac_update(&weights, &tensors, &finite));
    CHECK(finite == 1);
    for (int i = 0; i < count; i++) {
        float clipped = target[i] > 0.25f ? 0.25f : target[i] < -0.25f ? -0.25f : target[i];
        CHECK(data[i] == clipped && fabsf(next[i] - (2 * noise[i] + clipped + 0.5f * input[i])) < 1e-5f);
    }

    digest("update", next, sizeof next);
    tensors.next = (float*)(uintptr_t)(noise + 1);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_update(&weights, &tensors, &finite));
    CHECK(finite == 0);
    tensors.next = next, tensors.output = NULL;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_update(&weights, &tensors, NULL));
    tensors.output = target, tensors.format = -1;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_update(&weights, &tensors, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_update(NULL, &tensors, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_update(&weights, NULL, NULL));
    tensors.format = 0, tensors.struct_size = 12;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_update(&weights, &tensors, NULL));
    target[3] = INFINITY;
    tensors.struct_size = sizeof tensors;
    OK(lac_update(&weights, &tensors, &finite));
    CHECK(finite == 0);
}

int main(void)
{
    uint64_t state64 = 1;
    for (int i = 0; i < count; i++) {
        target[i] = some_float(&state64);
    }

    known_noise();
    solvers();
    configurations();
    steps_refuse();
    options_refuse();
    update_alone();
    return 0;
}
