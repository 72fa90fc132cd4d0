/* A decoder takes whole streams or any pieces of a file, and gives each picture once, with its times, whatever lies between. */

#include "../streams.h"

enum { count = 4 };

static coded streams[count];
static uint8_t* pixels[count];
static uint8_t marks[1 << 16];

static lac_decoder* open_decoder(void)
{
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    lac_decoder* decoder = NULL;
    options.threads = 1;
    CHECK(lac_decoder_create(&options, &decoder) == LAC_OK && decoder != NULL);
    return decoder;
}

static void send_all(lac_decoder* decoder, const coded* stream)
{
    lac_packet packet = coded_packet(stream);
    CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
}

/* The next picture is this one. */
static void expect_picture(lac_decoder* decoder, int which)
{
    lac_frame frame = LAC_FRAME_INIT;
    CHECK(lac_decoder_get(decoder, &frame) == LAC_OK);
    CHECK(frame.format == streams[which].channels && frame.width == streams[which].width && frame.height == streams[which].height);
    CHECK(frame_holds(&frame, pixels[which]));
    CHECK(lac_frame_release(&frame) == LAC_OK && frame_is_empty(&frame));
}

/* There is no picture, for this reason. */
static void expect(lac_decoder* decoder, lac_status status)
{
    lac_frame frame = LAC_FRAME_INIT;
    frame.width = 7;
    frame.user_data = &frame;
    if (status < LAC_OK) {
        REFUSED(status, lac_decoder_get(decoder, &frame));
    } else {
        CHECK(lac_decoder_get(decoder, &frame) == status);
    }

    CHECK(frame_is_empty(&frame));
}

static void whole_streams_are_packets(void)
{
    lac_decoder* decoder = open_decoder();
    expect(decoder, LAC_AGAIN);
    for (int i = 0; i < count; i++) {
        lac_packet packet = coded_packet(&streams[i]);
        packet.pts = 40 * i, packet.duration = 40 + i, packet.offset = 1000 * i, packet.user_data = &marks[i];
        CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
        CHECK(lac_decoder_send(decoder, &packet) == LAC_AGAIN);

        lac_frame frame = LAC_FRAME_INIT;
        CHECK(lac_decoder_get(decoder, &frame) == LAC_OK && frame_holds(&frame, pixels[i]));
        CHECK(frame.struct_size == sizeof frame && frame.reference != NULL);
        CHECK(frame.pts == 40 * i && frame.duration == 40 + i && frame.offset == 1000 * i && frame.user_data == &marks[i]);
        for (int plane = 0; plane < 4; plane++) {
            CHECK((plane == 0) == (frame.planes[plane] != NULL));
            CHECK((uintptr_t)frame.planes[plane] % 64 == 0 && frame.strides[plane] % 64 == 0);
        }

        CHECK(lac_frame_release(&frame) == LAC_OK);
        expect(decoder, LAC_AGAIN);
    }

    lac_packet packet = coded_packet(&streams[0]);
    CHECK(lac_decoder_send(decoder, NULL) == LAC_OK && lac_decoder_send(decoder, NULL) == LAC_OK);
    expect(decoder, LAC_END);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_send(decoder, &packet));
    expect(decoder, LAC_END);
    CHECK(lac_decoder_flush(decoder) == LAC_OK);
    expect(decoder, LAC_AGAIN);
    CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
    expect_picture(decoder, 0);
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK && decoder == NULL);
}

/* Pieces of this size of all streams in a row: every picture bears the mark of the piece in which it begins. */
static void pieces(size_t size, int tell_offsets)
{
    coded file = coded_join(streams, count);
    lac_decoder* decoder = open_decoder();
    size_t begin = 0;
    int next = 0;
    lac_status status = LAC_OK;
    for (size_t at = 0; status != LAC_END;) {
        lac_packet packet = LAC_PACKET_INIT;
        size_t index = at / size;
        packet.data = file.bytes + at;
        packet.size = file.length - at < size ? file.length - at : size;
        packet.pts = (int64_t)index, packet.duration = (int64_t)(2 * index), packet.user_data = &marks[index];
        packet.offset = tell_offsets ? (int64_t)at : LAC_UNKNOWN;
        lac_status sent = lac_decoder_send(decoder, packet.size > 0 ? &packet : NULL);
        CHECK(sent == LAC_OK || sent == LAC_AGAIN);
        at += sent == LAC_OK ? packet.size : 0;

        lac_frame frame = LAC_FRAME_INIT;
        while ((status = lac_decoder_get(decoder, &frame)) == LAC_OK) {
            CHECK(next < count && frame_holds(&frame, pixels[next]));
            CHECK(frame.pts == (int64_t)(begin / size) && frame.duration == 2 * frame.pts && frame.user_data == &marks[begin / size]);
            CHECK(frame.offset == (tell_offsets ? (int64_t)begin : LAC_UNKNOWN));
            CHECK(lac_frame_release(&frame) == LAC_OK);
            begin += streams[next++].length;
        }

        CHECK(status == (packet.size > 0 ? LAC_AGAIN : LAC_END));
    }

    CHECK(next == count);
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
    coded_free(&file);
}

