/* Reads a stream, decodes it, encodes a picture of its own and decodes that, and shows how an error is reported.
 *
 *   example GOLDEN.LAC
 *
 * The examples in C++, Python and C# do the same and print the same lines: ../README.md. */

#include <lacuna/lacuna.h>
#include <stdio.h>
#include <stdlib.h>

enum { gradient_width = 256, gradient_height = 128 };

static void* memory(size_t bytes)
{
    void* block = malloc(bytes);
    if (block == NULL) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }

    return block;
}

/* Ends the program where a call failed, with the status in words and what the library knows beside. */
static void check(const char* what, lac_status status)
{
    if (status < LAC_OK) {
        char detail[256];
        lac_error_detail(detail, sizeof detail);
        fprintf(stderr, "%s: %s (%s)\n", what, lac_status_name(status), detail);
        exit(1);
    }
}

static uint8_t* read_file(const char* path, size_t* length)
{
    FILE* file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(1);
    }

    uint8_t* bytes = memory(1 << 20);
    *length = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}

/* Decodes a stream to RGB and prints the check of its pixels, rows without gaps. */
static lac_status decode(const char* name, const uint8_t* stream, size_t length)
{
    lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
    lac_status status = lac_stream_info(stream, length, &properties);
    if (status < LAC_OK) {
        return status;
    }

    ptrdiff_t stride = (ptrdiff_t)properties.width * LAC_PIXEL_RGB;
    size_t size = (size_t)stride * (size_t)properties.height;
    uint8_t* pixels = memory(size);
    lac_image_decode_options options = LAC_IMAGE_DECODE_OPTIONS_INIT;
    options.format = LAC_PIXEL_RGB;
    status = lac_image_decode_into(stream, length, &options, pixels, stride, size);
    if (status >= LAC_OK) {
        printf("%s: %d x %d, crc32c %08x\n", name, (int)properties.width, (int)properties.height, (unsigned)lac_crc32c(0, pixels, size));
    }

    free(pixels);
    return status;
}

/* Encodes a picture made here. */
static uint8_t* encode(size_t* length)
{
    size_t size = (size_t)gradient_width * gradient_height * LAC_PIXEL_RGB;
    uint8_t* pixels = memory(size);
    for (int y = 0; y < gradient_height; y++) {
        for (int x = 0; x < gradient_width; x++) {
            uint8_t* pixel = pixels + (y * gradient_width + x) * LAC_PIXEL_RGB;
            pixel[0] = (uint8_t)x;
            pixel[1] = (uint8_t)(2 * y);
            pixel[2] = (uint8_t)(255 - x);
        }
    }

    size_t capacity = lac_image_encode_bound(gradient_width, gradient_height, LAC_PIXEL_RGB);
    uint8_t* stream = memory(capacity);
    lac_image_encode_options options = LAC_IMAGE_ENCODE_OPTIONS_INIT;
    options.quality = 60;
    check("encode", lac_image_encode(pixels, gradient_width * LAC_PIXEL_RGB, gradient_width, gradient_height, LAC_PIXEL_RGB, &options,
        stream, capacity, length));
    printf("gradient: encoded, %zu bytes\n", *length);
    free(pixels);
    return stream;
}

int main(int argc, char** argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: example GOLDEN.LAC\n");
        return 2;
    }

    size_t length;
    uint8_t* golden = read_file(argv[1], &length);
    check("golden.lac", decode("golden.lac", golden, length));

    size_t written;
    uint8_t* gradient = encode(&written);
    check("gradient", decode("gradient", gradient, written));

    /* A stream cut short is an error, and nothing worse: a status, and for people its name and the detail. */
    lac_status status = decode("cut short", golden, length / 2);
    char detail[256];
    lac_error_detail(detail, sizeof detail);
    fprintf(stderr, "cut short: %s (%s)\n", lac_status_name(status), detail);
    printf("cut short: %s\n", status == LAC_E_TRUNCATED ? "truncated" : "another status");

    free(golden);
    free(gradient);
    return 0;
}
