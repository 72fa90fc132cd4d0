/* The examples at the head of the headers of coders, quantisers and samplers, line by line as they stand there, with names for what they
 * take from around them. */

#include "coding.h"

static void checksum(void)
{
    const char *head = "12345", *body = "6789";
    const size_t head_length = 5, body_length = 4;

    uint32_t check = lac_crc32c(0, head, head_length);
    check = lac_crc32c(check, body, body_length);

    CHECK(check == 0xE3069283u);
    digest("checksum", &check, sizeof check);
}

static void rans(void)
{
    enum { count = 100 };
    uint8_t indices[count];
    int16_t symbols[count];
    uint64_t state = 1;
    for (int i = 0; i < count; i++) {
        indices[i] = (uint8_t)(i % 64);
        symbols[i] = (int16_t)some_symbol(&state, 9);
    }

    lac_tables* tables = NULL;
    lac_tables_create_scales(LAC_SHAPE_GAUSSIAN, NULL, 0, &tables);

    uint8_t* stream = malloc(lac_rans_indexed_bound(count));
    size_t written;
    lac_rans_indexed_encode(
        tables, indices, 1, symbols, count, 0, stream, lac_rans_indexed_bound(count), &written);
    CHECK(written > 0);
    OK(lac_rans_indexed_decode(tables, stream, written, indices, 1, symbols, count));
    lac_tables_destroy(&tables);
    free(stream);
}

static void adaptive(void)
{
    const uint8_t packet[] = { 1, 1, 2, 1, 1, 1, 2, 1, 1, 1 };

    uint8_t code[1 + sizeof packet], back[sizeof packet];
    size_t written;
    lac_adaptive_encode(packet, sizeof packet, 0, code, sizeof code, &written);
    lac_adaptive_decode(code, written, back, sizeof back);

    CHECK(written > 0 && memcmp(packet, back, sizeof back) == 0);
}

static void payload_of(const uint8_t* bytes, size_t length)
{
    size_t capacity = lac_compress_bound(length, NULL), written;
    uint8_t* payload = malloc(capacity);
    lac_compress(bytes, length, NULL, payload, capacity, &written);

    lac_payload_properties properties = LAC_PAYLOAD_PROPERTIES_INIT;
    lac_payload_info(payload, written, &properties);
    uint8_t* back = malloc(properties.bytes);
    lac_decompress(payload, written, NULL, back, properties.bytes, &written);

    CHECK(written == length && memcmp(bytes, back, length) == 0);
    free(payload);
    free(back);
}

static void vq_of(const float* codewords, const float* vectors, size_t count, int32_t* indices, float* back)
{
    lac_codebook* codebook = NULL;
    lac_codebook_create(codewords, 1024, 8, NULL, &codebook);
    lac_vq* vq = NULL;
    lac_vq_create_residual((const lac_codebook* const*)&codebook, 1, NULL, &vq);
    lac_codebook_destroy(&codebook);

    lac_vq_encode(vq, vectors, count, indices);
    OK(lac_vq_decode(vq, indices, count, 0, back));
    lac_vq_destroy(&vq);
}

static void vector_quantization(void)
{
    static float codewords[1024 * 8], back[10 * 8];
    int32_t indices[10];
    uint64_t state = 2;
    for (int i = 0; i < 1024 * 8; i++) {
        codewords[i] = some_float(&state);
    }

    vq_of(codewords, codewords + 8 * 500, 10, indices, back);
    CHECK(indices[0] == 500 && memcmp(back, codewords + 8 * 500, sizeof back) == 0);
}

static void network(const float* input, double timestep, float* output)
{
    for (int i = 0; i < 64; i++) {
        output[i] = (float)(input[i] * (timestep < 900 ? 0.5 : 1.0));
    }
}

static void sampling(void)
{
    enum { count = 64 };
    const char* json = "{\"_class_name\": \"EulerAncestralDiscreteScheduler\"}";
    const uint64_t seed = 7;
    float noise[count], state[count], input[count], output[count];

    lac_sampler* sampler = NULL;
    lac_sampler_create_config(json, strlen(json), &sampler);
    lac_plan_options options = LAC_PLAN_OPTIONS_INIT;
    options.steps = 20;
    lac_plan* plan = NULL;
    lac_plan_create(sampler, &options, &plan);
    lac_run* run = NULL;
    lac_run_create(plan, 1, count, &run);

    lac_noise_philox(seed, LAC_NOISE_FIRST, 0, 0, noise, count);
    lac_plan_begin(plan, NULL, noise, state, count);
    lac_plan_step step = LAC_PLAN_STEP_INIT;
    for (int32_t i = 0; lac_plan_step_info(plan, i, &step) == LAC_OK; i++) {
        lac_plan_input(plan, i, state, input, count);
        network(input, step.timestep, output);
        lac_noise_philox(seed, i, 0, 0, noise, count);
        OK(lac_run_step(run, state, output, LAC_NETWORK_FLOAT32, NULL, 1.0f, noise));
    }

    CHECK(lac_run_step(run, state, output, LAC_NETWORK_FLOAT32, NULL, 1.0f, noise) == LAC_END);
    digest("sample", state, sizeof state);
    lac_run_destroy(&run);
    lac_plan_destroy(&plan);
    lac_sampler_destroy(&sampler);
}

int main(void)
{
    static const uint8_t bytes[5000] = { 1, 2, 3 };
    checksum();
    rans();
    adaptive();
    payload_of(bytes, sizeof bytes);
    vector_quantization();
    sampling();
    return 0;
}
