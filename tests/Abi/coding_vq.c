/* lacuna/vq.h: nearest codes, stages, groups, files, grids, training; refusals and bad numbers. */

#include <math.h>

#include "coding.h"

enum { dimensions = 8, codes = 64, count = 500 };

static float first[codes * dimensions], second[codes * dimensions], vectors[count * dimensions], back[count * dimensions];
static int32_t indices[2 * count];
static lac_codebook *one, *two;

static void fill(void)
{
    uint64_t state = 1;
    for (int i = 0; i < codes * dimensions; i++) {
        first[i] = some_float(&state);
        second[i] = some_float(&state) / 4;
    }

    for (int i = 0; i < count * dimensions; i++) {
        vectors[i] = some_float(&state);
    }

    OK(lac_codebook_create(first, codes, dimensions, NULL, &one));
    OK(lac_codebook_create(second, codes, dimensions, NULL, &two));
}

static double distance(const float* a, const float* b)
{
    double sum = 0;
    for (int i = 0; i < dimensions; i++) {
        sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
    }

    return sum;
}

static double error_of(const float* decoded)
{
    double sum = 0;
    for (int i = 0; i < count; i++) {
        sum += distance(vectors + dimensions * i, decoded + dimensions * i);
    }

    return sum;
}

static lac_vq* residual(const lac_vq_options* options)
{
    const lac_codebook* both[2];
    both[0] = one, both[1] = two;
    lac_vq* vq = NULL;
    OK(lac_vq_create_residual(both, 2, options, &vq));
    return vq;
}

static void flat(void)
{
    lac_vq* vq = NULL;
    const lac_codebook* only = one;
    OK(lac_vq_create_residual(&only, 1, NULL, &vq));
    OK(lac_vq_encode(vq, vectors, count, indices));
    digest("flat", indices, count * sizeof *indices);
    for (int i = 0; i < count; i++) {
        double chosen = distance(vectors + dimensions * i, first + dimensions * indices[i]);
        for (int code = 0; code < codes; code++) {
            CHECK(chosen <= distance(vectors + dimensions * i, first + dimensions * code) + 1e-5);
        }
    }

    OK(lac_vq_decode(vq, indices, count, 0, back));
    for (int i = 0; i < count; i++) {
        CHECK(memcmp(back + dimensions * i, first + dimensions * indices[i], dimensions * sizeof *first) == 0);
    }

    OK(lac_vq_encode(vq, first, codes, indices));
    for (int code = 0; code < codes; code++) {
        CHECK(indices[code] == code);
    }

    OK(lac_vq_encode(vq, NULL, 0, NULL));
    OK(lac_vq_decode(vq, NULL, 0, 1, NULL));
    OK(lac_vq_destroy(&vq));
}

static void stages(void)
{
    lac_vq_properties properties = LAC_VQ_PROPERTIES_INIT;
    lac_vq *vq = residual(NULL), *prefix = NULL;
    OK(lac_vq_info(vq, &properties));
    CHECK(properties.struct_size == sizeof properties && properties.dimensions == dimensions
        && properties.indices_per_vector == 2 && properties.stages == 2);
    int32_t counts[2], greedy[2 * count], of_prefix[count];
    OK(lac_vq_codewords(vq, counts, 2));
    CHECK(counts[0] == codes && counts[1] == codes);
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_vq_codewords(vq, counts, 1));

    OK(lac_vq_encode(vq, vectors, count, greedy));
    digest("residual", greedy, sizeof greedy);
    OK(lac_vq_decode(vq, greedy, count, 1, back));
    double coarse = error_of(back);
    OK(lac_vq_decode(vq, greedy, count, 2, back));
    double fine = error_of(back);
    CHECK(fine < coarse);
    digest("decoded", back, sizeof back);
    OK(lac_vq_create_prefix(vq, 1, &prefix));
    OK(lac_vq_encode(prefix, vectors, count, of_prefix));
    for (int i = 0; i < count; i++) {
        CHECK(of_prefix[i] == greedy[2 * i]);
    }

    OK(lac_vq_destroy(&prefix));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_prefix(vq, 3, &prefix));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_prefix(vq, 1, NULL));
    OK(lac_vq_destroy(&vq));

    lac_vq_options options = LAC_VQ_OPTIONS_INIT;
    options.threads = 3;
    vq = residual(&options);
    OK(lac_vq_encode(vq, vectors, count, indices));
    CHECK(memcmp(indices, greedy, sizeof greedy) == 0);
    OK(lac_vq_destroy(&vq));

    options.beam = 5;
    vq = residual(&options);
    OK(lac_vq_encode(vq, vectors, count, indices));
    digest("beam", indices, sizeof indices);
    OK(lac_vq_decode(vq, indices, count, 0, back));
    CHECK(error_of(back) < fine);
    OK(lac_vq_destroy(&vq));
}

