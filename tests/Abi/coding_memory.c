/* The coders, quantisers and samplers leave nothing behind, and their calls allocate nothing once they have run. */

#include "coding.h"

enum { count = 300, dimensions = 8, codes = 32, vectors = count / dimensions };

static uint8_t indices[count], stream[8192], bytes[count];
static int16_t symbols[count], symbols_back[count];
static uint32_t contexts[count], values[count], values_back[count];
static float floats[count], floats_back[count], noise[count];
static int32_t codes_of[vectors];
static int64_t points[vectors];
static const uint8_t kinds[2] = { LAC_CONTEXT_BIT, 5 };

static lac_tables* tables;
static lac_static_table* table;
static lac_rans_decoder* decoder;
static lac_context_decoder* context_decoder;
static lac_codebook* codebook;
static lac_vq* vq;
static lac_grid* grid;
static lac_compressor* compressor;
static lac_decompressor* decompressor;
static lac_sampler* sampler;
static lac_plan* plan;
static lac_run* run;
static lac_torch_noise* torch;

static void create(void)
{
    static const char json[] = "{\"_class_name\": \"DPMSolverMultistepScheduler\"}";
    const double scales[3] = { 0.5, 1.0, 2.0 };
    const int32_t levels[dimensions] = { 3, 3, 3, 3, 5, 5, 5, 5 };
    uint32_t counts[256];
    lac_vq_options vq_options = LAC_VQ_OPTIONS_INIT;
    lac_compress_options compress_options = LAC_COMPRESS_OPTIONS_INIT;
    lac_plan_options plan_options = LAC_PLAN_OPTIONS_INIT;
    for (int i = 0; i < 256; i++) {
        counts[i] = 1;
    }

    vq_options.threads = 2, compress_options.threads = 2, plan_options.steps = 4;
    OK(lac_tables_create_scales(LAC_SHAPE_GAUSSIAN, scales, 3, &tables));
    OK(lac_static_table_create(counts, &table));
    OK(lac_rans_decoder_create(&decoder));
    OK(lac_context_decoder_create(kinds, 2, &context_decoder));
    OK(lac_codebook_create(floats, codes, dimensions, NULL, &codebook));
    OK(lac_vq_create_residual((const lac_codebook* const*)&codebook, 1, &vq_options, &vq));
    OK(lac_grid_create_fsq(levels, dimensions, LAC_BOUND_TANH, &grid));
    OK(lac_compressor_create(&compress_options, &compressor));
    OK(lac_decompressor_create(NULL, &decompressor));
    OK(lac_sampler_create_config(json, sizeof json - 1, &sampler));
    OK(lac_plan_create(sampler, &plan_options, &plan));
    OK(lac_run_create(plan, 1, count, &run));
    OK(lac_torch_noise_create(3, &torch));
}

