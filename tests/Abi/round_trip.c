/* Encodes and decodes generated pictures through the C library, and prints a hash of each stream and of what it decodes to.
 *   round_trip [small|large] [THREADS]
 * All levels, thread counts and machines must print the same. */

#include <inttypes.h>
#include <string.h>

#include "check.h"
#include "lacuna/lacuna.h"
#include "picture.h"

/* 24 dB; quality 20 on a picture of 41 x 23 pixels comes nearest. */
static const double error_limit = 260;

typedef struct {
    int width, height, channels;
    double quality;
} shape;

static const shape small_shapes[] = { { 64, 61, 3, 50 }, { 41, 23, 4, 20 }, { 17, 50, 1, 90 }, { 1, 1, 2, 0 } };
/* Two regions and two tiles each. */
static const shape large_shapes[] = { { 1100, 70, 3, 60 }, { 90, 1050, 1, 35 } };

static void round_trip(const shape* s, int threads)
{
    size_t length = (size_t)s->width * s->height * s->channels;
    size_t capacity = lac_image_encode_bound(s->width, s->height, s->channels);
    ptrdiff_t stride = (ptrdiff_t)s->width * s->channels;
    size_t written = 0, again = 0;
    uint8_t *pixels = check_alloc(length), *decoded = check_alloc(length);
    uint8_t *stream = check_alloc(capacity), *second = check_alloc(capacity);

    lac_image_encode_options how = LAC_IMAGE_ENCODE_OPTIONS_INIT;
    how.quality = s->quality;
    how.threads = threads;
    picture_fill(pixels, s->width, s->height, s->channels);
    CHECK(lac_image_encode(pixels, stride, s->width, s->height, s->channels, &how, stream, capacity, &written) == LAC_OK);
    CHECK(lac_image_encode(pixels, stride, s->width, s->height, s->channels, &how, second, capacity, &again) == LAC_OK);
    CHECK(written > 0 && written <= capacity);
    CHECK(written == again && memcmp(stream, second, written) == 0);

    lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
    CHECK(lac_stream_info(stream, written, &properties) == LAC_OK);
    CHECK(properties.struct_size == sizeof properties && properties.has_model == 1 && properties.model != 0);
    CHECK(properties.width == s->width && properties.height == s->height && properties.channels == s->channels);
    CHECK(properties.quality > s->quality - 0.1 && properties.quality < s->quality + 0.1);

    lac_image_decode_options decode = LAC_IMAGE_DECODE_OPTIONS_INIT;
    decode.threads = threads;
    CHECK(lac_image_decode_into(stream, written, &decode, decoded, stride, length) == LAC_OK);
    CHECK(s->width == 1 || picture_error(pixels, decoded, length) < error_limit);

    printf("%dx%dx%d quality %g: stream %zu bytes %016" PRIx64 ", pixels %016" PRIx64 "\n", s->width, s->height, s->channels,
        s->quality, written, picture_hash(stream, written), picture_hash(decoded, length));
    free(pixels);
    free(decoded);
    free(stream);
    free(second);
}

int main(int argc, char** argv)
{
    int large = argc > 1 && strcmp(argv[1], "large") == 0;
    int threads = argc > 2 ? atoi(argv[2]) : 0;
    const shape* shapes = large ? large_shapes : small_shapes;
    size_t count = large ? sizeof large_shapes / sizeof *large_shapes : sizeof small_shapes / sizeof *small_shapes;
    for (size_t i = 0; i < count; i++) {
        round_trip(&shapes[i], threads);
    }

    return 0;
}
