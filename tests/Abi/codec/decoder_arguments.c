/* Wrong arguments of lacuna/decoder.h, lacuna/stream.h and lacuna/media.h: refused with a text, outputs as if nothing was there. */

#include "handles.h"
#include "../streams.h"
#include "structures.h"

static coded stream;
static lac_decoder* decoder;

static lac_status create(void* options)
{
    lac_decoder* made = (lac_decoder*)&stream;
    lac_status status = lac_decoder_create(options, &made);
    CHECK((status == LAC_OK) == (made != NULL));
    CHECK(lac_decoder_destroy(&made) == LAC_OK);
    return status;
}

static lac_status send(void* packet)
{
    lac_status status = lac_decoder_send(decoder, packet);
    CHECK(lac_decoder_flush(decoder) == LAC_OK);
    return status;
}

static lac_status get(void* frame)
{
    return lac_decoder_get(decoder, frame);
}

static lac_status info(void* properties)
{
    return lac_stream_info(stream.bytes, stream.length, properties);
}

/* Every structure may end in what a newer header knows. */
static void structures(void)
{
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    lac_packet packet = coded_packet(&stream);
    lac_frame frame = LAC_FRAME_INIT;
    lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
    options.threads = 1;
    structure_rules(create, &options, sizeof options, 0);
    structure_rules(send, &packet, sizeof packet, 0);
    structure_rules(get, &frame, sizeof frame, 1);
    structure_rules(info, &properties, sizeof properties, 1);
}

static lac_status send_to(void* handle)
{
    lac_packet packet = coded_packet(&stream);
    return lac_decoder_send(handle, &packet);
}

static lac_status get_from(void* handle)
{
    lac_frame frame = LAC_FRAME_INIT;
    frame.width = 7;
    lac_status status = lac_decoder_get(handle, &frame);
    CHECK(frame_is_empty(&frame));
    return status;
}

static lac_status flush(void* handle)
{
    return lac_decoder_flush(handle);
}

static lac_status cancel(void* handle)
{
    return lac_decoder_cancel(handle);
}

static lac_status hash_of(void* handle)
{
    uint64_t hash = 99;
    lac_status status = lac_decoder_state_hash(handle, &hash);
    CHECK(hash == 0);
    return status;
}

static lac_status destroy(void* handle)
{
    lac_decoder* variable = handle;
    lac_status status = lac_decoder_destroy(&variable);
    CHECK(variable == (status == LAC_OK ? NULL : handle));
    return status;
}

static void null_pointers(void)
{
    uint64_t hash;
    lac_frame frame = LAC_FRAME_INIT, other = LAC_FRAME_INIT;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_create(NULL, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_get(decoder, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_get(NULL, &frame));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_send(NULL, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_state_hash(decoder, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_state_hash(NULL, &hash));
    CHECK(lac_decoder_destroy(NULL) == LAC_OK);

    lac_packet packet = LAC_PACKET_INIT;
    packet.size = 1;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_send(decoder, &packet));
    packet.size = SIZE_MAX;
    packet.data = stream.bytes;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_send(decoder, &packet));
    packet.size = stream.length;
    packet.flags = 1;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_send(decoder, &packet));
    CHECK(lac_decoder_get(decoder, &frame) == LAC_AGAIN);

    CHECK(lac_frame_release(NULL) == LAC_OK && lac_packet_release(NULL) == LAC_OK);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_frame_retain(NULL, &frame));
    other.width = 7;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_frame_retain(&other, NULL));
    CHECK(frame_is_empty(&other));
    other.width = 7;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_frame_retain(&other, &frame));
    CHECK(frame_is_empty(&other));
    lac_packet second = LAC_PACKET_INIT;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_packet_retain(NULL, &packet));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_packet_retain(&second, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_packet_retain(&second, &packet));
    CHECK(packet_is_empty(&second));

    frame.width = 7;
    CHECK(lac_frame_release(&frame) == LAC_OK && frame_is_empty(&frame));
    frame.reference = decoder;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_frame_release(&frame));
    frame.reference = &frame;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_frame_release(&frame));
    packet.reference = decoder;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_packet_release(&packet));
}