/* Of three streams the middle one becomes `damaged`: the first and the last are decoded. */
static void around(const coded* damaged, lac_status first, lac_status second)
{
    coded parts[3] = { streams[0], *damaged, streams[2] };
    coded file = coded_join(parts, 3);
    lac_decoder* decoder = open_decoder();
    send_all(decoder, &file);
    CHECK(lac_decoder_send(decoder, NULL) == LAC_OK);
    expect_picture(decoder, 0);
    if (first != LAC_OK) {
        expect(decoder, first);
    }

    if (second != LAC_OK) {
        expect(decoder, second);
    }

    expect_picture(decoder, 2);
    expect(decoder, LAC_END);
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
    coded_free(&file);
}

static void damage_costs_one_picture(void)
{
    enum { length_at = 8, version_at = 9 };
    coded damaged = coded_copy(&streams[1]);
    damaged.bytes[damaged.length / 2] ^= 4;
    around(&damaged, LAC_E_INVALID_DATA, LAC_OK);
    damaged.bytes[damaged.length / 2] ^= 4;
    damaged.bytes[0] ^= 4;
    around(&damaged, LAC_E_NOT_A_STREAM, LAC_OK);
    damaged.bytes[0] ^= 4;
    damaged.bytes[version_at] = 200;
    uint32_t check = crc32c(0, damaged.bytes + 6, 3 + (size_t)damaged.bytes[length_at]);
    for (int i = 0; i < 4; i++) {
        damaged.bytes[version_at + damaged.bytes[length_at] + i] = (uint8_t)(check >> 8 * i);
    }

    around(&damaged, LAC_E_UNSUPPORTED_VERSION, LAC_OK);
    coded_free(&damaged);

    /* A length that reaches over all that follows: what was swallowed comes back. */
    damaged = coded_copy(&streams[1]);
    size_t region = version_at + (size_t)damaged.bytes[length_at] + 4;
    damaged.bytes[region + 4] = 0xFF;
    damaged.bytes[region + 5] = 0x7F;
    around(&damaged, LAC_E_TRUNCATED, LAC_OK);
    coded_free(&damaged);

    damaged = coded_copy(&streams[1]);
    damaged.length -= 3;
    around(&damaged, LAC_E_INVALID_DATA, LAC_OK);
    coded_free(&damaged);

    coded garbage = { (uint8_t*)"The quick brown fox jumps over the lazy dog.", 44, 0, 0, 0 };
    around(&garbage, LAC_E_NOT_A_STREAM, LAC_OK);
}

static void optional_packets_are_passed_over(void)
{
    coded longer = coded_with_optional(&streams[1], "of a later version");
    coded parts[3] = { streams[0], longer, streams[2] };
    coded file = coded_join(parts, 3);
    lac_decoder* decoder = open_decoder();
    send_all(decoder, &file);
    for (int i = 0; i < 3; i++) {
        expect_picture(decoder, i);
    }

    send_all(decoder, &longer);
    CHECK(lac_decoder_send(decoder, NULL) == LAC_OK);
    expect_picture(decoder, 1);
    expect(decoder, LAC_END);
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
    coded_free(&file);
    coded_free(&longer);
}

