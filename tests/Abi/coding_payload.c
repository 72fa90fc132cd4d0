/* lacuna/payload.h: round trips by every method, known bytes, limits, refusals and damage. */

#include "coding.h"

enum { length = 40000 };

static uint8_t source[length], back[length + 16];

static void known_bytes(void)
{
    /* docs/entropy.md */
    const uint8_t expected[] = { 0x4C, 0x41, 0x43, 0x9A, 0, 2, 7, 1, 0x61, 0x39, 0x84, 0xFF, 3, 0, 7, 0, 0x3F, 0x6A, 9, 0x1A };
    uint8_t payload[64];
    size_t written;
    OK(lac_compress("aaaaaaa", 7, NULL, payload, sizeof payload, &written));
    CHECK(written == sizeof expected && memcmp(payload, expected, written) == 0);
    OK(lac_decompress(payload, written, NULL, back, sizeof back, &written));
    CHECK(written == 7 && memcmp(back, "aaaaaaa", 7) == 0);
}

static void one_method(int32_t method, int32_t kind)
{
    lac_compress_options options = LAC_COMPRESS_OPTIONS_INIT;
    lac_payload_properties properties = LAC_PAYLOAD_PROPERTIES_INIT;
    options.method = method, options.float_kind = kind, options.chunk_bytes = 8192;
    size_t capacity = lac_compress_bound(length, &options), written, again;
    uint8_t *payload = (uint8_t*)check_alloc(capacity), *bad = (uint8_t*)check_alloc(capacity);
    OK(lac_compress(source, length, &options, payload, capacity, &written));
    if (method != LAC_METHOD_AUTO && method != LAC_METHOD_LZ4 && method != LAC_METHOD_LZ4_FRAME) {
        digest("payload", payload, written); /* LZ4's choices may differ between its versions */
    }

    OK(lac_payload_info(payload, written, &properties));
    CHECK(properties.bytes == length && properties.is_lz4_frame == (method == LAC_METHOD_LZ4_FRAME));
    CHECK(properties.is_lz4_frame || (properties.chunks == 5 && properties.max_chunk_bytes == 8192));
    OK(lac_decompress(payload, written, NULL, back, length, &again));
    CHECK(again == length && memcmp(source, back, length) == 0);
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_compress(source, length, &options, bad, written - 1, &again));
    CHECK(again == 0);
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_decompress(payload, written, NULL, back, length - 1, &again));
    REFUSED(LAC_E_TRUNCATED, lac_decompress(payload, written - 1, NULL, back, length, &again));

    options.threads = 3;
    OK(lac_compress(source, length, &options, bad, capacity, &again));
    CHECK(again == written && memcmp(payload, bad, written) == 0);

    lac_decompress_options limits = LAC_DECOMPRESS_OPTIONS_INIT;
    limits.max_bytes = length - 1;
    REFUSED(LAC_E_LIMIT_EXCEEDED, lac_decompress(payload, written, &limits, back, length, &again));

    uint64_t state = (uint64_t)method + 1;
    limits.max_bytes = 0, limits.threads = 2;
    lac_decompressor* decompressor = NULL;
    OK(lac_decompressor_create(&limits, &decompressor));
    for (int i = 0; i < 300; i++) {
        damage(&state, payload, bad, written);
        lac_status status = lac_decompressor_decompress(decompressor, bad, written, back, length, &again);
        CHECK(status != LAC_E_INTERNAL && status != LAC_E_INVALID_ARGUMENT && status <= LAC_OK);
        CHECK(again <= length && (method == LAC_METHOD_LZ4_FRAME || memcmp(source, back, again) == 0));
        status = lac_payload_info(bad, written, &properties);
        CHECK(status != LAC_E_INTERNAL && (status == LAC_OK || properties.bytes == 0));
    }

    OK(lac_decompressor_decompress(decompressor, payload, written, back, length, &again));
    OK(lac_decompressor_destroy(&decompressor));
    free(payload);
    free(bad);
}

