/* Two managed runtimes in one program: both start, collect and throw, one among the other's calls and on several threads. */

#include <pthread.h>

#include "../check.h"
#include "lacuna/lacuna.h"

int second_collect(int count);
int second_throw(int number);

enum { width = 64, height = 48, stride = 3 * width, rounds = 5 };

static void* work(void* unused)
{
    static uint8_t pixels[stride * height];
    size_t capacity = lac_image_encode_bound(width, height, LAC_PIXEL_RGB), written, first = 0;
    uint8_t* stream = check_alloc(capacity);
    for (int i = 0; i < rounds; i++) {
        CHECK(lac_image_encode(pixels, stride, width, height, LAC_PIXEL_RGB, NULL, stream, capacity, &written) == LAC_OK);
        CHECK(i == 0 || written == first);
        first = written;
        CHECK(second_collect(2000) == 2000);
        uint8_t decoded[3];
        CHECK(lac_image_decode_into(stream, written / 2, NULL, decoded, 3, sizeof decoded) < LAC_OK);
        CHECK(second_throw(17 + i) == 17 + i);
    }

    free(stream);
    return unused;
}

int main(void)
{
    CHECK(second_throw(3) == 3);
    CHECK(lac_abi_version() == LAC_ABI_VERSION);
    work(NULL);
    pthread_t threads[3];
    for (int i = 0; i < 3; i++) {
        CHECK(pthread_create(&threads[i], NULL, work, NULL) == 0);
    }

    for (int i = 0; i < 3; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
}
