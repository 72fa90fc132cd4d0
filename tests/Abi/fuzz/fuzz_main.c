/* fuzz_decoder SECONDS FILES...: each file, then damaged copies of them with fixed seeds, through LLVMFuzzerTestOneInput.
 * fuzz_decoder 0 FILE: one input as a fuzzer found it.
 * Where a copy ends the process, `fuzz-crash` in the working folder holds it. */

#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "../streams.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

enum { most_bytes = 1 << 16, mark_bytes = 2 };

static uint8_t input[most_bytes];
static size_t length;
static uint64_t state;

static uint32_t below(size_t bound)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return bound == 0 ? 0 : (uint32_t)((state >> 33) % bound);
}

/* Makes room for `count` bytes at a place, or takes them away. */
static void resize(size_t at, size_t count, int grow)
{
    if (grow && length + count <= most_bytes) {
        memmove(input + at + count, input + at, length - at);
        length += count;
    } else if (!grow && at + count <= length) {
        memmove(input + at, input + at + count, length - at - count);
        length -= count;
    }
}

/* A place, as often as not among the first bytes, where headers are. */
static size_t place(void)
{
    return below(below(2) && length > 40 ? 40 : length);
}

static void change(const coded* other)
{
    static const uint8_t edges[] = { 0, 1, 0x7F, 0x80, 0xFE, 0xFF };
    size_t at = place();
    switch (length == 0 ? 5 : below(7)) {
    case 0:
    case 1:
        input[at] ^= (uint8_t)(1 << below(8));
        break;
    case 2:
        input[at] = below(2) ? edges[below(sizeof edges)] : (uint8_t)below(256);
        break;
    case 3:
        resize(at, 1 + below(16), 0);
        break;
    case 4:
        length = at;
        break;
    case 5:
        resize(at, 1 + below(16), 1);
        break;
    default: {
        size_t first = below(other->length), count = other->length - first;
        length = at + count <= most_bytes ? at : length;
        if (length == at) {
            memcpy(input + at, other->bytes + first, count);
            length += count;
        }
    }
    }
}

/* Sets the checksum of every packet that can be found, so that damage reaches what lies behind it. */
static void repair(void)
{
    for (size_t at = 0; at + mark_bytes + 3 < length; at++) {
        if (input[at] != 0xB7 || input[at + 1] != 0x4C) {
            continue;
        }

        size_t payload = 0, next = at + mark_bytes + 2;
        for (int shift = 0; next < length && shift < 28; shift += 7) {
            payload |= (size_t)(input[next] & 0x7F) << shift;
            if (input[next++] < 0x80) {
                break;
            }
        }

        if (payload + 4 <= length - next) {
            uint32_t check = crc32c(0, input + at + mark_bytes, next + payload - at - mark_bytes);
            for (int i = 0; i < 4; i++) {
                input[next + payload + i] = (uint8_t)(check >> 8 * i);
            }
        }
    }
}

static void keep(int number)
{
    FILE* file = fopen("fuzz-crash", "wb");
    if (file != NULL) {
        fwrite(input, 1, length, file);
        fclose(file);
    }

    signal(number, SIG_DFL);
    raise(number);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void load(const coded* file)
{
    length = file->length < most_bytes ? file->length : most_bytes;
    memcpy(input, file->bytes, length);
}

int main(int argc, char** argv)
{
    CHECK(argc > 2);
    int count = argc - 2;
    double seconds = atof(argv[1]), begin = now();
    coded* files = check_alloc((size_t)count * sizeof *files);
    signal(SIGABRT, keep);
    for (int i = 0; i < count; i++) {
        files[i] = coded_read(argv[i + 2]);
        load(&files[i]);
        if (seconds > 0) {
            resize(0, 2, 1);
            input[0] = 8 + 16, input[1] = 255;
        }

        LLVMFuzzerTestOneInput(input, length);
    }

    unsigned runs = 0;
    for (; now() - begin < seconds; runs++) {
        state = runs;
        below(1);
        load(&files[below((size_t)count)]);
        for (uint32_t changes = below(5); changes > 0; changes--) {
            change(&files[below((size_t)count)]);
        }

        if (below(4) != 0) {
            repair();
        }

        resize(0, 2, 1);
        input[0] = (uint8_t)below(256), input[1] = (uint8_t)below(256);
        LLVMFuzzerTestOneInput(input, length);
    }

    printf("%d files, %u damaged copies\n", count, runs);
    for (int i = 0; i < count; i++) {
        coded_free(&files[i]);
    }

    free(files);
    return 0;
}