static void product(void)
{
    const lac_codebook* both[2];
    both[0] = one, both[1] = two;
    lac_vq* vq = NULL;
    OK(lac_vq_create_product(both, 2, NULL, &vq));
    lac_vq_properties properties = LAC_VQ_PROPERTIES_INIT;
    OK(lac_vq_info(vq, &properties));
    CHECK(properties.dimensions == 2 * dimensions && properties.indices_per_vector == 2 && properties.stages == 1);
    OK(lac_vq_encode(vq, vectors, count / 2, indices));
    digest("product", indices, count * sizeof *indices);
    OK(lac_vq_decode(vq, indices, count / 2, 0, back));
    CHECK(memcmp(back, first + dimensions * indices[0], dimensions * sizeof *first) == 0);
    CHECK(memcmp(back + dimensions, second + dimensions * indices[1], dimensions * sizeof *first) == 0);
    OK(lac_vq_destroy(&vq));
    lac_vq_options options = LAC_VQ_OPTIONS_INIT;
    options.beam = 2;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_product(both, 2, &options, &vq));
}

/* NaN and infinity: the place of the first, or numbers instead. */
static void bad_numbers(void)
{
    const float saved = vectors[3 * dimensions + 5];
    char text[256];
    lac_vq* vq = residual(NULL);
    vectors[3 * dimensions + 5] = NAN;
    memset(indices, 0xA5, sizeof indices);
    REFUSED(LAC_E_INVALID_DATA, lac_vq_encode(vq, vectors, count, indices));
    CHECK(all_zero(indices, sizeof indices));
    lac_error_detail(text, sizeof text);
    CHECK(strstr(text, "Element 5 of vector 3 ") != NULL);
    OK(lac_vq_destroy(&vq));

    lac_vq_options options = LAC_VQ_OPTIONS_INIT;
    options.non_finite = LAC_NON_FINITE_MAP;
    vq = residual(&options);
    OK(lac_vq_encode(vq, vectors, count, indices));
    digest("mapped", indices, sizeof indices);
    vectors[3 * dimensions + 5] = saved;

    indices[7] = codes;
    back[0] = 1;
    REFUSED(LAC_E_INVALID_DATA, lac_vq_decode(vq, indices, count, 0, back));
    CHECK(all_zero(back, sizeof back));
    lac_error_detail(text, sizeof text);
    CHECK(strstr(text, "Index 1 of vector 3 ") != NULL);
    indices[7] = -1;
    REFUSED(LAC_E_INVALID_DATA, lac_vq_decode(vq, indices, count, 0, back));
    OK(lac_vq_destroy(&vq));

    first[9] = INFINITY;
    lac_codebook* codebook = NULL;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_create(first, codes, dimensions, NULL, &codebook));
    lac_error_detail(text, sizeof text);
    CHECK(strstr(text, "Element 1 of codeword 1 ") != NULL && codebook == NULL);
}

