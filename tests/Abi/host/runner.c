/* Loops on the host's threads: the same bits, and a runner that fails, forgets, repeats or miscounts. */

#include "../host.h"
#include "../picture.h"
#include "decoders.h"

static coded small, wide; /* one tile; two regions and two tiles */
static uint8_t *small_pixels, *wide_pixels;

static void runners_of_the_hosts(void)
{
    static const host_behaviour good[] = { RUNNER_SERIAL, RUNNER_BACKWARD, RUNNER_THREADS };
    static const host_behaviour bad[] = { RUNNER_REFUSES, RUNNER_SKIPS, RUNNER_REPEATS, RUNNER_WRONG_WORKER, RUNNER_WRONG_INDEX };
    host_threads threads = { RUNNER_SERIAL, 4, 0 };
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    options.runner = host_runner(&threads);
    lac_decoder* decoder = open_decoder(&options);
    for (int i = 0; i < 3; i++) {
        threads.behaviour = good[i];
        threads.loops = 0;
        send(decoder, &wide);
        succeeds(decoder, wide_pixels);
        CHECK(threads.loops > 0);
    }

    for (int i = 0; i < 5; i++) {
        threads.behaviour = bad[i];
        send(decoder, &wide);
        fails(decoder, LAC_E_CALLBACK_FAILED);
        threads.behaviour = RUNNER_THREADS;
        send(decoder, &small);
        succeeds(decoder, small_pixels);
    }

    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
}

static void encoders_use_the_runner(void)
{
    host_threads threads = { RUNNER_THREADS, 4, 0 };
    lac_encoder_options options = LAC_ENCODER_OPTIONS_INIT;
    lac_encoder* encoder = NULL;
    options.quality = 30, options.runner = host_runner(&threads);
    uint8_t* pixels = check_alloc((size_t)wide.width * wide.height * wide.channels);
    picture_fill(pixels, wide.width, wide.height, wide.channels);
    lac_frame frame = LAC_FRAME_INIT;
    frame.format = wide.channels, frame.width = wide.width, frame.height = wide.height;
    frame.planes[0] = pixels, frame.strides[0] = (ptrdiff_t)wide.width * wide.channels;
    lac_packet packet = LAC_PACKET_INIT;
    CHECK(lac_encoder_create(&options, &encoder) == LAC_OK);
    threads.behaviour = RUNNER_SKIPS;
    REFUSED(LAC_E_CALLBACK_FAILED, lac_encoder_send(encoder, &frame));
    CHECK(lac_encoder_get(encoder, &packet) == LAC_AGAIN);
    threads.behaviour = RUNNER_THREADS;
    CHECK(lac_encoder_send(encoder, &frame) == LAC_OK && lac_encoder_get(encoder, &packet) == LAC_OK);
    CHECK(packet.size == wide.length && memcmp(packet.data, wide.bytes, packet.size) == 0);
    CHECK(lac_packet_release(&packet) == LAC_OK && lac_encoder_destroy(&encoder) == LAC_OK);
    free(pixels);
}

int main(void)
{
    small = coded_make(48, 40, 4, 50);
    wide = coded_make(1030, 12, 3, 30);
    small_pixels = coded_pixels(&small, LAC_PIXEL_STREAM);
    wide_pixels = coded_pixels(&wide, LAC_PIXEL_STREAM);
    runners_of_the_hosts();
    encoders_use_the_runner();
    CHECK(counters().handles == 0);
    coded_free(&small);
    free(small_pixels);
    coded_free(&wide);
    free(wide_pixels);
    return 0;
}
