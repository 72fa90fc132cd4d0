/* Wrong arguments of lacuna/encoder.h: refused with a text, outputs as if nothing was there. */

#include <math.h>

#include "handles.h"
#include "../streams.h"
#include "structures.h"

enum { width = 20, height = 11, row = 3 * width };

static uint8_t pixels[row * height];
static lac_encoder* encoder;

static lac_frame picture(void)
{
    lac_frame frame = LAC_FRAME_INIT;
    frame.format = LAC_PIXEL_RGB, frame.width = width, frame.height = height;
    frame.planes[0] = pixels, frame.strides[0] = row;
    return frame;
}

static lac_status create(void* options)
{
    lac_encoder* made = (lac_encoder*)&encoder;
    lac_status status = lac_encoder_create(options, &made);
    CHECK((status == LAC_OK) == (made != NULL));
    CHECK(lac_encoder_destroy(&made) == LAC_OK);
    return status;
}

static lac_status send(void* frame)
{
    lac_status status = lac_encoder_send(encoder, frame);
    CHECK(lac_encoder_flush(encoder) == LAC_OK);
    return status;
}

static lac_status get(void* packet)
{
    return lac_encoder_get(encoder, packet);
}

static void structures(void)
{
    lac_encoder_options options = LAC_ENCODER_OPTIONS_INIT;
    lac_frame frame = picture();
    lac_packet packet = LAC_PACKET_INIT;
    options.threads = 1;
    structure_rules(create, &options, sizeof options, 0);
    structure_rules(send, &frame, sizeof frame, 0);
    structure_rules(get, &packet, sizeof packet, 1);
}

#define OPTION_REFUSED(field, value)                                      \
    do {                                                                  \
        lac_encoder_options bad = LAC_ENCODER_OPTIONS_INIT;               \
        lac_encoder* made = encoder;                                      \
        bad.field = (value);                                              \
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_encoder_create(&bad, &made)); \
        CHECK(made == NULL);                                              \
    } while (0)

static void* never(void* context, size_t bytes, size_t alignment)
{
    (void)context, (void)bytes, (void)alignment;
    return NULL;
}

static void options_out_of_range(void)
{
    OPTION_REFUSED(threads, -1);
    OPTION_REFUSED(threads, 257);
    OPTION_REFUSED(quality, -0.1);
    OPTION_REFUSED(quality, 100.1);
    OPTION_REFUSED(quality, NAN);
    OPTION_REFUSED(quality, INFINITY);
    OPTION_REFUSED(flags, 1);
    OPTION_REFUSED(reserved, 1);
    OPTION_REFUSED(model, (const lac_model*)encoder);
    OPTION_REFUSED(model, (const lac_model*)pixels);
    OPTION_REFUSED(memory.allocate, never);
    OPTION_REFUSED(runner.workers, 3);
    lac_encoder_options widest = LAC_ENCODER_OPTIONS_INIT;
    widest.threads = 1;
    widest.max_bytes = UINT64_MAX;
    CHECK(create(&widest) == LAC_OK && create(NULL) == LAC_OK);
}

#define FRAME_REFUSED(field, value)                                        \
    do {                                                                   \
        lac_frame bad = picture();                                         \
        bad.field = (value);                                               \
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_encoder_send(encoder, &bad));  \
        CHECK(lac_encoder_get(encoder, &packet) == LAC_AGAIN);             \
    } while (0)

static void frames_out_of_range(void)
{
    lac_packet packet = LAC_PACKET_INIT;
    FRAME_REFUSED(format, LAC_PIXEL_STREAM);
    FRAME_REFUSED(format, 9);
    FRAME_REFUSED(format, -1);
    FRAME_REFUSED(width, 0);
    FRAME_REFUSED(width, 65536);
    FRAME_REFUSED(height, -1);
    FRAME_REFUSED(height, 65536);
    FRAME_REFUSED(planes[0], NULL);
    FRAME_REFUSED(strides[0], row - 1);
    FRAME_REFUSED(strides[0], -(row - 1));
    FRAME_REFUSED(strides[0], 0);
    FRAME_REFUSED(strides[0], PTRDIFF_MIN);
    FRAME_REFUSED(strides[0], PTRDIFF_MAX);
    FRAME_REFUSED(format, LAC_PIXEL_RGB_PLANAR);
    lac_frame huge = picture();
    huge.width = huge.height = 65535, huge.strides[0] = 3 * 65535;
    REFUSED(LAC_E_LIMIT_EXCEEDED, lac_encoder_send(encoder, &huge));
}

static void null_pointers(void)
{
    lac_packet packet = LAC_PACKET_INIT;
    lac_frame frame = picture();
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_encoder_create(NULL, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_encoder_send(NULL, &frame));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_encoder_send(NULL, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_encoder_get(encoder, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_encoder_get(NULL, &packet));
    CHECK(lac_encoder_destroy(NULL) == LAC_OK);
}

static lac_status send_to(void* handle)
{
    lac_frame frame = picture();
    return lac_encoder_send(handle, &frame);
}

static lac_status get_from(void* handle)
{
    lac_packet packet = LAC_PACKET_INIT;
    packet.size = 7;
    lac_status status = lac_encoder_get(handle, &packet);
    CHECK(packet_is_empty(&packet));
    return status;
}

static lac_status flush(void* handle)
{
    return lac_encoder_flush(handle);
}

static lac_status cancel(void* handle)
{
    return lac_encoder_cancel(handle);
}

static lac_status destroy(void* handle)
{
    lac_encoder* variable = handle;
    lac_status status = lac_encoder_destroy(&variable);
    CHECK(variable == (status == LAC_OK ? NULL : handle));
    return status;
}

int main(void)
{
    lac_encoder_options options = LAC_ENCODER_OPTIONS_INIT;
    options.threads = 1;
    CHECK(lac_encoder_create(&options, &encoder) == LAC_OK);
    structures();
    options_out_of_range();
    frames_out_of_range();
    null_pointers();
    CHECK(lac_encoder_destroy(&encoder) == LAC_OK);
    handle_rules(HANDLE_ENCODER, send_to, 0);
    handle_rules(HANDLE_ENCODER, get_from, 0);
    handle_rules(HANDLE_ENCODER, flush, 0);
    handle_rules(HANDLE_ENCODER, cancel, 0);
    handle_rules(HANDLE_ENCODER, destroy, 1);
    CHECK(counters().handles == 0);
    return 0;
}
