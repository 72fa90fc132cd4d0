/* Every format of frames against the stream's own channels, in decoders, encoders and the calls for one picture. */

#include "../streams.h"

#include "../picture.h"

enum { width = 45, height = 21, area = width * height, formats = 10 };

static const int all[formats] = { LAC_PIXEL_GREY, LAC_PIXEL_GREY_ALPHA, LAC_PIXEL_RGB, LAC_PIXEL_RGBA, LAC_PIXEL_BGR,
    LAC_PIXEL_BGRA, LAC_PIXEL_ARGB, LAC_PIXEL_ABGR, LAC_PIXEL_RGB_PLANAR, LAC_PIXEL_RGBA_PLANAR };

/* The channels of a pixel in each format's order: as media.h names them. Planes follow each other. */
static const char* const orders[formats] = { "Y", "YA", "RGB", "RGBA", "BGR", "BGRA", "ARGB", "ABGR", "RGB", "RGBA" };

/* One channel of a pixel of a stream with this many channels. */
static uint8_t channel(const uint8_t* pixel, int channels, char name)
{
    int grey = channels < 3;
    switch (name) {
    case 'A':
        return channels % 2 == 0 ? pixel[channels - 1] : 255;
    case 'R':
        return pixel[0];
    case 'G':
        return pixel[grey ? 0 : 1];
    case 'B':
        return pixel[grey ? 0 : 2];
    default:
        return grey ? pixel[0] : (uint8_t)((pixel[0] + pixel[1] + pixel[2] + 1) / 3);
    }
}

/* Makes [planes, height, width, channels of a plane] of a stream's own pixels. */
static void convert(const uint8_t* pixels, int channels, int which, uint8_t* destination)
{
    const char* order = orders[which];
    int parts = (int)strlen(order), planar = format_planes(all[which]) > 1;
    for (int i = 0; i < area; i++) {
        for (int c = 0; c < parts; c++) {
            destination[planar ? c * area + i : i * parts + c] = channel(pixels + i * channels, channels, order[c]);
        }
    }
}

static void decoders_give(const coded* stream, const uint8_t* own, int which, int threads)
{
    static uint8_t expected[4 * area];
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    lac_decoder* decoder = NULL;
    options.format = all[which];
    options.threads = threads;
    convert(own, stream->channels, which, expected);
    CHECK(lac_decoder_create(&options, &decoder) == LAC_OK);
    lac_packet packet = coded_packet(stream);
    lac_frame frame = LAC_FRAME_INIT;
    CHECK(lac_decoder_send(decoder, &packet) == LAC_OK && lac_decoder_get(decoder, &frame) == LAC_OK);
    CHECK(frame.format == all[which] && frame.width == width && frame.height == height);
    CHECK(frame_holds(&frame, expected));
    for (int plane = 0; plane < 4; plane++) {
        CHECK((plane < format_planes(frame.format)) == (frame.planes[plane] != NULL));
        CHECK((uintptr_t)frame.planes[plane] % 64 == 0 && frame.strides[plane] % 64 == 0);
    }

    uint64_t hash;
    CHECK(lac_decoder_state_hash(decoder, &hash) == LAC_OK && (uint32_t)hash == frame_crc(&frame) && hash >> 32 != 0);
    CHECK(lac_frame_release(&frame) == LAC_OK && lac_decoder_destroy(&decoder) == LAC_OK);

    if (format_planes(all[which]) == 1) {
        uint8_t* pixels = coded_pixels(stream, all[which]);
        CHECK(memcmp(pixels, expected, (size_t)area * format_channels(all[which])) == 0);
        free(pixels);
    }
}

/* A frame of these pixels, whose rows lie apart; upside down where the bottom row comes first in memory. */
static lac_frame frame_of(const uint8_t* pixels, int which, int upside_down, uint8_t* memory)
{
    enum { gap = 9 };
    lac_frame frame = LAC_FRAME_INIT;
    frame.format = all[which], frame.width = width, frame.height = height;
    size_t row = (size_t)width * format_pixel_bytes(frame.format);
    for (int plane = 0; plane < format_planes(frame.format); plane++) {
        for (int y = 0; y < height; y++, pixels += row) {
            memcpy(memory + (size_t)(upside_down ? height - 1 - y : y) * (row + gap), pixels, row);
        }

        frame.strides[plane] = (ptrdiff_t)(row + gap) * (upside_down ? -1 : 1);
        frame.planes[plane] = memory + (upside_down ? (row + gap) * (height - 1) : 0);
        memory += (row + gap) * height;
    }

    return frame;
}

/* Encoders make the same stream of the same picture, in whatever order its channels lie. */
static void encoders_take(int which, int upside_down)
{
    static uint8_t own[4 * area], pixels[4 * area], memory[4 * (width * 4 + 9) * height];
    int channels = format_channels(all[which]);
    picture_fill(own, width, height, channels);
    convert(own, channels, which, pixels);
    coded expected = coded_make(width, height, channels, 50);
    lac_frame frame = frame_of(pixels, which, upside_down, memory);

    lac_encoder_options options = LAC_ENCODER_OPTIONS_INIT;
    options.threads = 1;
    lac_encoder* encoder = NULL;
    lac_packet packet = LAC_PACKET_INIT;
    CHECK(lac_encoder_create(&options, &encoder) == LAC_OK);
    CHECK(lac_encoder_send(encoder, &frame) == LAC_OK && lac_encoder_get(encoder, &packet) == LAC_OK);
    CHECK(packet.size == expected.length && memcmp(packet.data, expected.bytes, packet.size) == 0);

    if (format_planes(all[which]) == 1) {
        uint8_t* stream = check_alloc(lac_image_encode_bound(width, height, all[which]));
        size_t written;
        CHECK(lac_image_encode_bound(width, height, all[which]) == lac_image_encode_bound(width, height, channels));
        CHECK(lac_image_encode(frame.planes[0], frame.strides[0], width, height, all[which], NULL, stream,
            lac_image_encode_bound(width, height, all[which]), &written) == LAC_OK);
        CHECK(written == expected.length && memcmp(stream, expected.bytes, written) == 0);
        free(stream);
    }

    CHECK(lac_packet_release(&packet) == LAC_OK && lac_encoder_destroy(&encoder) == LAC_OK);
    coded_free(&expected);
}

int main(void)
{
    for (int channels = 1; channels <= 4; channels++) {
        coded stream = coded_make(width, height, channels, 70);
        uint8_t* own = coded_pixels(&stream, LAC_PIXEL_STREAM);
        for (int which = 0; which < formats; which++) {
            decoders_give(&stream, own, which, 1 + which % 2);
        }

        coded_free(&stream);
        free(own);
    }

    for (int which = 0; which < formats; which++) {
        encoders_take(which, 0);
        encoders_take(which, 1);
    }

    CHECK(lac_image_encode_bound(width, height, LAC_PIXEL_RGB_PLANAR) == 0);
    return 0;
}
