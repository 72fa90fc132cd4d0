/* A child of a process that has called the library may decode, with one thread. */

#define _POSIX_C_SOURCE 200809L
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "lacuna/lacuna.h"

enum { width = 64, height = 48, stride = 3 * width };

static void round_trip(int threads)
{
    static uint8_t pixels[stride * height];
    size_t capacity = lac_image_encode_bound(width, height, LAC_PIXEL_RGB), written;
    uint8_t* stream = check_alloc(capacity);
    lac_image_encode_options encode = LAC_IMAGE_ENCODE_OPTIONS_INIT;
    lac_image_decode_options decode = LAC_IMAGE_DECODE_OPTIONS_INIT;
    encode.threads = decode.threads = threads;
    CHECK(lac_image_encode(pixels, stride, width, height, LAC_PIXEL_RGB, &encode, stream, capacity, &written) == LAC_OK);
    for (int i = 0; i < 20; i++) {
        CHECK(lac_image_decode_into(stream, written, &decode, pixels, stride, sizeof pixels) == LAC_OK);
    }

    free(stream);
}

int main(void)
{
    round_trip(2);
    for (int i = 0; i < 3; i++) {
        pid_t child = fork();
        CHECK(child >= 0);
        if (child == 0) {
            alarm(60);
            round_trip(1);
            _exit(0);
        }

        int status;
        CHECK(waitpid(child, &status, 0) == child && status == 0);
        round_trip(2);
    }
}
