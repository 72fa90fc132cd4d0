/* Wrong arguments, short buffers, damaged streams: a status and a text each time, and outputs as the header promises. */

#include <math.h>

#include "picture.h"
#include "streams.h"

enum { width = 48, height = 40, channels = 3, row = width * channels, area = row * height, edge = 16 };

static uint8_t pixels[area];
static uint8_t* stream;
static size_t capacity, length;

static lac_status encode(const lac_image_encode_options* options, uint8_t* destination, size_t bytes, size_t* written)
{
    return lac_image_encode(pixels, row, width, height, channels, options, destination, bytes, written);
}

static void encode_refuses(void)
{
    size_t written = 99;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_encode(NULL, row, width, height, channels, NULL, stream, capacity, &written));
    CHECK(written == 0);
    REFUSED(LAC_E_INVALID_ARGUMENT, encode(NULL, NULL, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, encode(NULL, stream, capacity, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_encode(pixels, row, 0, height, channels, NULL, stream, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_encode(pixels, row, width, -1, channels, NULL, stream, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_encode(pixels, 65536, 65536, 1, 1, NULL, stream, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_encode(pixels, row, width, height, 0, NULL, stream, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_encode(pixels, row, width / 2, height, 9, NULL, stream, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_encode(pixels, row - 1, width, height, channels, NULL, stream, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_encode(pixels, PTRDIFF_MIN, width, height, channels, NULL, stream, capacity, &written));
    REFUSED(LAC_E_LIMIT_EXCEEDED, lac_image_encode(pixels, 65535 * 4, 65535, 65535, 4, NULL, stream, capacity, &written));
    CHECK(lac_image_encode_bound(0, 1, 3) == 0 && lac_image_encode_bound(1, 65536, 3) == 0 && lac_image_encode_bound(1, 1, 9) == 0);
    CHECK(lac_image_encode_bound(65535, 65535, 3) == 0);
    CHECK(lac_image_encode_bound(65535, 8000, 4) > lac_image_encode_bound(65535, 8000, 3));

    memset(stream, 0xA5, length);
    REFUSED(LAC_E_BUFFER_TOO_SMALL, encode(NULL, stream, length - 1, &written));
    CHECK(written == 0 && stream[0] == 0xA5);
    CHECK(encode(NULL, stream, length, &written) == LAC_OK && written == length);
}

static void options_are_checked(void)
{
    const lac_image_encode_options good = LAC_IMAGE_ENCODE_OPTIONS_INIT;
    lac_image_encode_options bad = good;
    size_t written;
    const double qualities[] = { -0.1, 100.1, NAN, INFINITY };
    for (int i = 0; i < 4; i++) {
        bad.quality = qualities[i];
        REFUSED(LAC_E_INVALID_ARGUMENT, encode(&bad, stream, capacity, &written));
    }

    bad = good;
    bad.threads = -1;
    REFUSED(LAC_E_INVALID_ARGUMENT, encode(&bad, stream, capacity, &written));
    bad = good;
    bad.max_bytes = -1;
    REFUSED(LAC_E_INVALID_ARGUMENT, encode(&bad, stream, capacity, &written));

    lac_image_decode_options decode = LAC_IMAGE_DECODE_OPTIONS_INIT;
    uint8_t decoded[area];
    decode.max_pixels = width * height - 1;
    REFUSED(LAC_E_LIMIT_EXCEEDED, lac_image_decode_into(stream, length, &decode, decoded, row, area));
    decode.max_pixels = -1;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_decode_into(stream, length, &decode, decoded, row, area));
    decode.max_pixels = 0;
    decode.reserved = 1;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_decode_into(stream, length, &decode, decoded, row, area));
    decode.reserved = 0;
    const int formats[] = { -1, 9, LAC_PIXEL_RGB_PLANAR, LAC_PIXEL_RGBA_PLANAR };
    for (int i = 0; i < 4; i++) {
        decode.format = formats[i];
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_decode_into(stream, length, &decode, decoded, row, area));
    }

    decode.format = LAC_PIXEL_RGBA;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_decode_into(stream, length, &decode, decoded, row, area));
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_image_decode_into(stream, length, &decode, decoded, 4 * width, area));
}

static void structures_of_other_versions(void)
{
    struct {
        lac_image_encode_options known;
        int64_t later;
    } newer = { LAC_IMAGE_ENCODE_OPTIONS_INIT, 0 };
    size_t written;
    newer.known.struct_size = sizeof newer;
    CHECK(encode(&newer.known, stream, capacity, &written) == LAC_OK);
    newer.later = 1;
    REFUSED(LAC_E_INVALID_ARGUMENT, encode(&newer.known, stream, capacity, &written));

    const uint32_t wrong[] = { 0, 4, sizeof(lac_image_encode_options) - 1, UINT32_MAX };
    for (int i = 0; i < 4; i++) {
        newer.known.struct_size = wrong[i];
        REFUSED(LAC_E_INVALID_ARGUMENT, encode(&newer.known, stream, capacity, &written));
    }

    struct {
        lac_stream_properties known;
        int64_t later;
    } result = { LAC_STREAM_PROPERTIES_INIT, -1 };
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_stream_info(stream, length, NULL));
    result.known.struct_size = 8;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_stream_info(stream, length, &result.known));
    result.known.struct_size = sizeof result;
    CHECK(lac_stream_info(stream, length, &result.known) == LAC_OK);
    CHECK(result.known.struct_size == sizeof result && result.known.width == width && result.later == 0);

    REFUSED(LAC_E_NOT_A_STREAM, lac_stream_info((const uint8_t*)"\x89PNG\r\n\x1a\n", 8, &result.known));
    CHECK(result.known.struct_size == sizeof result && result.known.width == 0 && result.known.model == 0);
}

