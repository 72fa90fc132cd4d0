/* An encoder gives a packet a frame: the stream of lac_image_encode, with the frame's times, within the bound on its bytes. */

#include "../streams.h"

#include "../picture.h"

enum { width = 61, height = 43, channels = 3, row = width * channels };

static uint8_t pixels[row * height];

static lac_frame picture(void)
{
    lac_frame frame = LAC_FRAME_INIT;
    frame.format = LAC_PIXEL_RGB, frame.width = width, frame.height = height;
    frame.planes[0] = pixels, frame.strides[0] = row;
    return frame;
}

static lac_encoder* open_encoder(double quality, uint64_t max_bytes, int threads)
{
    lac_encoder_options options = LAC_ENCODER_OPTIONS_INIT;
    lac_encoder* encoder = NULL;
    options.quality = quality, options.max_bytes = max_bytes, options.threads = threads;
    CHECK(lac_encoder_create(&options, &encoder) == LAC_OK && encoder != NULL);
    return encoder;
}

/* There is no packet, for this reason. */
static void expect(lac_encoder* encoder, lac_status status)
{
    lac_packet packet = LAC_PACKET_INIT;
    packet.size = 7;
    CHECK(lac_encoder_get(encoder, &packet) == status && packet_is_empty(&packet));
}

static void each_frame_becomes_a_packet(void)
{
    static const double qualities[] = { 0, 33.3, 50, 100 };
    for (int i = 0; i < 4; i++) {
        coded expected = coded_make(width, height, channels, qualities[i]);
        lac_encoder* encoder = open_encoder(qualities[i], 0, 1 + i);
        expect(encoder, LAC_AGAIN);
        for (int turn = 0; turn < 2; turn++) {
            lac_frame frame = picture();
            frame.pts = 100 + turn, frame.duration = 200 + turn, frame.offset = 300 + turn, frame.user_data = &frame;
            CHECK(lac_encoder_send(encoder, &frame) == LAC_OK);
            CHECK(lac_encoder_send(encoder, &frame) == LAC_AGAIN);

            lac_packet packet = LAC_PACKET_INIT;
            CHECK(lac_encoder_get(encoder, &packet) == LAC_OK);
            CHECK(packet.struct_size == sizeof packet && packet.flags == 0 && packet.reference != NULL);
            CHECK(packet.size == expected.length && memcmp(packet.data, expected.bytes, packet.size) == 0);
            CHECK(packet.pts == 100 + turn && packet.duration == 200 + turn && packet.offset == 300 + turn);
            CHECK(packet.user_data == &frame);
            CHECK(lac_packet_release(&packet) == LAC_OK && packet_is_empty(&packet));
            expect(encoder, LAC_AGAIN);
        }

        CHECK(lac_encoder_destroy(&encoder) == LAC_OK && encoder == NULL);
        coded_free(&expected);
    }
}

static void ends_and_begins_anew(void)
{
    lac_encoder* encoder = open_encoder(40, 0, 1);
    lac_frame frame = picture();
    lac_packet packet = LAC_PACKET_INIT;
    CHECK(lac_encoder_send(encoder, &frame) == LAC_OK && lac_encoder_send(encoder, NULL) == LAC_OK);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_encoder_send(encoder, &frame));
    CHECK(lac_encoder_get(encoder, &packet) == LAC_OK && lac_packet_release(&packet) == LAC_OK);
    expect(encoder, LAC_END);
    expect(encoder, LAC_END);
    CHECK(lac_encoder_flush(encoder) == LAC_OK);
    expect(encoder, LAC_AGAIN);
    CHECK(lac_encoder_send(encoder, &frame) == LAC_OK && lac_encoder_flush(encoder) == LAC_OK);
    expect(encoder, LAC_AGAIN);
    CHECK(lac_encoder_send(encoder, &frame) == LAC_OK);
    CHECK(lac_encoder_destroy(&encoder) == LAC_OK);
}

static void packets_outlive_their_encoder(void)
{
    uint32_t handles = counters().handles;
    coded expected = coded_make(width, height, channels, 20);
    lac_encoder* encoder = open_encoder(20, 0, 1);
    lac_frame frame = picture();
    lac_packet packet = LAC_PACKET_INIT, other = LAC_PACKET_INIT;
    CHECK(lac_encoder_send(encoder, &frame) == LAC_OK && lac_encoder_get(encoder, &packet) == LAC_OK);
    CHECK(lac_packet_retain(&other, &packet) == LAC_OK && other.data == packet.data && other.size == packet.size);
    CHECK(lac_encoder_destroy(&encoder) == LAC_OK);
    lac_packet stale = packet;
    CHECK(lac_packet_release(&packet) == LAC_OK);
    CHECK(other.size == expected.length && memcmp(other.data, expected.bytes, other.size) == 0);
    CHECK(lac_packet_release(&other) == LAC_OK && lac_packet_release(&other) == LAC_OK);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_packet_release(&stale));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_packet_retain(&other, &stale));
    CHECK(packet_is_empty(&other) && counters().handles == handles);
    coded_free(&expected);
}

static void streams_keep_within_max_bytes(void)
{
    coded best = coded_make(width, height, channels, 100), least = coded_make(width, height, channels, 0);
    CHECK(best.length > 2 * least.length);
    uint64_t bound = (least.length + best.length) / 2;
    lac_frame frame = picture();
    lac_packet packet = LAC_PACKET_INIT;

    lac_encoder* encoder = open_encoder(100, bound, 1);
    CHECK(lac_encoder_send(encoder, &frame) == LAC_OK && lac_encoder_get(encoder, &packet) == LAC_OK);
    CHECK(packet.size <= bound && packet.size > least.length);
    CHECK(lac_packet_release(&packet) == LAC_OK && lac_encoder_destroy(&encoder) == LAC_OK);

    encoder = open_encoder(0, best.length, 1);
    CHECK(lac_encoder_send(encoder, &frame) == LAC_OK && lac_encoder_get(encoder, &packet) == LAC_OK);
    CHECK(packet.size <= best.length);
    CHECK(lac_packet_release(&packet) == LAC_OK && lac_encoder_destroy(&encoder) == LAC_OK);

    encoder = open_encoder(50, 16, 1);
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_encoder_send(encoder, &frame));
    expect(encoder, LAC_AGAIN);
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_encoder_send(encoder, &frame));
    CHECK(lac_encoder_destroy(&encoder) == LAC_OK);
    coded_free(&best);
    coded_free(&least);
}

static void a_cancelled_frame_may_be_sent_again(void)
{
    lac_encoder* encoder = open_encoder(50, 0, 1);
    lac_frame frame = picture();
    lac_packet packet = LAC_PACKET_INIT;
    for (int turn = 0; turn < 2; turn++) {
        CHECK(lac_encoder_cancel(encoder) == LAC_OK);
        REFUSED(LAC_E_CANCELLED, lac_encoder_send(encoder, &frame));
        expect(encoder, LAC_AGAIN);
        CHECK(lac_encoder_send(encoder, &frame) == LAC_OK);
        CHECK(lac_encoder_get(encoder, &packet) == LAC_OK && lac_packet_release(&packet) == LAC_OK);
    }

    CHECK(lac_encoder_destroy(&encoder) == LAC_OK);
}

int main(void)
{
    picture_fill(pixels, width, height, channels);
    each_frame_becomes_a_packet();
    ends_and_begins_anew();
    packets_outlive_their_encoder();
    streams_keep_within_max_bytes();
    a_cancelled_frame_may_be_sent_again();
    return 0;
}