#define OPTION_REFUSED(field, value)                                         \
    do {                                                                     \
        lac_decoder_options bad = LAC_DECODER_OPTIONS_INIT;                  \
        lac_decoder* made = decoder;                                         \
        bad.field = (value);                                                 \
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_create(&bad, &made));    \
        CHECK(made == NULL);                                                 \
    } while (0)

static void* never(void* context, size_t bytes, size_t alignment)
{
    (void)context, (void)bytes, (void)alignment;
    return NULL;
}

static void never_release(void* context, void* memory, size_t bytes)
{
    (void)context, (void)memory, (void)bytes;
}

static int32_t no_frame(void* context, lac_frame* frame, void** cookie)
{
    (void)context, (void)frame, (void)cookie;
    return 1;
}

static int32_t no_run(void* context, lac_work work, void* argument, uint32_t count)
{
    (void)context, (void)work, (void)argument, (void)count;
    return 1;
}

static void options_out_of_range(void)
{
    static const int formats[] = { -1, 9, 15, 18, INT32_MAX, INT32_MIN };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        OPTION_REFUSED(format, formats[i]);
    }

    OPTION_REFUSED(threads, -1);
    OPTION_REFUSED(threads, 257);
    OPTION_REFUSED(flags, 1);
    OPTION_REFUSED(flags, 0x80000000u);
    OPTION_REFUSED(model_count, 1);
    OPTION_REFUSED(model_count, SIZE_MAX);
    OPTION_REFUSED(memory.allocate, never);
    OPTION_REFUSED(memory.release, never_release);
    OPTION_REFUSED(frames.allocate, no_frame);
    OPTION_REFUSED(runner.workers, 1);
    OPTION_REFUSED(runner.run, no_run);
    const lac_model* none = NULL;
    lac_decoder_options bad = LAC_DECODER_OPTIONS_INIT;
    lac_decoder* made = decoder;
    bad.models = &none;
    bad.model_count = 1;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_create(&bad, &made));
    none = (const lac_model*)decoder;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_create(&bad, &made));
    CHECK(made == NULL);
    bad.models = NULL, bad.model_count = 0;
    bad.runner.run = no_run, bad.runner.workers = 257;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_create(&bad, &made));

    lac_decoder_options widest = LAC_DECODER_OPTIONS_INIT;
    widest.threads = 1;
    widest.max_pixels = widest.max_memory = widest.max_stream_bytes = UINT64_MAX;
    CHECK(create(&widest) == LAC_OK && create(NULL) == LAC_OK);
}

static void streams_and_probes(void)
{
    uint64_t hash = 99;
    lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_stream_info(stream.bytes, stream.length, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_stream_required_model(stream.bytes, stream.length, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_stream_required_model(NULL, 1, &hash));
    CHECK(hash == 0);
    properties.width = 7;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_stream_info(NULL, 1, &properties));
    CHECK(properties.width == 0 && properties.struct_size == sizeof properties);
    CHECK(lac_stream_info(stream.bytes, stream.length, &properties) == LAC_OK && properties.has_model == 1);
    CHECK(lac_stream_required_model(stream.bytes, stream.length, &hash) == LAC_OK && hash == properties.model && hash != 0);

    CHECK(lac_probe(NULL, 0) == LAC_PROBE_MAYBE && lac_probe(NULL, 99) == LAC_PROBE_MAYBE);
    CHECK(lac_probe("x", 1) == LAC_PROBE_NO && lac_probe("LAC?", 4) == LAC_PROBE_NO);
    int last = LAC_PROBE_MAYBE;
    for (size_t length = 0; length <= stream.length; length++) {
        int answer = lac_probe(stream.bytes, length);
        CHECK(answer >= last && answer != LAC_PROBE_NO);
        CHECK(length < LAC_STREAM_HEADER_BYTES || answer == LAC_PROBE_YES);
        lac_status status = lac_stream_info(stream.bytes, length, &properties);
        CHECK((status == LAC_OK) == (answer == LAC_PROBE_YES) && (status == LAC_OK || status == LAC_E_TRUNCATED));
        last = answer;
    }

    REFUSED(LAC_E_NOT_A_STREAM, lac_stream_required_model((const uint8_t*)"nothing", 7, &hash));
    CHECK(hash == 0);
}

