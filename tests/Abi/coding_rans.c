/* lacuna/rans.h: round trips, known bytes, refusals and damage. */

#include "coding.h"

enum { count = 3000 };

static uint8_t narrow[count];
static uint16_t wide[count];
static int16_t symbols[count];
static lac_tables* gaussian;

static void fill(void)
{
    uint64_t state = 1;
    for (int i = 0; i < count; i++) {
        narrow[i] = (uint8_t)(some_number(&state) % 64);
        wide[i] = narrow[i];
        symbols[i] = (int16_t)some_symbol(&state, 1 + narrow[i]);
    }

    symbols[17] = 32767, symbols[18] = -32768, symbols[19] = 4000;
}

/* The example of docs/entropy.md: these bytes stand in the format's description. */
static void known_bytes(void)
{
    const uint8_t indices[] = { 20, 20, 30, 40, 63, 0, 0, 10 };
    const int16_t values[] = { 0, -1, 3, -17, 300, 0, 1000, 0 };
    const uint8_t expected[] = { 0x11, 0x0D, 0xE5, 0xF7, 0xB2, 0x05, 0x82, 0xE8, 0x03 };
    uint8_t stream[64];
    size_t written;
    OK(lac_rans_indexed_encode(gaussian, indices, 1, values, 8, 0, stream, sizeof stream, &written));
    CHECK(written == sizeof expected && memcmp(stream, expected, sizeof expected) == 0);
}

static void round_trips(void)
{
    const int32_t lanes[] = { 0, 1, 4, 32, 64, 128, 256 };
    size_t capacity = lac_rans_indexed_bound(count), written, again;
    uint8_t *stream = (uint8_t*)check_alloc(capacity), *other = (uint8_t*)check_alloc(capacity);
    int16_t back[count];
    for (int i = 0; i < 7; i++) {
        OK(lac_rans_indexed_encode(gaussian, narrow, 1, symbols, count, lanes[i], stream, capacity, &written));
        OK(lac_rans_indexed_encode(gaussian, wide, 2, symbols, count, lanes[i], other, capacity, &again));
        CHECK(written == again && memcmp(stream, other, written) == 0);
        digest("indexed", stream, written);
        for (int width = 1; width <= 2; width++) {
            memset(back, 0xA5, sizeof back);
            const void* indices = width == 1 ? (const void*)narrow : wide;
            OK(lac_rans_indexed_decode(gaussian, stream, written, indices, width, back, count));
            CHECK(memcmp(back, symbols, sizeof back) == 0);
        }

        REFUSED(LAC_E_BUFFER_TOO_SMALL,
            lac_rans_indexed_encode(gaussian, narrow, 1, symbols, count, lanes[i], stream, written - 1, &again));
        CHECK(again == 0);
    }

    OK(lac_rans_indexed_encode(gaussian, NULL, 1, NULL, 0, 0, NULL, 0, &written));
    CHECK(written == 0);
    OK(lac_rans_indexed_decode(gaussian, NULL, 0, NULL, 2, NULL, 0));
    double bits;
    OK(lac_tables_estimate(gaussian, wide, 2, symbols, count, &bits));
    OK(lac_rans_indexed_encode(gaussian, narrow, 1, symbols, count, 1, stream, capacity, &written));
    CHECK(8.0 * (double)written > 0.999 * bits && 8.0 * (double)written < 1.001 * bits + 40);
    free(stream);
    free(other);
}