static void training(void)
{
    lac_training_options options = LAC_TRAINING_OPTIONS_INIT;
    lac_codebook_properties properties = LAC_CODEBOOK_PROPERTIES_INIT;
    lac_codebook* trained = NULL;
    static float learnt[16 * dimensions], again[16 * dimensions];
    double error, other;
    options.seed = 5;
    OK(lac_codebook_train(vectors, count, dimensions, 16, &options, &trained, &error));
    OK(lac_codebook_info(trained, &properties));
    CHECK(properties.count == 16 && properties.dimensions == dimensions && properties.metric == LAC_METRIC_EUCLIDEAN);
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_codebook_copy(trained, learnt, 16 * dimensions - 1));
    OK(lac_codebook_copy(trained, learnt, 16 * dimensions));
    digest("trained", learnt, sizeof learnt);
    lac_vq* vq = NULL;
    OK(lac_vq_create_residual((const lac_codebook* const*)&trained, 1, NULL, &vq));
    OK(lac_codebook_destroy(&trained));
    OK(lac_vq_encode(vq, vectors, count, indices));
    OK(lac_vq_decode(vq, indices, count, 0, back));
    CHECK(fabs(error_of(back) / count - error) < 1e-3 * error);
    OK(lac_vq_destroy(&vq));

    options.threads = 2;
    OK(lac_codebook_train(vectors, count, dimensions, 16, &options, &trained, &other));
    OK(lac_codebook_copy(trained, again, 16 * dimensions));
    CHECK(error == other && memcmp(learnt, again, sizeof learnt) == 0);
    OK(lac_codebook_destroy(&trained));

    REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_train(vectors, 15, dimensions, 16, NULL, &trained, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_train(NULL, count, dimensions, 16, NULL, &trained, &error));
    CHECK(error == 0);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_train(vectors, count, 0, 16, NULL, &trained, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_train(vectors, count, dimensions, 0, NULL, &trained, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_train(vectors, count, dimensions, 16, NULL, NULL, NULL));
    options.metric = LAC_METRIC_INNER_PRODUCT;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_train(vectors, count, dimensions, 16, &options, &trained, NULL));
    const float saved = vectors[0];
    vectors[0] = -INFINITY;
    REFUSED(LAC_E_INVALID_DATA, lac_codebook_train(vectors, count, dimensions, 16, NULL, &trained, NULL));
    vectors[0] = saved;
}

static void rates_and_storage(void)
{
    lac_codebook_options options = LAC_CODEBOOK_OPTIONS_INIT;
    float bits[codes];
    for (int i = 0; i < codes; i++) {
        bits[i] = i == 0 ? 0.0f : 100.0f;
    }

    options.lambda = 1, options.bits = bits;
    lac_codebook* codebook = NULL;
    lac_vq* vq = NULL;
    OK(lac_codebook_create(second, codes, dimensions, &options, &codebook));
    OK(lac_vq_create_residual((const lac_codebook* const*)&codebook, 1, NULL, &vq));
    OK(lac_vq_encode(vq, vectors, count, indices));
    CHECK(all_zero(indices, count * sizeof *indices)); /* no other codeword is worth 100 */
    OK(lac_vq_destroy(&vq));
    OK(lac_codebook_destroy(&codebook));

    options.bits = NULL;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_create(second, codes, dimensions, &options, &codebook));
    options.lambda = 0, options.metric = LAC_METRIC_COSINE, options.storage = LAC_CODEWORDS_INT8;
    OK(lac_codebook_create(second, codes, dimensions, &options, &codebook));
    OK(lac_codebook_copy(codebook, back, codes * dimensions));
    for (int i = 0; i < codes * dimensions; i++) {
        CHECK(fabsf(back[i] - second[i]) < 0.002f);
    }

    OK(lac_codebook_destroy(&codebook));
    options.storage = 3;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_create(second, codes, dimensions, &options, &codebook));
    options.storage = 0, options.metric = -1;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_create(second, codes, dimensions, &options, &codebook));
}

