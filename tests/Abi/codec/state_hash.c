/* state_hash VECTORS THREADS: decodes the conformance vectors as one file in pieces, and prints lac_decoder_state_hash of each.
 * All levels, thread counts and machines must print what state_hashes.txt holds. */

#include <inttypes.h>

#include "../streams.h"

static const char* const names[] = { "dot-1x1-q50", "rgb-61x43-q0", "rgb-61x43-q33.3", "rgb-61x43-q100", "grey-33x97-q60",
    "rgba-120x75-q45", "grey-alpha-17x9-q80", "rgb-1100x37-q20" };

enum { count = sizeof names / sizeof *names };

static void print(lac_decoder* decoder, const coded* stream, const char* name)
{
    uint64_t hash = 0;
    lac_frame frame = LAC_FRAME_INIT;
    CHECK(lac_decoder_get(decoder, &frame) == LAC_OK);
    CHECK(lac_decoder_state_hash(decoder, &hash) == LAC_OK);
    uint8_t* pixels = coded_pixels(stream, LAC_PIXEL_STREAM);
    CHECK(frame_holds(&frame, pixels) && (uint32_t)hash == frame_crc(&frame));
    printf("%-20s %016" PRIx64 "\n", name, hash);
    free(pixels);
    CHECK(lac_frame_release(&frame) == LAC_OK);
}

int main(int argc, char** argv)
{
    CHECK(argc == 3);
    coded streams[count];
    for (int i = 0; i < count; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s.lac", argv[1], names[i]);
        streams[i] = coded_read(path);
    }

    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    options.threads = atoi(argv[2]);
    lac_decoder* decoder = NULL;
    CHECK(lac_decoder_create(&options, &decoder) == LAC_OK);
    uint64_t hash = 1;
    CHECK(lac_decoder_state_hash(decoder, &hash) == LAC_OK && hash == 0);

    coded file = coded_join(streams, count);
    enum { piece = 500 };
    size_t at = 0;
    for (int i = 0; i < count;) {
        lac_packet packet = LAC_PACKET_INIT;
        packet.data = file.bytes + at;
        packet.size = file.length - at < piece ? file.length - at : piece;
        lac_status status = lac_decoder_send(decoder, packet.size > 0 ? &packet : NULL);
        CHECK(status == LAC_OK || status == LAC_AGAIN);
        at += status == LAC_OK ? packet.size : 0;
        if (status == LAC_AGAIN || packet.size == 0) {
            print(decoder, &streams[i], names[i]);
            i++;
        }
    }

    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
    coded_free(&file);
    for (int i = 0; i < count; i++) {
        coded_free(&streams[i]);
    }

    return 0;
}