static void use(void)
{
    size_t written, back;
    CHECK(lac_crc32c(0, symbols, sizeof symbols) != 0);
    OK(lac_rans_indexed_encode(tables, indices, 1, symbols, count, 0, stream, sizeof stream, &written));
    OK(lac_rans_indexed_decode(tables, stream, written, indices, 1, symbols_back, count));
    OK(lac_rans_decoder_begin(decoder, tables, stream, written, count));
    OK(lac_rans_decoder_decode(decoder, indices, 1, symbols_back, count));
    OK(lac_rans_decoder_finish(decoder));
    CHECK(memcmp(symbols, symbols_back, sizeof symbols) == 0);
    OK(lac_rans_wide_encode(tables, indices, 1, codes_of, vectors, 2, 0, stream, sizeof stream, &written));
    OK(lac_rans_wide_decode(tables, stream, written, indices, 1, codes_of, vectors));
    OK(lac_rans_static_encode(NULL, indices, count, 0, stream, sizeof stream, &written));
    OK(lac_rans_static_decode(NULL, stream, written, bytes, count));
    OK(lac_rans_static_encode(table, indices, count, 0, stream, sizeof stream, &written));
    OK(lac_rans_static_decode(table, stream, written, bytes, count));
    OK(lac_adaptive_encode(indices, count, 0, stream, sizeof stream, &written));
    OK(lac_adaptive_decode(stream, written, bytes, count));
    CHECK(memcmp(indices, bytes, count) == 0);
    OK(lac_vq_encode(vq, floats, vectors, codes_of));
    OK(lac_vq_decode(vq, codes_of, vectors, 0, floats_back));
    OK(lac_grid_encode(grid, floats, vectors, LAC_NON_FINITE_REJECT, points));
    OK(lac_grid_decode(grid, points, vectors, floats_back));
    OK(lac_compressor_compress(compressor, symbols, sizeof symbols, stream, sizeof stream, &written));
    OK(lac_decompressor_decompress(decompressor, stream, written, symbols_back, sizeof symbols_back, &back));
    OK(lac_noise_philox(1, 2, 3, 4, noise, count));
    OK(lac_torch_noise_fill(torch, noise, count));
    OK(lac_plan_begin(plan, NULL, noise, floats_back, count));
    OK(lac_plan_input(plan, 0, floats_back, noise, count));
    OK(lac_run_step(run, floats_back, floats, LAC_NETWORK_FLOAT32, NULL, 1.0f, noise));
    OK(lac_run_restart(run));
}

/* What may allocate: contexts that begin anew. */
static void use_contexts(void)
{
    size_t written;
    OK(lac_contexts_encode(kinds, 2, contexts, values, count, stream, sizeof stream, &written));
    OK(lac_context_decoder_begin(context_decoder, stream, written));
    OK(lac_context_decoder_decode(context_decoder, contexts, values_back, count));
    OK(lac_context_decoder_finish(context_decoder));
    CHECK(memcmp(values, values_back, sizeof values) == 0);
}

static void destroy(void)
{
    OK(lac_tables_destroy(&tables));
    OK(lac_static_table_destroy(&table));
    OK(lac_rans_decoder_destroy(&decoder));
    OK(lac_context_decoder_destroy(&context_decoder));
    OK(lac_codebook_destroy(&codebook));
    OK(lac_vq_destroy(&vq));
    OK(lac_grid_destroy(&grid));
    OK(lac_compressor_destroy(&compressor));
    OK(lac_decompressor_destroy(&decompressor));
    OK(lac_sampler_destroy(&sampler));
    OK(lac_plan_destroy(&plan));
    OK(lac_run_destroy(&run));
    OK(lac_torch_noise_destroy(&torch));
}

static lac_counters counters(void)
{
    lac_counters now = LAC_COUNTERS_INIT;
    OK(lac_get_counters(&now));
    return now;
}

int main(void)
{
    uint64_t state = 6;
    for (int i = 0; i < count; i++) {
        indices[i] = (uint8_t)(i % 3);
        symbols[i] = (int16_t)some_symbol(&state, 6);
        contexts[i] = (uint32_t)i % 2;
        values[i] = some_number(&state) % (i % 2 ? 5 : 2);
        floats[i] = some_float(&state);
    }

    uint32_t handles = counters().handles;
    create();
    CHECK(counters().handles == handles + 13);
    for (int round = 0; round < 20; round++) {
        use();
    }

    lac_counters before = counters();
    for (int round = 0; round < 200; round++) {
        use();
    }

    lac_counters after = counters();
    CHECK(after.managed_allocated - before.managed_allocated < 4096); /* the counters' own */
    CHECK(after.native_bytes == before.native_bytes);
    destroy();

    before = counters();
    uint64_t most = 0;
    for (int round = 0; round < 300; round++) {
        create();
        use();
        use_contexts();
        destroy();
        if (round == 100) {
            most = counters().managed_bytes;
        }
    }

    after = counters();
    CHECK(after.handles == handles && after.native_bytes == before.native_bytes);
    CHECK(after.managed_bytes < most + (8 << 20)); /* a young generation of 4 MB */
    digest("memory", symbols_back, sizeof symbols_back);
    return 0;
}