/* Structures of other versions of the header. */
static void structures(void)
{
    struct {
        lac_vq_options known;
        int64_t later;
    } newer = { LAC_VQ_OPTIONS_INIT, 0 };
    const lac_codebook* only = one;
    lac_vq* vq = NULL;
    newer.known.struct_size = sizeof newer;
    OK(lac_vq_create_residual(&only, 1, &newer.known, &vq));
    OK(lac_vq_destroy(&vq));
    newer.later = 1;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_residual(&only, 1, &newer.known, &vq));
    const uint32_t wrong[] = { 0, 4, sizeof(lac_vq_options) - 1, UINT32_MAX };
    for (int i = 0; i < 4; i++) {
        newer.known.struct_size = wrong[i];
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_residual(&only, 1, &newer.known, &vq));
        lac_codebook_options codebook_options = LAC_CODEBOOK_OPTIONS_INIT;
        codebook_options.struct_size = wrong[i];
        lac_codebook* codebook = NULL;
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_create(second, codes, dimensions, &codebook_options, &codebook));
        lac_training_options training_options = LAC_TRAINING_OPTIONS_INIT;
        training_options.struct_size = wrong[i];
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_train(vectors, count, dimensions, 4, &training_options, &codebook, NULL));
        lac_codebook_properties properties = LAC_CODEBOOK_PROPERTIES_INIT;
        properties.struct_size = wrong[i];
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_info(one, &properties));
    }

    const int32_t beams[] = { 0, -1, 65 };
    for (int i = 0; i < 3; i++) {
        lac_vq_options options = LAC_VQ_OPTIONS_INIT;
        options.beam = beams[i];
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_residual(&only, 1, &options, &vq));
    }

    lac_vq_options options = LAC_VQ_OPTIONS_INIT;
    options.threads = 257;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_residual(&only, 1, &options, &vq));
    options.threads = 1, options.non_finite = 2;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_residual(&only, 1, &options, &vq));
    CHECK(vq == NULL);
}

static void handles(void)
{
    lac_vq* vq = residual(NULL);
    const lac_codebook* wrong[2];
    wrong[0] = one, wrong[1] = (const lac_codebook*)(const void*)vq;
    lac_vq* made = NULL;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_residual(wrong, 2, NULL, &made));
    wrong[1] = NULL;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_residual(wrong, 2, NULL, &made));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_residual(NULL, 2, NULL, &made));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_residual(wrong, 0, NULL, &made));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_residual(wrong, SIZE_MAX, NULL, &made));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_create_residual(wrong, 1, NULL, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_copy(NULL, back, 1));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_copy(one, NULL, codes * dimensions));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_encode(NULL, vectors, 1, indices));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_encode(vq, NULL, 1, indices));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_encode(vq, vectors, 1, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_encode(vq, vectors, SIZE_MAX / 2, indices));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_decode(vq, NULL, 1, 0, back));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_decode(vq, indices, 1, 0, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_decode(vq, indices, 1, 3, back));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_decode(vq, indices, 1, -1, back));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_info(vq, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_codewords(vq, NULL, 2));
    lac_vq* copy = vq;
    OK(lac_vq_destroy(&vq));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_encode(copy, vectors, 1, indices));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_destroy(&copy));
    OK(lac_vq_destroy(NULL));
}

static void grids(void)
{
    const int32_t levels[] = { 8, 5, 5, 5 };
    enum { width = 4 };
    int64_t points[count], codewords, again[count];
    int32_t size;
    lac_grid* grid = NULL;
    OK(lac_grid_create_fsq(levels, width, LAC_BOUND_TANH, &grid));
    OK(lac_grid_info(grid, &size, &codewords));
    CHECK(size == width && codewords == 1000);
    OK(lac_grid_encode(grid, vectors, count, LAC_NON_FINITE_REJECT, points));
    digest("fsq", points, sizeof points);
    OK(lac_grid_decode(grid, points, count, back));
    OK(lac_grid_destroy(&grid));
    OK(lac_grid_create_fsq(levels, width, LAC_BOUND_NEAREST, &grid));
    OK(lac_grid_encode(grid, back, count, LAC_NON_FINITE_REJECT, again));
    CHECK(memcmp(points, again, sizeof points) == 0);
    points[1] = 1000;
    REFUSED(LAC_E_INVALID_DATA, lac_grid_decode(grid, points, count, back));
    CHECK(all_zero(back, count * width * sizeof *back));
    back[2] = NAN;
    REFUSED(LAC_E_INVALID_DATA, lac_grid_encode(grid, back, count, LAC_NON_FINITE_REJECT, points));
    CHECK(all_zero(points, sizeof points));
    OK(lac_grid_encode(grid, back, count, LAC_NON_FINITE_MAP, points));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_encode(grid, back, count, 2, points));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_encode(grid, NULL, 1, 0, points));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_encode(NULL, back, 1, 0, points));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_decode(grid, NULL, 1, back));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_decode(grid, points, 1, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_info(grid, NULL, &codewords));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_info(grid, &size, NULL));
    OK(lac_grid_destroy(&grid));

    const float signs[] = { 0.5f, -0.25f, 1.0f, -2.0f };
    float corners[4];
    OK(lac_grid_create_lfq(4, 1.0f, &grid));
    OK(lac_grid_encode(grid, signs, 1, 0, points));
    CHECK(points[0] == 10);
    OK(lac_grid_decode(grid, points, 1, corners));
    CHECK(corners[0] == 1 && corners[1] == -1 && corners[2] == 1 && corners[3] == -1);
    OK(lac_grid_destroy(&grid));
    OK(lac_grid_create_bsq(4, &grid));
    OK(lac_grid_decode(grid, points, 1, corners));
    CHECK(corners[0] == 0.5f && corners[3] == -0.5f);
    lac_grid* copy = grid;
    OK(lac_grid_destroy(&grid));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_destroy(&copy));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_create_bsq(63, &grid));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_create_lfq(4, 0.0f, &grid));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_create_lfq(0, 1.0f, &grid));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_create_fsq(levels, 0, 0, &grid));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_create_fsq(levels, 4, 2, &grid));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_create_fsq(NULL, 4, 0, &grid));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_grid_create_fsq(levels, 4, 0, NULL));
    CHECK(grid == NULL);
}

