/* lacuna/sampling.h - diffusion samplers around a network of the caller's.
 *
 *   lac_sampler* sampler = NULL;
 *   lac_sampler_create_config(json, strlen(json), &sampler);     scheduler_config.json of diffusers
 *   lac_plan_options options = LAC_PLAN_OPTIONS_INIT;
 *   options.steps = 20;
 *   lac_plan* plan = NULL;
 *   lac_plan_create(sampler, &options, &plan);
 *   lac_run* run = NULL;
 *   lac_run_create(plan, 1, count, &run);
 *
 *   lac_noise_philox(seed, LAC_NOISE_FIRST, 0, 0, noise, count);
 *   lac_plan_begin(plan, NULL, noise, state, count);
 *   lac_plan_step step = LAC_PLAN_STEP_INIT;
 *   for (int32_t i = 0; lac_plan_step_info(plan, i, &step) == LAC_OK; i++) {
 *       lac_plan_input(plan, i, state, input, count);
 *       network(input, step.timestep, output);
 *       lac_noise_philox(seed, i, 0, 0, noise, count);
 *       lac_run_step(run, state, output, LAC_NETWORK_FLOAT32, NULL, 1.0f, noise);
 *   }
 *
 * A sampler knows the noise levels of a network and a rule that goes through
 * them; a plan holds every call of the network as numbers; a run keeps what a
 * plan's steps remember of latents. Samplers and plans never change: threads
 * may share them. Calls on one run wait for each other.
 *
 * The same calls give the same bits on every machine. docs/sampling.md tells
 * which schedulers, solvers and fields of configurations there are. */

#ifndef LAC_SAMPLING_H
#define LAC_SAMPLING_H

#include "lacuna/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Noise levels and a rule. */
typedef struct lac_sampler lac_sampler;

/* Makes the sampler that a scheduler_config.json of diffusers describes.
 *   json          [length] bytes, UTF-8: one object whose _class_name is that
 *                 of a scheduler
 *   sampler       receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT (the detail text names the
 *                 field), LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_sampler_create_config(const char* json, size_t length, lac_sampler** sampler);

/* Rules over sigmas of the caller's. */
enum {
    LAC_SOLVER_EULER = 0,         /* eta 1: Euler ancestral */
    LAC_SOLVER_HEUN = 1,
    LAC_SOLVER_DPM2 = 2,          /* eta 1: ancestral */
    LAC_SOLVER_LMS = 3,           /* order 1 to 4 */
    LAC_SOLVER_DPM = 4,           /* DPM-Solver++ multistep, order 1 to 3; eta 1: SDE */
    LAC_SOLVER_DPM_SINGLE = 5,    /* single-step, order 1 to 3 */
    LAC_SOLVER_DPM_ANCESTRAL = 6, /* DPM++ 2S ancestral */
    LAC_SOLVER_UNIPC = 7          /* order 1 to 3 */
};

/* What a network's output stands for. */
enum {
    LAC_PREDICTION_NOISE = 0,                  /* epsilon */
    LAC_PREDICTION_VELOCITY = 1,               /* v = alpha noise - sigma x0 */
    LAC_PREDICTION_DATA = 2,                   /* x0 */
    LAC_PREDICTION_FLOW = 3,                   /* noise - x0 */
    LAC_PREDICTION_PRECONDITIONED = 4,         /* F of c_skip x + c_out F */
    LAC_PREDICTION_PRECONDITIONED_VELOCITY = 5 /* -F */
};

/* A rule, and how the network is asked and answered. Its timestep is sigma. */
typedef struct lac_solver_options {
    uint32_t struct_size;  /* sizeof(lac_solver_options) */
    int32_t solver;        /* LAC_SOLVER_* */
    int32_t order;         /* of LMS, DPM, DPM_SINGLE and UNIPC; others take no account of it */
    int32_t prediction;    /* LAC_PREDICTION_* */
    double eta;            /* share of the noise that is drawn anew, 0 to 1 */
    double input_variance; /* the input is divided by sqrt(sigma^2 + this); below 0: left as it is */
    double data_deviation; /* of the data, above 0; for LAC_PREDICTION_PRECONDITIONED */
} lac_solver_options;

#define LAC_SOLVER_OPTIONS_INIT { (uint32_t)sizeof(lac_solver_options), LAC_SOLVER_EULER, 2, LAC_PREDICTION_NOISE, 0.0, 1.0, 0.5 }

