/* allocations THREADS CHANNELS: once a decoder is warm, a frame allocates nothing: not on the library's collected
 * heap, and no memory of the host's. */

#include "../host.h"
#include "../streams.h"

enum { warm = 5, frames = 50, rounds = 8 };

static void decode(lac_decoder* decoder, const coded* stream)
{
    lac_packet packet = coded_packet(stream);
    lac_frame frame = LAC_FRAME_INIT;
    uint64_t hash;
    CHECK(lac_decoder_send(decoder, &packet) == LAC_OK && lac_decoder_send(decoder, &packet) == LAC_AGAIN);
    CHECK(lac_decoder_get(decoder, &frame) == LAC_OK && lac_decoder_state_hash(decoder, &hash) == LAC_OK);
    CHECK(lac_frame_release(&frame) == LAC_OK && lac_decoder_get(decoder, &frame) == LAC_AGAIN);
}

static int32_t hear(void* context, double done)
{
    *(int*)context += done >= 0;
    return 0;
}

/* Bytes that frames allocate on the collected heap once workers have what they need. Which worker does what is chance, so that one may
 * get its first piece late: there are some rounds for that. */
static uint64_t steady(lac_decoder_options* options, const coded* streams, int count)
{
    host_heap heap = { 0, 0, 0, 0, 0, 0, 0 };
    lac_decoder* decoder = NULL;
    options->memory = host_memory(&heap);
    CHECK(lac_decoder_create(options, &decoder) == LAC_OK);
    for (int i = 0; i < warm * count; i++) {
        decode(decoder, &streams[i % count]);
    }

    uint64_t allocated = 1;
    for (int round = 0; round < (options->threads == 1 ? 1 : rounds) && allocated > 0; round++) {
        lac_counters before = counters(), again = counters();
        CHECK(again.managed_allocated == before.managed_allocated);
        int calls = heap.calls;
        for (int i = 0; i < frames; i++) {
            decode(decoder, &streams[i % count]);
        }

        lac_counters after = counters();
        CHECK(after.handles == before.handles);
        allocated = after.managed_allocated - again.managed_allocated;
        allocated += after.native_bytes - before.native_bytes + (uint64_t)(heap.calls - calls);
    }

    CHECK(lac_decoder_destroy(&decoder) == LAC_OK && heap.live == 0);
    return allocated;
}

int main(int argc, char** argv)
{
    CHECK(argc == 3);
    int threads = atoi(argv[1]), channels = atoi(argv[2]), reports = 0;
    coded streams[] = { coded_make(64, 40, channels, 50), coded_make(90, 61, channels, 80), coded_make(33, 17, channels, 50) };
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    options.threads = threads;
    uint64_t one = steady(&options, streams, 1);
    uint64_t many = steady(&options, streams, 3);
    options.format = LAC_PIXEL_RGBA_PLANAR;
    options.progress.context = &reports, options.progress.report = hear;
    uint64_t planar = steady(&options, streams, 2);
    host_threads own = { RUNNER_BACKWARD, 3, 0 };
    options.runner = host_runner(&own);
    uint64_t hosts = steady(&options, streams, 1);
    printf("%d threads, %d channels: %llu bytes for %d frames of one shape, %llu of three shapes and qualities, %llu planar with progress, "
        "%llu with a runner\n", threads, channels, (unsigned long long)one, frames, (unsigned long long)many,
        (unsigned long long)planar, (unsigned long long)hosts);
    CHECK(one == 0 && planar == 0 && reports > 0 && own.loops > 0);
    CHECK(many == 0 && hosts == 0);
    for (int i = 0; i < 3; i++) {
        coded_free(&streams[i]);
    }

    return 0;
}
