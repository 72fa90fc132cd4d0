/* Encodes a small picture to a stream in memory, asks the stream what it holds, and decodes it again.
 * See README.md for how to build it. */

#include <lacuna/lacuna.h>
#include <stdio.h>
#include <stdlib.h>

enum { width = 256, height = 128, channels = 3, stride = width * channels };

static int fail(const char* what, lac_status status)
{
    char detail[256];
    lac_error_detail(detail, sizeof detail);
    fprintf(stderr, "%s: %s (%s)\n", what, lac_status_name(status), detail);
    return 1;
}

int main(void)
{
    static uint8_t pixels[stride * height], decoded[stride * height];
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            uint8_t* pixel = pixels + y * stride + x * channels;
            pixel[0] = (uint8_t)x;
            pixel[1] = (uint8_t)(2 * y);
            pixel[2] = (uint8_t)(255 - x);
        }
    }

    size_t capacity = lac_image_encode_bound(width, height, channels), written;
    uint8_t* stream = malloc(capacity);
    lac_image_encode_options how = LAC_IMAGE_ENCODE_OPTIONS_INIT;
    how.quality = 60;
    lac_status status = lac_image_encode(pixels, stride, width, height, channels, &how, stream, capacity, &written);
    if (status != LAC_OK) {
        return fail("encode", status);
    }

    lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
    status = lac_stream_info(stream, written, &properties);
    if (status != LAC_OK) {
        return fail("info", status);
    }

    status = lac_image_decode_into(stream, written, NULL, decoded, stride, sizeof decoded);
    if (status != LAC_OK) {
        return fail("decode", status);
    }

    printf("lacuna %s, instruction set level %d: %d x %d pixels in %zu bytes\n", lac_version_string(), (int)lac_isa_level(),
        (int)properties.width, (int)properties.height, written);
    free(stream);
    return 0;
}