/* Makes a sampler of a network whose data keep their scale; every plan gives
 * its sigmas.
 *   options       null: LAC_SOLVER_OPTIONS_INIT
 *   sampler       receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_sampler_create_solver(const lac_solver_options* options, lac_sampler** sampler);

/* Destroys the sampler and sets *sampler to null; its plans live on. Null and
 * *null do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_sampler_destroy(lac_sampler** sampler);

/* lac_plan_options.flags */
#define LAC_PLAN_ETA (1u << 0)                   /* `eta` is given; else the scheduler's own */
#define LAC_PLAN_SHIFT (1u << 1)                 /* `shift_logarithm` is given */
#define LAC_PLAN_NOISE_FOLLOWS_CLIPPING (1u << 2) /* DDIM's noise follows the clipped data, not the network's own */

/* What a run chooses; the rest is the scheduler's. */
typedef struct lac_plan_options {
    uint32_t struct_size;    /* sizeof(lac_plan_options) */
    int32_t steps;           /* 1 or more; 0 where `timesteps` or `sigmas` are given */
    const double* timesteps; /* [timestep_count] training steps to visit, falling; or null */
    size_t timestep_count;
    const double* sigmas;    /* [sigma_count] to visit, falling, the last where the run ends; or null */
    size_t sigma_count;
    double strength;         /* above 0, at most 1: how much of the run is made when it begins with a picture */
    double eta;              /* share of the noise that is drawn anew (DDIM, TCD), 0 to 1 */
    double shift_logarithm;  /* of the shift of rectified flow, where it depends on the picture's size */
    double churn;            /* noise added on the way (Euler), 0: none */
    int32_t first_step;      /* steps to leave out at the start, instead of `strength`; -1: none */
    int32_t image_tokens;    /* from which schedulers take the shift; 0: given or not wanted */
    int32_t lms_order;       /* slopes in use, 1 to 4 */
    uint32_t flags;          /* LAC_PLAN_* */
} lac_plan_options;

#define LAC_PLAN_OPTIONS_INIT { (uint32_t)sizeof(lac_plan_options), 0, NULL, 0, NULL, 0, 1.0, 0.0, 0.0, 0.0, -1, 0, 4, 0 }

/* Every call of the network of one run, as numbers. */
typedef struct lac_plan lac_plan;

/* Plans a run.
 *   options       must tell the steps; copied
 *   plan          receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT (the detail text names the
 *                 option), LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_plan_create(const lac_sampler* sampler, const lac_plan_options* options, lac_plan** plan);

/* What a plan is. */
typedef struct lac_plan_properties {
    uint32_t struct_size;     /* sizeof(lac_plan_properties), set by the caller */
    int32_t steps;            /* calls of the network */
    double initial_deviation; /* of the first latents, where they are noise alone */
    double initial_alpha;     /* of the data in the first latents */
    double initial_sigma;     /* of the noise in them */
} lac_plan_properties;

#define LAC_PLAN_PROPERTIES_INIT { (uint32_t)sizeof(lac_plan_properties), 0, 0.0, 0.0, 0.0 }

/* Tells what a plan is.
 *   properties    struct_size set; zeros but for that on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_plan_info(const lac_plan* plan, lac_plan_properties* properties);

/* One call of the network and the update after it. */
typedef struct lac_plan_step {
    uint32_t struct_size; /* sizeof(lac_plan_step), set by the caller */
    int32_t draws_noise;  /* 1: a sequential generator draws here, even where the noise weighs nothing */
    double timestep;      /* what the network is told */
    double input_scale;   /* what latents are multiplied with for the network */
    double alpha;         /* weight of the data in the latents that the network sees */
    double sigma;         /* deviation of the noise in them */
    double next_alpha;    /* the same after the update */
    double next_sigma;
    double noise;         /* weight of new noise in the update; 0: lac_run_step needs none */
} lac_plan_step;

#define LAC_PLAN_STEP_INIT { (uint32_t)sizeof(lac_plan_step), 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0 }

/* Tells what a step is.
 *   index         0 to lac_plan_properties.steps - 1
 *   step          struct_size set; zeros but for that otherwise
 *   returns       LAC_OK; LAC_END where `index` is the number of steps;
 *                 LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_plan_step_info(const lac_plan* plan, int32_t index, lac_plan_step* step);

/* Makes the first latents: noise alone, or a picture with noise.
 *   picture       [count] latents of a picture; null: noise alone
 *   noise         [count] standard normal
 *   state         [count] receives the latents; may be either of the others
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_plan_begin(
    const lac_plan* plan, const float* picture, const float* noise, float* state, size_t count);

/* Scales latents for the network.
 *   index         a step
 *   state         [count] latents
 *   input         [count] receives what the network sees; may be `state`, but
 *                 then lac_run_step wants the latents from elsewhere
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_plan_input(
    const lac_plan* plan, int32_t index, const float* state, float* input, size_t count);

/* Destroys the plan and sets *plan to null; its runs live on. Null and *null
 * do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_plan_destroy(lac_plan** plan);

/* What the steps of a plan remember of latents. */
typedef struct lac_run lac_run;