static void cut_streams(void)
{
    lac_decoder* decoder = open_decoder();
    for (size_t length = 1; length < streams[1].length; length += 1 + length / 3) {
        coded cut = streams[1];
        cut.length = length;
        send_all(decoder, &cut);
        expect(decoder, LAC_AGAIN);
        CHECK(lac_decoder_send(decoder, NULL) == LAC_OK);
        expect(decoder, LAC_E_TRUNCATED);
        expect(decoder, LAC_END);
        CHECK(lac_decoder_flush(decoder) == LAC_OK);
    }

    /* The last byte that is there may be the first of another stream, but none follows. */
    const uint8_t beginning[] = { streams[1].bytes[0], streams[1].bytes[1], streams[1].bytes[2], streams[1].bytes[3] };
    coded tail = coded_copy(&streams[1]);
    for (size_t bytes = 1; bytes < sizeof beginning; bytes++) {
        memcpy(tail.bytes + 40 - bytes, beginning, bytes);
        tail.length = 40;
        send_all(decoder, &tail);
        CHECK(lac_decoder_send(decoder, NULL) == LAC_OK);
        expect(decoder, LAC_E_TRUNCATED);
        expect(decoder, LAC_END);
        CHECK(lac_decoder_flush(decoder) == LAC_OK);
    }

    coded_free(&tail);

    /* A seek in the middle of a picture, and one past a picture that nobody took. */
    coded half = streams[1];
    half.length /= 2;
    send_all(decoder, &half);
    CHECK(lac_decoder_flush(decoder) == LAC_OK);
    send_all(decoder, &streams[3]);
    CHECK(lac_decoder_flush(decoder) == LAC_OK);
    send_all(decoder, &streams[2]);
    expect_picture(decoder, 2);
    expect(decoder, LAC_AGAIN);

    lac_packet empty = LAC_PACKET_INIT;
    CHECK(lac_decoder_send(decoder, &empty) == LAC_OK);
    expect(decoder, LAC_AGAIN);
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
}

static void limits(void)
{
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    lac_decoder* decoder = NULL;
    options.threads = 1;
    options.max_pixels = (uint64_t)(streams[2].width * streams[2].height);
    CHECK((uint64_t)(streams[0].width * streams[0].height) > options.max_pixels);
    CHECK(lac_decoder_create(&options, &decoder) == LAC_OK);
    coded both = coded_join((coded[]) { streams[0], streams[2] }, 2);
    send_all(decoder, &both);
    expect(decoder, LAC_E_LIMIT_EXCEEDED);
    expect_picture(decoder, 2);
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);

    options.max_pixels = 0;
    options.max_stream_bytes = both.length - 1;
    CHECK(lac_decoder_create(&options, &decoder) == LAC_OK);
    lac_packet packet = coded_packet(&both);
    REFUSED(LAC_E_LIMIT_EXCEEDED, lac_decoder_send(decoder, &packet));
    expect(decoder, LAC_AGAIN);
    send_all(decoder, &streams[2]);
    expect_picture(decoder, 2);
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
    coded_free(&both);
}

static void frames_outlive_their_decoder(void)
{
    uint32_t handles = counters().handles;
    lac_frame frames[count], others[2];
    lac_decoder* decoder = open_decoder();
    for (int i = 0; i < count; i++) {
        frames[i].struct_size = sizeof frames[i];
        send_all(decoder, &streams[i]);
        CHECK(lac_decoder_get(decoder, &frames[i]) == LAC_OK);
    }

    others[0].struct_size = others[1].struct_size = sizeof *others;
    CHECK(lac_frame_retain(&others[0], &frames[1]) == LAC_OK);
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
    CHECK(lac_frame_retain(&others[1], &others[0]) == LAC_OK);
    CHECK(others[1].planes[0] == frames[1].planes[0] && others[1].width == frames[1].width);
    for (int i = 0; i < count; i++) {
        CHECK(frame_holds(&frames[i], pixels[i]));
    }

    CHECK(lac_frame_release(&frames[1]) == LAC_OK && frame_holds(&others[0], pixels[1]));
    CHECK(lac_frame_release(&others[0]) == LAC_OK && frame_holds(&others[1], pixels[1]));
    lac_frame stale = others[1];
    CHECK(lac_frame_release(&others[1]) == LAC_OK && lac_frame_release(&others[1]) == LAC_OK);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_frame_release(&stale));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_frame_retain(&others[0], &stale));
    CHECK(frame_is_empty(&others[0]));
    for (int i = 0; i < count; i++) {
        CHECK(lac_frame_release(&frames[i]) == LAC_OK);
    }

    CHECK(counters().handles == handles);
}

int main(void)
{
    static const struct {
        int width, height, channels;
        double quality;
    } shapes[count] = { { 64, 61, 3, 50 }, { 41, 23, 4, 60 }, { 17, 50, 1, 90 }, { 33, 9, 2, 30 } };
    for (int i = 0; i < count; i++) {
        streams[i] = coded_make(shapes[i].width, shapes[i].height, shapes[i].channels, shapes[i].quality);
        pixels[i] = coded_pixels(&streams[i], LAC_PIXEL_STREAM);
    }

    whole_streams_are_packets();
    pieces(1, 1);
    pieces(7, 1);
    pieces(4096, 0);
    pieces(1 << 20, 1);
    damage_costs_one_picture();
    optional_packets_are_passed_over();
    cut_streams();
    limits();
    frames_outlive_their_decoder();
    for (int i = 0; i < count; i++) {
        coded_free(&streams[i]);
        free(pixels[i]);
    }

    return 0;
}