/* A decoder gives any number of symbols at a time, for one stream after another. */
static void steps(void)
{
    size_t capacity = lac_rans_indexed_bound(count), written;
    uint8_t* stream = check_alloc(capacity);
    lac_rans_decoder* decoder = NULL;
    OK(lac_rans_decoder_create(&decoder));
    OK(lac_rans_decoder_finish(decoder));
    uint64_t state = 5;
    for (int round = 0; round < 6; round++) {
        int16_t back[count];
        OK(lac_rans_indexed_encode(gaussian, narrow, 1, symbols, count, round % 2 ? 32 : 0, stream, capacity, &written));
        OK(lac_rans_decoder_begin(decoder, gaussian, stream, written, count));
        memset(stream, 0xA5, written); /* copied */
        for (size_t at = 0, some; at < count; at += some) {
            some = round == 0 ? 1 : 1 + some_number(&state) % 200;
            some = some < count - at ? some : count - at;
            REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_decoder_finish(decoder));
            OK(round % 2 ? lac_rans_decoder_decode(decoder, narrow + at, 1, back + at, some)
                         : lac_rans_decoder_decode(decoder, wide + at, 2, back + at, some));
        }

        CHECK(memcmp(back, symbols, sizeof back) == 0);
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_decoder_decode(decoder, narrow, 1, back, 1));
        CHECK(back[0] == 0);
        OK(lac_rans_decoder_finish(decoder));
    }

    OK(lac_rans_decoder_begin(decoder, gaussian, NULL, 0, 0));
    OK(lac_rans_decoder_finish(decoder));
    REFUSED(LAC_E_TRUNCATED, lac_rans_decoder_begin(decoder, gaussian, NULL, 0, 1));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_decoder_begin(decoder, NULL, NULL, 0, 0));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_decoder_begin(decoder, gaussian, NULL, 1, 0));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_decoder_begin(NULL, gaussian, NULL, 0, 0));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_decoder_begin((lac_rans_decoder*)(void*)gaussian, gaussian, NULL, 0, 0));
    lac_rans_decoder* copy = decoder;
    OK(lac_rans_decoder_destroy(&decoder));
    CHECK(decoder == NULL);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_decoder_finish(copy));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_decoder_destroy(&copy));
    OK(lac_rans_decoder_destroy(NULL));
    OK(lac_rans_decoder_destroy(&decoder));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_decoder_create(NULL));
    free(stream);
}