/* How a network's output is written. */
enum {
    LAC_NETWORK_FLOAT32 = 0,
    LAC_NETWORK_FLOAT16 = 1,
    LAC_NETWORK_BFLOAT16 = 2
};

/* Takes memory for runs of one plan; a step allocates nothing.
 *   pictures      in the latents, each thresholded by itself; 1 or more
 *   elements      of one picture, 1 or more
 *   run           receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_run_create(const lac_plan* plan, size_t pictures, size_t elements, lac_run** run);

/* Carries the next step out.
 *   state         [pictures][elements] latents, replaced by the next ones;
 *                 zeros where the network's output was not finite
 *   output        [pictures][elements] what the network said to them, in
 *                 `format`
 *   format        LAC_NETWORK_*
 *   unconditional [pictures][elements] what it said without the condition, for
 *                 guidance; or null
 *   guidance      scale: 0 gives the unconditional output, 1 the conditional
 *   noise         [pictures][elements] standard normal; may be null where
 *                 lac_plan_step.noise is 0
 *   returns       LAC_OK; LAC_END where all steps are done; LAC_E_INVALID_DATA
 *                 where the network's output was not finite (the run begins
 *                 anew); LAC_E_INVALID_ARGUMENT (nothing is done) */
LAC_API lac_status lac_run_step(
    lac_run* run, float* state, const void* output, int32_t format, const void* unconditional, float guidance,
    const float* noise);

/* Begins anew with the first step.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_run_restart(lac_run* run);

/* Destroys the run and sets *run to null. Null and *null do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_run_destroy(lac_run** run);

/* The step at which a run's first latents are drawn: before all others. */
#define LAC_NOISE_FIRST (-1)

/* Draws standard normal deviates that depend on seed, step, draw and element
 * alone (Philox 4x32-10): threads may each fill a part.
 *   step          0 or more, or LAC_NOISE_FIRST
 *   draw          which of that step, 0 or more
 *   first         the element that comes first, below 2^63
 *   destination   [count] receives them
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_noise_philox(
    uint64_t seed, int32_t step, int32_t draw, uint64_t first, float* destination, size_t count);

/* A generator that gives what torch.randn gives on the CPU after
 * torch.manual_seed. Calls on one wait for each other. */
typedef struct lac_torch_noise lac_torch_noise;

/* Makes a generator.
 *   seed          its lowest 32 bits count
 *   noise         receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_torch_noise_create(uint64_t seed, lac_torch_noise** noise);

/* Draws as one call of torch.randn(count) does.
 *   destination   [count] receives the deviates
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_torch_noise_fill(lac_torch_noise* noise, float* destination, size_t count);

/* Destroys the generator and sets *noise to null. Null and *null do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_torch_noise_destroy(lac_torch_noise** noise);

/* The weights of one update:
 *
 *   m    = output + unconditional's share by `guidance`
 *   data = clip(data_output m + data_state state, data_limit)
 *   next = output m + state state + data data + past1 past1 + .. + noise noise
 *
 * each sum in float32 with fused multiply-adds in this order. */
typedef struct lac_update_weights {
    uint32_t struct_size; /* sizeof(lac_update_weights) */
    float guidance;       /* 1: the conditional output */
    float data_state;
    float data_output;
    float data_limit;     /* 0: no limit */
    float state;
    float output;
    float data;
    float past[3];
    float noise;
} lac_update_weights;

#define LAC_UPDATE_WEIGHTS_INIT { (uint32_t)sizeof(lac_update_weights), 1.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, { 0.0f, 0.0f, 0.0f }, 0.0f }

/* What one update reads and writes; null takes no part. */
typedef struct lac_update_tensors {
    uint32_t struct_size;      /* sizeof(lac_update_tensors) */
    int32_t format;            /* LAC_NETWORK_* of the outputs */
    size_t count;              /* elements of every tensor */
    const float* state;
    const void* output;
    const void* unconditional; /* or null */
    const float* past[3];      /* each or null */
    const float* noise;        /* or null */
    float* next;               /* receives the next state; may be `state`; or null */
    float* data;               /* receives the data; may be one of `past`; or null */
} lac_update_tensors;

#define LAC_UPDATE_TENSORS_INIT { (uint32_t)sizeof(lac_update_tensors), LAC_NETWORK_FLOAT32, 0, NULL, NULL, NULL, \
    { NULL, NULL, NULL }, NULL, NULL, NULL }

/* One fused update, for solvers of the caller's own: a single pass.
 *   finite        receives 1 where every guided output was finite, else 0, and
 *                 the results are computed all the same. May be null
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT (also where a result overlaps
 *                 a tensor without being the same) */
LAC_API lac_status lac_update(
    const lac_update_weights* weights, const lac_update_tensors* tensors, int32_t* finite);

#ifdef __cplusplus
}
#endif
#endif