/* A safetensors file of two stages, made here; then damaged. */
static void files(void)
{
    static const char head[] =
        "{\"__metadata__\":{\"lacuna.quantizer\":\"residual\",\"lacuna.metric\":\"Euclidean\"},"
        "\"codebook.0\":{\"dtype\":\"F32\",\"shape\":[64,8],\"data_offsets\":[0,2048]},"
        "\"codebook.1\":{\"dtype\":\"F32\",\"shape\":[64,8],\"data_offsets\":[2048,4096]}}   ";
    const size_t text = sizeof head - 1, length = 8 + text + 4096;
    uint8_t *file = (uint8_t*)check_alloc(length), *bad = (uint8_t*)check_alloc(length);
    memset(file, 0, 8);
    file[0] = (uint8_t)text, file[1] = (uint8_t)(text >> 8);
    memcpy(file + 8, head, text);
    memcpy(file + 8 + text, first, 2048);
    memcpy(file + 8 + text + 2048, second, 2048);
    lac_vq *vq = NULL, *plain = residual(NULL);
    static int32_t other[2 * count];
    OK(lac_vq_open_memory(file, length, NULL, &vq));
    OK(lac_vq_encode(vq, vectors, count, indices));
    OK(lac_vq_encode(plain, vectors, count, other));
    CHECK(memcmp(indices, other, sizeof other) == 0);
    OK(lac_vq_destroy(&vq));
    OK(lac_vq_destroy(&plain));
    lac_vq_options options = LAC_VQ_OPTIONS_INIT;
    options.beam = 3;
    OK(lac_vq_open_memory(file, length, &options, &vq));
    OK(lac_vq_destroy(&vq));
    uint64_t state = 4;
    for (int i = 0; i < 2000; i++) {
        memcpy(bad, file, length);
        damage(&state, file, bad, 8 + text);
        lac_status status = lac_vq_open_memory(bad, length - (i % 5 ? 0 : some_number(&state) % length), NULL, &vq);
        CHECK(status == LAC_OK || status == LAC_E_INVALID_DATA);
        CHECK((status == LAC_OK) == (vq != NULL));
        OK(lac_vq_destroy(&vq));
    }

    REFUSED(LAC_E_INVALID_DATA, lac_vq_open_memory(NULL, 0, NULL, &vq));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_open_memory(NULL, 5, NULL, &vq));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_vq_open_memory(file, length, NULL, NULL));
    free(file);
    free(bad);
}

int main(void)
{
    fill();
    flat();
    stages();
    product();
    training();
    rates_and_storage();
    structures();
    handles();
    grids();
    files();
    bad_numbers();
    lac_codebook* copy = one;
    OK(lac_codebook_destroy(&one));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_codebook_destroy(&copy));
    OK(lac_codebook_destroy(&two));
    return 0;
}