/* Cumulative frequencies as CompressAI has them: the symbols come back, and cost what the frequencies say. */
static void cumulative(void)
{
    enum { rows = 3, longest = 703 };
    static int32_t cdfs[rows][longest];
    const int32_t lengths[rows] = { 5, 5, longest }, offsets[rows] = { -1, 0, -350 };
    const int32_t first[5] = { 0, 10000, 50000, 65000, 65536 }, second[5] = { 0, 32768, 49152, 57344, 65536 };
    memcpy(cdfs[0], first, sizeof first);
    memcpy(cdfs[1], second, sizeof second);
    for (int i = 0; i < longest; i++) {
        int distance = i <= 350 ? i : 702 - i; /* a triangle over 701 values, and one unit for the rest */
        cdfs[2][i] = i == 702 ? 65536 : i <= 350 ? distance * distance / 4 + i : 65535 - distance * distance / 4 - distance;
    }

    lac_tables* tables = NULL;
    OK(lac_tables_create_cdfs(cdfs[0], rows, longest, lengths, offsets, &tables));
    size_t number;
    OK(lac_tables_count(tables, &number));
    CHECK(number == rows);
    const uint8_t one[1] = { 0 }, two[1] = { 1 };
    const int16_t zero[1] = { 0 }, least[1] = { -1 };
    double bits;
    OK(lac_tables_estimate(tables, one, 1, zero, 1, &bits));
    CHECK(bits > 0.711 && bits < 0.713); /* 16 - log2(40000) */
    OK(lac_tables_estimate(tables, two, 1, zero, 1, &bits));
    CHECK(bits == 1.0);
    OK(lac_tables_estimate(tables, two, 1, least, 1, &bits));
    CHECK(bits == 19.0); /* the escape of 8192, and 16 bits */

    uint64_t state = 3;
    uint8_t indices[count], stream[4096 * 4];
    int16_t values[count], back[count];
    for (int i = 0; i < count; i++) {
        indices[i] = (uint8_t)(i % rows);
        values[i] = (int16_t)(some_symbol(&state, 20) * (i % rows == 2 ? 9 : 1));
    }

    size_t written;
    OK(lac_rans_indexed_encode(tables, indices, 1, values, count, 0, stream, sizeof stream, &written));
    OK(lac_rans_indexed_decode(tables, stream, written, indices, 1, back, count));
    CHECK(memcmp(values, back, sizeof back) == 0);
    digest("cumulative", stream, written);
    indices[40] = rows;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_encode(tables, indices, 1, values, count, 0, stream, sizeof stream, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_decode(tables, stream, written, indices, 1, back, count));
    CHECK(all_zero(back, sizeof back));
    OK(lac_tables_destroy(&tables));

    cdfs[1][2] = 1;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_cdfs(cdfs[0], rows, longest, lengths, offsets, &tables));
    char text[256];
    lac_error_detail(text, sizeof text);
    CHECK(strstr(text, "Row 1") != NULL && tables == NULL);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_cdfs(NULL, rows, longest, lengths, offsets, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_cdfs(cdfs[0], rows, longest, NULL, offsets, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_cdfs(cdfs[0], rows, longest, lengths, NULL, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_cdfs(cdfs[0], rows, longest, lengths, offsets, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_cdfs(cdfs[0], 0, longest, lengths, offsets, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_cdfs(cdfs[0], rows, 702, lengths, offsets, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_cdfs(cdfs[0], SIZE_MAX, SIZE_MAX, lengths, offsets, &tables));
}

static void other_tables(void)
{
    lac_tables *tables = NULL, *read = NULL;
    const double scales[] = { 0.5, 4.0, 90.0 }, wrong[] = { 1.0, -2.0 };
    OK(lac_tables_create_scales(LAC_SHAPE_LAPLACE, scales, 3, &tables));
    size_t bound = lac_tables_write_bound(3), written, consumed;
    uint8_t* stored = check_alloc(bound);
    OK(lac_tables_write(tables, stored, bound, &written));
    digest("laplace", stored, written);
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_tables_write(tables, stored, written - 1, &consumed));
    OK(lac_tables_write(tables, stored, bound, &written));
    OK(lac_tables_read(stored, bound, 0, &read, &consumed));
    CHECK(consumed == written);
    double bits, same;
    OK(lac_tables_estimate(tables, "\0\1\2", 1, symbols, 3, &bits));
    OK(lac_tables_estimate(read, "\0\1\2", 1, symbols, 3, &same));
    CHECK(bits == same);
    OK(lac_tables_destroy(&read));
    REFUSED(LAC_E_INVALID_DATA, lac_tables_read(stored, written, 2, &read, &consumed));
    REFUSED(LAC_E_TRUNCATED, lac_tables_read(stored, written - 1, 0, &read, &consumed));
    CHECK(read == NULL && consumed == 0);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_read(stored, written, 0, NULL, &consumed));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_read(stored, written, 0, &read, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_read(NULL, 1, 0, &read, &consumed));
    uint64_t state = 8;
    uint8_t* damaged = check_alloc(written);
    for (int i = 0; i < 500; i++) {
        damage(&state, stored, damaged, written);
        lac_status status = lac_tables_read(damaged, written, 0, &read, &consumed);
        CHECK(status == LAC_OK || status == LAC_E_INVALID_DATA || status == LAC_E_TRUNCATED);
        CHECK((status == LAC_OK) == (read != NULL));
        OK(lac_tables_destroy(&read));
    }

    OK(lac_tables_destroy(&tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_scales(2, NULL, 0, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_scales(LAC_SHAPE_GAUSSIAN, wrong, 2, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_scales(LAC_SHAPE_GAUSSIAN, NULL, 2, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_scales(LAC_SHAPE_GAUSSIAN, NULL, 0, NULL));

    const double weights[2][3] = { { 1, 2, 1 }, { 0, 5, 0 } }, escapes[2] = { 0, 5 };
    const int32_t offsets[2] = { -1, 100 };
    OK(lac_tables_create_weights(weights[0], 2, 3, offsets, escapes, &tables));
    const int16_t hundred[1] = { 101 };
    OK(lac_tables_estimate(tables, "\1", 1, hundred, 1, &bits));
    CHECK(bits == 1.0);
    OK(lac_tables_destroy(&tables));
    OK(lac_tables_create_weights(weights[0], 2, 3, offsets, NULL, &tables));
    OK(lac_tables_destroy(&tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_weights(NULL, 2, 3, offsets, NULL, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_weights(weights[0], 2, 3, NULL, NULL, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_weights(weights[0], 2, 0, offsets, NULL, &tables));

    uint16_t groups[count / 100];
    OK(lac_tables_create_fitted(symbols, count, 100, 4, groups, &tables));
    digest("fitted", groups, sizeof groups);
    OK(lac_tables_destroy(&tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_fitted(symbols, count, 0, 4, groups, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_fitted(symbols, count, 100, 4, NULL, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_fitted(NULL, count, 100, 4, groups, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_fitted(symbols, count, 100, 0, groups, &tables));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_create_fitted(symbols, count, 100, 4, groups, NULL));
    CHECK(lac_tables_write_bound(0) == 0 && lac_tables_write_bound(65536) == 0);
    free(stored);
    free(damaged);
}

static void wide_symbols(void)
{
    int32_t values[count], back[count];
    uint64_t state = 11;
    for (int i = 0; i < count; i++) {
        values[i] = some_symbol(&state, 60) * 1000 + (int32_t)(some_number(&state) % 1000);
    }

    values[5] = INT32_MIN, values[6] = INT32_MAX;
    size_t capacity = lac_rans_wide_bound(count), written;
    uint8_t* stream = check_alloc(capacity);
    for (int32_t low = 0; low <= 16; low += 8) {
        OK(lac_rans_wide_encode(gaussian, narrow, 1, values, count, low, 0, stream, capacity, &written));
        OK(lac_rans_wide_decode(gaussian, stream, written, wide, 2, back, count));
        CHECK(memcmp(values, back, sizeof back) == 0);
        digest("wide", stream, written);
        REFUSED(LAC_E_BUFFER_TOO_SMALL,
            lac_rans_wide_encode(gaussian, narrow, 1, values, count, low, 0, stream, written - 1, &written));
    }

    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_wide_encode(gaussian, narrow, 1, values, count, 17, 0, stream, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_wide_encode(gaussian, narrow, 1, NULL, count, 8, 0, stream, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_wide_encode(gaussian, narrow, 1, values, count, 8, 0, stream, capacity, NULL));
    back[0] = 1;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_wide_decode(NULL, stream, 4, narrow, 1, back, count));
    CHECK(back[0] == 0);
    free(stream);
}

static void static_blocks(void)
{
    uint8_t block[count], back[count], stored[LAC_STATIC_TABLE_BYTES];
    uint32_t counts[256] = { 0 };
    for (int i = 0; i < count; i++) {
        block[i] = (uint8_t)symbols[i];
        counts[block[i]]++;
    }

    size_t capacity = lac_rans_static_bound(count), whole, bare, used, consumed;
    uint8_t* stream = check_alloc(capacity);
    OK(lac_rans_static_encode(NULL, block, count, 0, stream, capacity, &whole));
    digest("static", stream, whole);
    OK(lac_rans_static_decode(NULL, stream, whole, back, count));
    CHECK(memcmp(block, back, count) == 0);
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_rans_static_encode(NULL, block, count, 0, stream, whole - 1, &used));

    lac_static_table *table = NULL, *read = NULL;
    OK(lac_static_table_create(counts, &table));
    OK(lac_static_table_write(table, stored, sizeof stored, &used));
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_static_table_write(table, stored, used - 1, &consumed));
    OK(lac_static_table_write(table, stored, sizeof stored, &used));
    OK(lac_static_table_read(stored, sizeof stored, &read, &consumed));
    CHECK(used == consumed);
    OK(lac_rans_static_encode(table, block, count, 4, stream, capacity, &bare));
    OK(lac_rans_static_decode(read, stream, bare, back, count));
    CHECK(memcmp(block, back, count) == 0 && bare < whole);
    for (int i = 0; i < 256; i++) {
        if (counts[i] == 0) {
            block[0] = (uint8_t)i;
            REFUSED(LAC_E_INVALID_DATA, lac_rans_static_encode(table, block, count, 0, stream, capacity, &used));
            break;
        }
    }

    REFUSED(LAC_E_TRUNCATED, lac_static_table_read(stored, consumed - 1, &table, &used));
    CHECK(table == NULL && used == 0);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_static_table_read(stored, consumed, NULL, &used));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_static_table_read(stored, consumed, &table, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_static_table_create(NULL, &table));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_static_table_create(counts, NULL));
    memset(counts, 0, sizeof counts);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_static_table_create(counts, &table));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_static_encode((lac_static_table*)(void*)gaussian, block, count, 0, stream, capacity, &used));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_static_encode(NULL, block, count, 3, stream, capacity, &used));
    back[0] = 1;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_static_decode(FOREIGN(lac_static_table), stream, bare, back, count));
    CHECK(back[0] == 0);
    OK(lac_static_table_destroy(&read));
    free(stream);
}

static void encode_and_decode_refuse(void)
{
    uint8_t stream[64];
    size_t written = 99;
    int16_t back[8] = { 1 };
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_encode(NULL, narrow, 1, symbols, 8, 0, stream, 64, &written));
    CHECK(written == 0);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_encode(gaussian, NULL, 1, symbols, 8, 0, stream, 64, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_encode(gaussian, narrow, 0, symbols, 8, 0, stream, 64, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_encode(gaussian, narrow, 4, symbols, 8, 0, stream, 64, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_encode(gaussian, narrow, 1, NULL, 8, 0, stream, 64, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_encode(gaussian, narrow, 1, symbols, SIZE_MAX, 0, stream, 64, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_encode(gaussian, narrow, 1, symbols, 8, 2, stream, 64, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_encode(gaussian, narrow, 1, symbols, 8, 0, NULL, 64, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_encode(gaussian, narrow, 1, symbols, 8, 0, stream, 64, NULL));
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_rans_indexed_encode(gaussian, narrow, 1, symbols, 8, 0, NULL, 0, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_decode(NULL, stream, 8, narrow, 1, back, 8));
    CHECK(back[0] == 0);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_decode(gaussian, NULL, 8, narrow, 1, back, 8));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_decode(gaussian, stream, 8, NULL, 1, back, 8));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_decode(gaussian, stream, 8, narrow, 1, NULL, 8));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_decode(gaussian, stream, 8, narrow, 1, (int16_t*)(void*)(stream + 1), 8));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_rans_indexed_decode(FOREIGN(lac_tables), stream, 8, narrow, 1, back, 8));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_count(gaussian, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_estimate(gaussian, narrow, 1, symbols, 8, NULL));
    CHECK(lac_rans_indexed_bound((size_t)1 << 29) == 0 && lac_rans_wide_bound(SIZE_MAX) == 0 && lac_rans_static_bound(SIZE_MAX) == 0);
}

/* Any bytes give a status and symbols that are zero unless it is LAC_OK. */
static void damaged(void)
{
    size_t capacity = lac_rans_wide_bound(count), length;
    uint8_t *stream = check_alloc(capacity), *bad = check_alloc(capacity);
    int32_t values[count];
    int16_t back[count];
    uint64_t state = 13;
    OK(lac_rans_indexed_encode(gaussian, narrow, 1, symbols, count, 32, stream, capacity, &length));
    for (size_t cut = 0; cut < length; cut += 1 + cut / 16) {
        lac_status status = lac_rans_indexed_decode(gaussian, stream, cut, narrow, 1, back, count);
        CHECK(status == LAC_E_TRUNCATED || status == LAC_E_INVALID_DATA);
        CHECK(all_zero(back, sizeof back));
    }

    for (int i = 0; i < 1500; i++) {
        damage(&state, stream, bad, length);
        lac_status status = lac_rans_indexed_decode(gaussian, bad, length, narrow, 1, back, count);
        CHECK(status == LAC_OK || ((status == LAC_E_TRUNCATED || status == LAC_E_INVALID_DATA) && all_zero(back, sizeof back)));
    }

    for (int i = 0; i < count; i++) {
        values[i] = 100 * symbols[i];
    }

    OK(lac_rans_wide_encode(gaussian, narrow, 1, values, count, 4, 0, stream, capacity, &length));
    for (int i = 0; i < 1000; i++) {
        damage(&state, stream, bad, length);
        lac_status status = lac_rans_wide_decode(gaussian, bad, length, narrow, 1, values, count);
        CHECK(status == LAC_OK || ((status == LAC_E_TRUNCATED || status == LAC_E_INVALID_DATA) && all_zero(values, sizeof values)));
    }

    OK(lac_rans_static_encode(NULL, narrow, count, 0, stream, capacity, &length));
    for (int i = 0; i < 1000; i++) {
        damage(&state, stream, bad, length);
        lac_status status = lac_rans_static_decode(NULL, bad, length, (uint8_t*)back, count);
        CHECK(status == LAC_OK || ((status == LAC_E_TRUNCATED || status == LAC_E_INVALID_DATA) && all_zero(back, count)));
    }

    free(stream);
    free(bad);
}

int main(void)
{
    fill();
    OK(lac_tables_create_scales(LAC_SHAPE_GAUSSIAN, NULL, 0, &gaussian));
    known_bytes();
    round_trips();
    steps();
    cumulative();
    other_tables();
    wide_symbols();
    static_blocks();
    encode_and_decode_refuse();
    damaged();
    lac_tables* copy = gaussian;
    OK(lac_tables_destroy(&gaussian));
    CHECK(gaussian == NULL);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_tables_destroy(&copy));
    OK(lac_tables_destroy(NULL));
    return 0;
}
