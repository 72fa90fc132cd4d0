/* lac_decoder_options.max_memory and lac_estimate_memory. */

#include "../host.h"
#include "decoders.h"

static coded small, wide; /* one tile; two regions and two tiles */
static uint8_t *small_pixels, *wide_pixels;

/* What lac_estimate_memory tells suffices; with less memory than it really takes, a picture is refused and a smaller one is not. */
static lac_status decode_within(uint64_t max_memory, host_heap* heap, int next_too)
{
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    options.threads = 1, options.max_memory = max_memory, options.memory = host_memory(heap);
    lac_decoder* decoder = NULL;
    lac_status status = lac_decoder_create(&options, &decoder);
    if (status == LAC_OK) {
        lac_packet packet = coded_packet(&wide);
        lac_frame frame = LAC_FRAME_INIT;
        status = lac_decoder_send(decoder, &packet);
        status = status == LAC_OK ? lac_decoder_get(decoder, &frame) : status;
        CHECK(status == LAC_OK ? frame_holds(&frame, wide_pixels) : frame_is_empty(&frame));
        CHECK(lac_frame_release(&frame) == LAC_OK);
        if (next_too) {
            send(decoder, &small);
            succeeds(decoder, small_pixels);
        }

        CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
    }

    CHECK(heap->live == 0 && heap->bytes == 0);
    return status;
}

static void memory_is_bounded(void)
{
    host_heap heap = { 0, 0, 0, 0, 0, 0, 0 };
    uint64_t estimate = 0, enough, little = 1 << 16;
    CHECK(lac_estimate_memory(LAC_DECODE, wide.width, wide.height, wide.channels, 1, &estimate) == LAC_OK);
    CHECK(decode_within(estimate, &heap, 1) == LAC_OK);
    for (enough = estimate; enough - little > 4096;) {
        uint64_t middle = (enough + little) / 2;
        check_mark();
        lac_status status = decode_within(middle, &heap, 0);
        if (status == LAC_OK) {
            enough = middle;
        } else {
            check_refused(__FILE__, __LINE__, LAC_E_LIMIT_EXCEEDED, status);
            little = middle;
        }
    }

    printf("a picture of %d x %d takes some %llu bytes, the estimate is %llu\n", wide.width, wide.height, (unsigned long long)enough,
        (unsigned long long)estimate);
    REFUSED(LAC_E_LIMIT_EXCEEDED, decode_within(little, &heap, 1));
}

int main(void)
{
    small = coded_make(48, 40, 4, 50);
    wide = coded_make(1030, 12, 3, 30);
    small_pixels = coded_pixels(&small, LAC_PIXEL_STREAM);
    wide_pixels = coded_pixels(&wide, LAC_PIXEL_STREAM);
    memory_is_bounded();
    CHECK(counters().handles == 0);
    coded_free(&small);
    free(small_pixels);
    coded_free(&wide);
    free(wide_pixels);
    return 0;
}