static void strides(void)
{
    enum { wide = row + 7 };
    static uint8_t plain[area], spread[wide * height + edge], upside[area];
    CHECK(lac_image_decode_into(stream, length, NULL, plain, row, area) == LAC_OK);

    memset(spread, 0xA5, sizeof spread);
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_image_decode_into(stream, length, NULL, spread, wide, wide * (height - 1) + row - 1));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_decode_into(stream, length, NULL, spread, row - 1, sizeof spread));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_decode_into(stream, length, NULL, NULL, row, area));
    CHECK(spread[0] == 0xA5);
    CHECK(lac_image_decode_into(stream, length, NULL, spread, wide, wide * (height - 1) + row) == LAC_OK);
    CHECK(lac_image_decode_into(stream, length, NULL, upside + row * (height - 1), -row, area) == LAC_OK);
    for (int y = 0; y < height; y++) {
        CHECK(memcmp(spread + wide * y, plain + row * y, row) == 0);
        CHECK(spread[wide * y + row] == 0xA5 && spread[wide * (y + 1) - 1] == 0xA5);
        CHECK(memcmp(upside + row * (height - 1 - y), plain + row * y, row) == 0);
    }

    size_t again;
    uint8_t* other = check_alloc(capacity);
    static uint8_t turned[area];
    for (int y = 0; y < height; y++) {
        memcpy(turned + row * (height - 1 - y), pixels + row * y, row);
    }

    CHECK(lac_image_encode(turned + row * (height - 1), -row, width, height, channels, NULL, other, capacity, &again) == LAC_OK);
    CHECK(again == length && memcmp(other, stream, length) == 0);
    free(other);
}

enum { apart = row + 5 };

/* Decodes into rows that lie apart: their bytes are as they were, or all zero on failure; the bytes between them are as they were. */
static lac_status decode_apart(const uint8_t* bytes, size_t count)
{
    static uint8_t decoded[apart * height];
    memset(decoded, 0xA5, sizeof decoded);
    check_mark();
    lac_status status = lac_image_decode_into(bytes, count, NULL, decoded, apart, sizeof decoded);
    if (status != LAC_OK) {
        check_refused(__FILE__, __LINE__, status, status);
        CHECK(decoded[0] == 0xA5 || decoded[0] == 0);
    }

    for (int i = 0; i < apart * height; i++) {
        CHECK(i % apart < row ? status == LAC_OK || decoded[i] == decoded[0] : decoded[i] == 0xA5);
    }

    return status;
}

static void damaged_streams(void)
{
    static uint8_t decoded[area];
    uint8_t* damaged = check_alloc(length);
    for (size_t cut = 0; cut < length; cut++) {
        memcpy(damaged, stream, cut);
        lac_status status = decode_apart(damaged, cut);
        CHECK(status == LAC_E_TRUNCATED || status == LAC_E_NOT_A_STREAM);
    }

    for (size_t bit = 0; bit < 8 * length; bit += 5) {
        memcpy(damaged, stream, length);
        damaged[bit / 8] ^= (uint8_t)(1 << bit % 8);
        CHECK(decode_apart(damaged, length) <= LAC_E_TRUNCATED);
    }

    /* Damage that no checksum tells: another picture, or a failure once decoding has begun. */
    int failed = 0;
    for (size_t bit = 8 * length - 40; bit > 8 * length / 2; bit -= 23) {
        memcpy(damaged, stream, length);
        damaged[bit / 8] ^= (uint8_t)(1 << bit % 8);
        packets_repair(damaged, length);
        lac_status status = decode_apart(damaged, length);
        CHECK(status == LAC_OK || status == LAC_E_INVALID_DATA);
        failed += status != LAC_OK;
    }

    CHECK(failed > 0);
    memcpy(damaged, stream, length);
    packets_repair(damaged, length);
    CHECK(memcmp(damaged, stream, length) == 0 && decode_apart(damaged, length) == LAC_OK);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_image_decode_into(NULL, 1, NULL, decoded, row, area));
    free(damaged);
}

static void texts(void)
{
    char whole[256], cut[8];
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_stream_info(NULL, 1, NULL));
    size_t bytes = lac_error_detail(whole, sizeof whole);
    CHECK(bytes == strlen(whole) && bytes > sizeof cut);
    CHECK(lac_error_detail(cut, sizeof cut) == bytes && strlen(cut) == sizeof cut - 1 && strncmp(cut, whole, sizeof cut - 1) == 0);
    CHECK(lac_error_detail(NULL, 0) == bytes && lac_error_detail(cut, 0) == bytes);

    for (lac_status status = LAC_END; status >= LAC_E_CANCELLED; status--) {
        CHECK(strlen(lac_status_name(status)) > 0);
    }

    CHECK(strcmp(lac_status_name(LAC_E_TRUNCATED), lac_status_name(12345)) != 0);
}

int main(void)
{
    picture_fill(pixels, width, height, channels);
    capacity = lac_image_encode_bound(width, height, channels);
    stream = check_alloc(capacity);
    CHECK(lac_error_detail(NULL, 0) == 0);
    CHECK(encode(NULL, stream, capacity, &length) == LAC_OK);

    encode_refuses();
    options_are_checked();
    structures_of_other_versions();
    strides();
    damaged_streams();
    texts();
    free(stream);
    return 0;
}
