/* LLVMFuzzerTestOneInput: drives a decoder and the calls that read bytes without one. For libFuzzer, AFL++ and fuzz_main.c.
 *
 *   clang -fsanitize=fuzzer -I interop/include tests/Abi/fuzz/fuzz_decoder.c -l lacuna
 *
 * The first byte chooses options, the second the size of the pieces; the rest is a file of streams. Any bytes give statuses: no
 * crash, no hang, no picture above the limit, nothing left behind. */

#include <stdlib.h>

#include "lacuna/lacuna.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

enum { most_pixels = 1 << 14, most_memory = 64 << 20 };

/* Anything but this ends the process, which fuzzers notice. */
static void must(int condition)
{
    if (!condition) {
        abort();
    }
}

static lac_decoder_options chosen(uint8_t byte)
{
    static const int32_t formats[] = { LAC_PIXEL_STREAM, LAC_PIXEL_GREY, LAC_PIXEL_BGRA, LAC_PIXEL_RGB_PLANAR };
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    options.format = formats[byte & 3];
    options.threads = byte & 4 ? 2 : 1;
    options.max_pixels = most_pixels;
    options.max_memory = byte & 8 ? most_memory : most_memory / 16;
    options.max_stream_bytes = byte & 16 ? 1 << 20 : 600;
    return options;
}

/* Takes what there is. Frames are within the limits, and all of their bytes may be read. */
static uint32_t take(lac_decoder* decoder)
{
    uint32_t sum = 0;
    for (;;) {
        lac_frame frame = LAC_FRAME_INIT;
        lac_status status = lac_decoder_get(decoder, &frame);
        must(status != LAC_E_INTERNAL && status != LAC_E_INVALID_ARGUMENT && status != LAC_E_OUT_OF_MEMORY);
        must((status == LAC_OK) == (frame.reference != NULL));
        if (status == LAC_AGAIN || status == LAC_END) {
            return sum;
        }

        if (status == LAC_OK) {
            must((int64_t)frame.width * frame.height <= most_pixels);
            int grey = frame.format == LAC_PIXEL_GREY, alpha = frame.format == LAC_PIXEL_GREY_ALPHA;
            int bytes = frame.format >= LAC_PIXEL_RGB_PLANAR ? 1 : grey ? 1 : alpha ? 2 : frame.format == LAC_PIXEL_RGB ? 3 : 4;
            for (int plane = 0; plane < 4 && frame.planes[plane] != NULL; plane++) {
                for (int y = 0; y < frame.height; y++) {
                    const uint8_t* row = frame.planes[plane] + y * frame.strides[plane];
                    sum += row[0] + row[frame.width * bytes - 1];
                }
            }

            must(lac_frame_release(&frame) == LAC_OK);
        }
    }
}

static void decode(uint8_t choice, size_t piece, const uint8_t* data, size_t size)
{
    lac_decoder_options options = chosen(choice);
    lac_decoder* decoder = NULL;
    must(lac_decoder_create(&options, &decoder) == LAC_OK);
    for (size_t at = 0; at < size;) {
        lac_packet packet = LAC_PACKET_INIT;
        packet.data = data + at;
        packet.size = size - at < piece ? size - at : piece;
        packet.offset = (int64_t)at;
        lac_status status = lac_decoder_send(decoder, &packet);
        must(status == LAC_OK || status == LAC_AGAIN || status == LAC_E_LIMIT_EXCEEDED || status == LAC_E_OUT_OF_MEMORY);
        at += status == LAC_AGAIN ? 0 : packet.size;
        take(decoder);
    }

    if (choice & 32) {
        must(lac_decoder_flush(decoder) == LAC_OK);
    }

    uint64_t hash;
    must(lac_decoder_send(decoder, NULL) == LAC_OK);
    take(decoder);
    must(lac_decoder_state_hash(decoder, &hash) == LAC_OK);
    must(lac_decoder_destroy(&decoder) == LAC_OK && decoder == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size < 2) {
        return 0;
    }

    uint8_t choice = data[0];
    size_t piece = (size_t)data[1] * data[1] + 1;
    data += 2;
    size -= 2;

    uint64_t hash;
    lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
    int32_t probe = lac_probe(data, size);
    lac_status status = lac_stream_info(data, size, &properties);
    must(probe != LAC_PROBE_NO || status < LAC_OK);
    must(status != LAC_E_INTERNAL && (status == LAC_OK || properties.width == 0));
    must(lac_stream_required_model(data, size, &hash) == status && hash == properties.model);

    lac_model* model = NULL;
    status = lac_model_open_memory(data, size, &model);
    must(status == LAC_E_INVALID_DATA || (status == LAC_OK && lac_model_release(&model) == LAC_OK));
    decode(choice, piece, data, size);

    lac_counters counters = LAC_COUNTERS_INIT;
    must(lac_get_counters(&counters) == LAC_OK && counters.handles == 0);
    return 0;
}
