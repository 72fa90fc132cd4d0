/* Frames in the host's memory: where they lie, and an allocator that fails, lies or has none now. */

#include "decoders.h"

static coded small;
static uint8_t* small_pixels;

/* Frames of the host's. */
typedef enum { FRAMES_GOOD, FRAMES_UPSIDE_DOWN, FRAMES_NONE, FRAMES_NULL, FRAMES_SHORT, FRAMES_NO_STRIDE } frames_behaviour;

typedef struct {
    frames_behaviour behaviour;
    int fails_at, calls, given, live, wrong;
    uint8_t memory[64 * 64 * 4];
} frames;

static int32_t give_frame(void* context, lac_frame* frame, void** cookie)
{
    frames* all = context;
    ptrdiff_t row = (ptrdiff_t)frame->width * format_pixel_bytes(frame->format);
    all->calls++;
    all->wrong += frame->struct_size != sizeof *frame || frame->format != small.channels || frame->width != small.width
        || frame->height != small.height || frame->pts != 5 || frame->user_data != all || frame->reference != NULL;
    if (all->behaviour == FRAMES_NONE || all->calls == all->fails_at) {
        return 1;
    }

    frame->planes[0] = all->behaviour == FRAMES_NULL ? NULL : all->memory + 1;
    frame->strides[0] = all->behaviour == FRAMES_SHORT ? row - 1 : all->behaviour == FRAMES_NO_STRIDE ? 0 : row + 3;
    if (all->behaviour == FRAMES_UPSIDE_DOWN) {
        frame->planes[0] += frame->strides[0] * (frame->height - 1);
        frame->strides[0] = -frame->strides[0];
    }

    *cookie = &all->given;
    all->given++;
    all->live++;
    return 0;
}

static void take_frame(void* context, const lac_frame* frame, void* cookie)
{
    frames* all = context;
    all->wrong += cookie != &all->given || frame->width != small.width || frame->struct_size != sizeof *frame;
    all->live--;
}

static lac_packet marked(frames* all)
{
    lac_packet packet = coded_packet(&small);
    packet.pts = 5, packet.user_data = all;
    return packet;
}

static void frames_of_the_hosts(void)
{
    static frames all;
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    options.threads = 1;
    options.frames.context = &all, options.frames.allocate = give_frame, options.frames.release = take_frame;
    lac_decoder* decoder = open_decoder(&options);
    lac_packet packet = marked(&all);

    for (frames_behaviour good = FRAMES_GOOD; good <= FRAMES_UPSIDE_DOWN; good++) {
        lac_frame frame = LAC_FRAME_INIT, other = LAC_FRAME_INIT;
        all.behaviour = good;
        CHECK(lac_decoder_send(decoder, &packet) == LAC_OK && lac_decoder_get(decoder, &frame) == LAC_OK);
        CHECK(frame_holds(&frame, small_pixels) && frame.planes[0] >= all.memory && frame.planes[0] < all.memory + sizeof all.memory);
        CHECK((frame.strides[0] < 0) == (good == FRAMES_UPSIDE_DOWN));
        CHECK(lac_frame_retain(&other, &frame) == LAC_OK && lac_frame_release(&frame) == LAC_OK && all.live == 1);
        CHECK(lac_frame_release(&other) == LAC_OK && all.live == 0);
    }

    /* None now: the same picture may be asked for again. */
    CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
    all.behaviour = FRAMES_NONE;
    fails(decoder, LAC_E_OUT_OF_MEMORY);
    fails(decoder, LAC_E_OUT_OF_MEMORY);
    all.behaviour = FRAMES_GOOD;
    succeeds(decoder, small_pixels);

    /* Planes that cannot be: the picture is lost, the memory is not. */
    for (frames_behaviour bad = FRAMES_NULL; bad <= FRAMES_NO_STRIDE; bad++) {
        int given = all.given;
        CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
        all.behaviour = bad;
        fails(decoder, LAC_E_CALLBACK_FAILED);
        CHECK(all.given == given + 1 && all.live == 0);
        all.behaviour = FRAMES_GOOD;
        CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
        succeeds(decoder, small_pixels);
    }

    all.calls = 0;
    for (all.fails_at = 1; all.fails_at <= 3; all.fails_at++) {
        all.calls = 0;
        for (int turn = 1; turn <= 3; turn++) {
            CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
            if (turn == all.fails_at) {
                fails(decoder, LAC_E_OUT_OF_MEMORY);
            }

            succeeds(decoder, small_pixels);
        }
    }

    CHECK(lac_decoder_destroy(&decoder) == LAC_OK && all.live == 0 && all.wrong == 0);
}

/* Damage that no checksum tells comes to light once the frame is there: it is given back. */
static void frames_of_damaged_pictures(void)
{
    static frames all;
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    options.threads = 1;
    options.frames.context = &all, options.frames.allocate = give_frame, options.frames.release = take_frame;
    lac_decoder* decoder = open_decoder(&options);
    int damages = 0;
    for (size_t at = small.length - 5; at > small.length / 3; at--) {
        coded damaged = coded_copy(&small);
        damaged.bytes[at] ^= 16;
        packets_repair(damaged.bytes, damaged.length);
        lac_packet packet = marked(&all);
        packet.data = damaged.bytes;
        CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
        lac_frame frame = LAC_FRAME_INIT;
        int given = all.given;
        lac_status status = lac_decoder_get(decoder, &frame);
        CHECK(status == LAC_OK || status == LAC_E_INVALID_DATA || status == LAC_E_TRUNCATED || status == LAC_AGAIN);
        damages += status == LAC_E_INVALID_DATA && all.given > given;
        CHECK(all.live == (status == LAC_OK) && lac_frame_release(&frame) == LAC_OK && all.live == 0);
        CHECK(lac_decoder_flush(decoder) == LAC_OK);
        coded_free(&damaged);
        packet.data = small.bytes;
        CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
        succeeds(decoder, small_pixels);
    }

    printf("%d pictures failed once they had a frame\n", damages);
    CHECK(damages > 5 && lac_decoder_destroy(&decoder) == LAC_OK && all.wrong == 0);
}

int main(void)
{
    small = coded_make(48, 40, 4, 50);
    small_pixels = coded_pixels(&small, LAC_PIXEL_STREAM);
    frames_of_the_hosts();
    frames_of_damaged_pictures();
    CHECK(counters().handles == 0);
    coded_free(&small);
    free(small_pixels);
    return 0;
}