#define ESTIMATE_REFUSED(operation, width, height, format, threads)                                             \
    do {                                                                                                        \
        bytes = 99;                                                                                             \
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_estimate_memory(operation, width, height, format, threads, &bytes)); \
        CHECK(bytes == 0);                                                                                      \
    } while (0)

static void estimates(void)
{
    uint64_t bytes = 0, larger = 0;
    ESTIMATE_REFUSED(-1, 9, 9, LAC_PIXEL_RGB, 1);
    ESTIMATE_REFUSED(2, 9, 9, LAC_PIXEL_RGB, 1);
    ESTIMATE_REFUSED(LAC_DECODE, 0, 9, LAC_PIXEL_RGB, 1);
    ESTIMATE_REFUSED(LAC_DECODE, 9, 0, LAC_PIXEL_RGB, 1);
    ESTIMATE_REFUSED(LAC_DECODE, 65536, 9, LAC_PIXEL_RGB, 1);
    ESTIMATE_REFUSED(LAC_ENCODE, 9, 65536, LAC_PIXEL_RGB, 1);
    ESTIMATE_REFUSED(LAC_ENCODE, 9, INT32_MIN, LAC_PIXEL_RGB, 1);
    ESTIMATE_REFUSED(LAC_DECODE, 9, 9, LAC_PIXEL_STREAM, 1);
    ESTIMATE_REFUSED(LAC_DECODE, 9, 9, 9, 1);
    ESTIMATE_REFUSED(LAC_DECODE, 9, 9, LAC_PIXEL_RGB, -1);
    ESTIMATE_REFUSED(LAC_DECODE, 9, 9, LAC_PIXEL_RGB, 257);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_estimate_memory(LAC_DECODE, 9, 9, LAC_PIXEL_RGB, 1, NULL));
    for (int operation = LAC_DECODE; operation <= LAC_ENCODE; operation++) {
        CHECK(lac_estimate_memory(operation, 9, 9, LAC_PIXEL_RGB, 1, &bytes) == LAC_OK && bytes > 3 * 9 * 9);
        CHECK(lac_estimate_memory(operation, 65535, 65535, LAC_PIXEL_RGBA_PLANAR, 256, &larger) == LAC_OK);
        CHECK(larger > bytes && larger > (uint64_t)65535 * 65535 * 4);
        CHECK(lac_estimate_memory(operation, 640, 480, LAC_PIXEL_GREY, 0, &bytes) == LAC_OK && bytes > 0);
    }
}

int main(void)
{
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    options.threads = 1;
    stream = coded_make(21, 14, 3, 50);
    CHECK(lac_decoder_create(&options, &decoder) == LAC_OK);
    structures();
    null_pointers();
    options_out_of_range();
    streams_and_probes();
    estimates();
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
    handle_rules(HANDLE_DECODER, send_to, 0);
    handle_rules(HANDLE_DECODER, get_from, 0);
    handle_rules(HANDLE_DECODER, flush, 0);
    handle_rules(HANDLE_DECODER, cancel, 0);
    handle_rules(HANDLE_DECODER, hash_of, 0);
    handle_rules(HANDLE_DECODER, destroy, 1);
    coded_free(&stream);
    CHECK(counters().handles == 0);
    return 0;
}