static void handles(void)
{
    lac_compressor* compressor = NULL;
    lac_compress_options options = LAC_COMPRESS_OPTIONS_INIT;
    uint8_t payload[600];
    size_t first, second;
    OK(lac_compressor_create(&options, &compressor));
    OK(lac_compressor_compress(compressor, source, 500, payload, sizeof payload, &first));
    OK(lac_compressor_compress(compressor, source, 500, payload, sizeof payload, &second));
    CHECK(first == second);
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_compressor_compress(compressor, source, 500, payload, 4, &second));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compressor_compress(compressor, NULL, 500, payload, sizeof payload, &second));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compressor_compress(compressor, source, 500, NULL, sizeof payload, &second));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compressor_compress(compressor, source, 500, payload, sizeof payload, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compressor_compress(NULL, source, 500, payload, sizeof payload, &second));
    lac_decompressor* wrong = (lac_decompressor*)(void*)compressor;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decompressor_decompress(wrong, payload, first, back, 500, &second));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decompressor_destroy(&wrong));
    lac_compressor* copy = compressor;
    OK(lac_compressor_destroy(&compressor));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compressor_compress(copy, source, 500, payload, sizeof payload, &second));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compressor_destroy(&copy));
    OK(lac_compressor_destroy(NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compressor_create(&options, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decompressor_create(NULL, NULL));
}

static void refuses(void)
{
    uint8_t payload[256];
    size_t written = 9;
    lac_payload_properties properties = LAC_PAYLOAD_PROPERTIES_INIT;
    const int32_t chunks[] = { 0, 1023, (1 << 24) + 1 };
    const uint32_t sizes[] = { 0, 8, sizeof(lac_compress_options) - 1, UINT32_MAX };
    for (int i = 0; i < 3; i++) {
        lac_compress_options options = LAC_COMPRESS_OPTIONS_INIT;
        options.chunk_bytes = chunks[i];
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_compress(source, 9, &options, payload, sizeof payload, &written));
        CHECK(written == 0 && lac_compress_bound(9, &options) == 0);
    }

    for (int i = 0; i < 4; i++) {
        lac_compress_options options = LAC_COMPRESS_OPTIONS_INIT;
        lac_decompress_options limits = LAC_DECOMPRESS_OPTIONS_INIT;
        options.struct_size = sizes[i], limits.struct_size = i == 2 ? sizeof limits - 1 : sizes[i];
        properties.struct_size = limits.struct_size;
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_compress(source, 9, &options, payload, sizeof payload, &written));
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_decompress(payload, 9, &limits, back, sizeof back, &written));
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_payload_info(payload, 9, &properties));
    }

    lac_compress_options options = LAC_COMPRESS_OPTIONS_INIT;
    options.method = 7;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compress(source, 9, &options, payload, sizeof payload, &written));
    options.method = 0, options.float_kind = 0;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compress(source, 9, &options, payload, sizeof payload, &written));
    options.float_kind = 1, options.lz4_level = 13;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compress(source, 9, &options, payload, sizeof payload, &written));
    options.lz4_level = 0, options.threads = 257;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compress(source, 9, &options, payload, sizeof payload, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compress(NULL, 9, NULL, payload, sizeof payload, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compress(source, 9, NULL, NULL, sizeof payload, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_compress(source, 9, NULL, payload, sizeof payload, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decompress(NULL, 9, NULL, back, sizeof back, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decompress(payload, 9, NULL, NULL, sizeof back, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decompress(payload, 9, NULL, back, sizeof back, NULL));
    REFUSED(LAC_E_NOT_A_STREAM, lac_decompress("GIF89a...", 9, NULL, back, sizeof back, &written));
    properties.struct_size = sizeof properties;
    REFUSED(LAC_E_NOT_A_STREAM, lac_payload_info("GIF89a...", 9, &properties));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_payload_info(NULL, 9, &properties));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_payload_info(payload, 9, NULL));
    OK(lac_compress(NULL, 0, NULL, payload, sizeof payload, &written));
    OK(lac_decompress(payload, written, NULL, NULL, 0, &written));
    CHECK(written == 0 && lac_compress_bound(SIZE_MAX, NULL) == 0);
}

int main(void)
{
    uint64_t state = 77;
    for (int i = 0; i < length; i++) {
        source[i] = (uint8_t)(i % 2 ? 60 + some_symbol(&state, 3) : some_symbol(&state, 40));
    }

    known_bytes();
    for (int32_t method = LAC_METHOD_AUTO; method <= LAC_METHOD_LZ4_FRAME; method++) {
        one_method(method, LAC_FLOAT_BFLOAT16);
    }

    for (int32_t kind = LAC_FLOAT_BFLOAT16; kind <= LAC_FLOAT_FLOAT32; kind++) {
        one_method(LAC_METHOD_FLOATS, kind);
    }

    handles();
    refuses();
    return 0;
}
