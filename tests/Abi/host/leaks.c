/* leaks CYCLES [counters]: decoders and encoders made, used and destroyed again and again leave nothing behind, by the library's own
 * counters and by the process's; with `counters` by the former alone, for a process that a tool watches. */

#define _DEFAULT_SOURCE
#include <malloc.h>
#include <unistd.h>

#include "../picture.h"
#include "../streams.h"

enum { width = 12, height = 9, channels = 2, row = width * channels };

static coded stream, damaged;
static uint8_t pixels[row * height];

/* The calls for one picture, which make and destroy all that they need. */
static void at_once(int number)
{
    uint8_t bytes[4096], decoded[row * height];
    size_t written;
    CHECK(lac_image_encode(pixels, row, width, height, channels, NULL, bytes, sizeof bytes, &written) == LAC_OK);
    bytes[written / 2] ^= number % 2;
    CHECK(lac_image_decode_into(bytes, written, NULL, decoded, row, sizeof decoded) == (number % 2 ? LAC_E_INVALID_DATA : LAC_OK));
}

/* Every way out of a decoder and an encoder: taken, not taken, half sent, failed, retained. */
static void cycle(int number)
{
    lac_decoder_options decode = LAC_DECODER_OPTIONS_INIT;
    lac_encoder_options encode = LAC_ENCODER_OPTIONS_INIT;
    lac_decoder* decoder = NULL;
    lac_encoder* encoder = NULL;
    lac_model* model = NULL;
    lac_frame frame = LAC_FRAME_INIT, other = LAC_FRAME_INIT;
    CHECK(lac_model_default(&model) == LAC_OK);
    decode.threads = 1 + number % 2, decode.models = (const lac_model* const*)&model, decode.model_count = 1;
    encode.threads = 1 + number % 2, encode.model = model;
    CHECK(lac_decoder_create(&decode, &decoder) == LAC_OK && lac_encoder_create(&encode, &encoder) == LAC_OK);
    CHECK(lac_model_release(&model) == LAC_OK);

    lac_packet packet = coded_packet(number % 5 == 3 ? &damaged : &stream);
    CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
    lac_status status = lac_decoder_get(decoder, &frame);
    CHECK(status == (number % 5 == 3 ? LAC_E_INVALID_DATA : LAC_OK));
    if (status == LAC_OK) {
        CHECK(lac_frame_retain(&other, &frame) == LAC_OK && lac_frame_release(&frame) == LAC_OK);
    }

    packet.size /= 1 + number % 2;
    packet.data = stream.bytes;
    CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK && lac_frame_release(&other) == LAC_OK);

    lac_frame picture = LAC_FRAME_INIT;
    picture.format = channels, picture.width = width, picture.height = height;
    picture.planes[0] = pixels, picture.strides[0] = row;
    CHECK(lac_encoder_send(encoder, &picture) == LAC_OK);
    lac_packet made = LAC_PACKET_INIT;
    if (number % 3 != 0) {
        CHECK(lac_encoder_get(encoder, &made) == LAC_OK && lac_packet_release(&made) == LAC_OK);
    }

    CHECK(lac_encoder_destroy(&encoder) == LAC_OK);
    at_once(number);
}

static long resident_bytes(void)
{
    long all = 0, resident = 0;
    FILE* file = fopen("/proc/self/statm", "r");
    CHECK(file != NULL && fscanf(file, "%ld %ld", &all, &resident) == 2);
    fclose(file);
    return resident * sysconf(_SC_PAGESIZE);
}

static long long allocated(void)
{
    return (long long)mallinfo2().uordblks;
}

static long open_files(void)
{
    long count = 0;
    for (int i = 0; i < 1024; i++) {
        count += dup2(i, i) == i;
    }

    return count;
}

int main(int argc, char** argv)
{
    enum { most_managed = 32 << 20, most_malloc = 64 << 10, most_resident = 8 << 20 };
    CHECK(argc > 1);
    int cycles = atoi(argv[1]), watched = argc > 2;
    stream = coded_make(width, height, channels, 50);
    damaged = coded_copy(&stream);
    damaged.bytes[damaged.length - 1] ^= 1;
    picture_fill(pixels, width, height, channels);
    for (int i = 0; i < (watched ? 1 : cycles / 10); i++) {
        cycle(i);
    }

    lac_counters before = counters();
    long long malloced = allocated();
    long resident = resident_bytes(), files = open_files();
    CHECK(before.handles == 0);
    uint64_t most = 0;
    for (int i = 0; i < cycles; i++) {
        cycle(i);
        lac_counters now = counters();
        CHECK(now.handles == 0);
        most = now.managed_bytes > most ? now.managed_bytes : most;
    }

    lac_counters after = counters();
    printf("%d cycles: native %lld, malloc %lld, resident %ld bytes more; managed at most %llu, %llu allocated a cycle\n", cycles,
        (long long)(after.native_bytes - before.native_bytes), allocated() - malloced, resident_bytes() - resident,
        (unsigned long long)most, (unsigned long long)((after.managed_allocated - before.managed_allocated) / (uint64_t)cycles));
    CHECK(after.native_bytes == before.native_bytes);
    CHECK(watched || (allocated() - malloced < most_malloc && resident_bytes() - resident < most_resident));
    CHECK(most < most_managed);
    CHECK(open_files() == files);
    coded_free(&stream);
    coded_free(&damaged);
    return 0;
}
