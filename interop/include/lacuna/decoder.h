/* lacuna/decoder.h - from packets to frames.
 *
 *   lac_decoder* decoder = NULL;
 *   lac_decoder_create(NULL, &decoder);
 *   while (read(&packet)) {
 *       while ((status = lac_decoder_send(decoder, &packet)) == LAC_AGAIN)
 *           take(decoder);
 *       take(decoder);
 *   }
 *   lac_decoder_send(decoder, NULL);      no more packets
 *   take(decoder);
 *   lac_decoder_destroy(&decoder);
 *
 *   void take(lac_decoder* decoder) {
 *       lac_frame frame = LAC_FRAME_INIT;
 *       while (lac_decoder_get(decoder, &frame) == LAC_OK) {
 *           show(&frame);
 *           lac_frame_release(&frame);
 *       }
 *   }
 *
 * Packets may be whole streams, one a picture, as a container holds them, or
 * any pieces of a file that holds one stream after another. Calls on one
 * decoder wait for each other; lac_decoder_cancel does not wait. Decoders
 * share nothing but models: use one a thread. */

#ifndef LAC_DECODER_H
#define LAC_DECODER_H

#include "lacuna/base.h"
#include "lacuna/host.h"
#include "lacuna/media.h"
#include "lacuna/model.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lac_decoder lac_decoder;

/* How to decode, and what it may cost. */
typedef struct lac_decoder_options {
    uint32_t struct_size;      /* sizeof(lac_decoder_options) */
    int32_t format;            /* LAC_PIXEL_* of the frames. Alpha that the format lacks is dropped;
                                  alpha that the stream lacks is 255 */
    int32_t threads;           /* 0: one a processor; 256 at most. Changes no bit */
    uint32_t flags;            /* 0 */
    uint64_t max_pixels;       /* larger pictures are refused; 0: 1 << 28 */
    uint64_t max_memory;       /* bytes of working memory and of the frame (lac_estimate_memory); 0: no bound */
    uint64_t max_stream_bytes; /* of one picture's stream; 0: 1 << 30 */
    const lac_model* const* models; /* [model_count] beside the one in the library; retained */
    size_t model_count;
    lac_memory memory;
    lac_runner runner;         /* instead of `threads` */
    lac_frame_allocator frames;
    lac_progress progress;     /* of each picture */
} lac_decoder_options;

#define LAC_DECODER_OPTIONS_INIT { (uint32_t)sizeof(lac_decoder_options), LAC_PIXEL_STREAM, 0, 0, 0, 0, 0, NULL, 0, \
    { NULL, NULL, NULL }, { NULL, 0, NULL }, { NULL, NULL, NULL }, { NULL, NULL } }

/* What a call of the codec takes: lac_estimate_memory. */
enum {
    LAC_DECODE = 0,
    LAC_ENCODE = 1
};

/* Estimates memory before anything is opened.
 *   operation     LAC_DECODE or LAC_ENCODE
 *   width, height 1 to 65535
 *   format        LAC_PIXEL_* of the frame, not LAC_PIXEL_STREAM
 *   threads       0: one a processor; 256 at most
 *   bytes         receives an upper bound: working memory, frame and packed
 *                 model; 0 on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_estimate_memory(
    int32_t operation, int32_t width, int32_t height, int32_t format, int32_t threads, uint64_t* bytes);

/* Makes a decoder.
 *   options       null: LAC_DECODER_OPTIONS_INIT; copied
 *   decoder       receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_decoder_create(const lac_decoder_options* options, lac_decoder** decoder);

/* Gives a packet, all of it or, with LAC_AGAIN, nothing.
 *   packet        copied. Null: there will be no more until lac_decoder_flush
 *   returns       LAC_OK; LAC_AGAIN where a picture waits to be taken;
 *                 LAC_E_INVALID_ARGUMENT, LAC_E_LIMIT_EXCEEDED
 *                 (max_stream_bytes; what was not yet decoded is dropped),
 *                 LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_decoder_send(lac_decoder* decoder, const lac_packet* packet);

/* Decodes and takes the next picture.
 *   frame         struct_size set; what it held is not released. On success
 *                 the caller releases it; LAC_FRAME_INIT otherwise
 *   returns       LAC_OK; LAC_AGAIN where it wants more packets; LAC_END
 *                 where all are decoded and there will be no more;
 *                 LAC_E_CANCELLED and LAC_E_OUT_OF_MEMORY, after which the
 *                 same picture may be asked for again; any other status of
 *                 streams, LAC_E_CALLBACK_FAILED or LAC_E_INTERNAL: this
 *                 picture is dropped, and the next call goes on behind it */
LAC_API lac_status lac_decoder_get(lac_decoder* decoder, lac_frame* frame);

/* Forgets all packets and goes on as if new: for seeking.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_decoder_flush(lac_decoder* decoder);

/* Ends a lac_decoder_get that is under way in another thread, soon, with
 * LAC_E_CANCELLED; where none is, the next.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_decoder_cancel(lac_decoder* decoder);

/* A number to compare machines by: equal streams give equal numbers, on
 * every machine and with every build of the same format version.
 *   hash          receives, of the last picture, CRC-32C of its latents
 *                 (upper half) and of its frame (lower half: the planes one
 *                 behind the other, rows without gaps); 0 where there was none
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_decoder_state_hash(lac_decoder* decoder, uint64_t* hash);

/* Destroys the decoder, once calls on it have returned, and sets *decoder to
 * null. Frames live on. Null and *null do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_decoder_destroy(lac_decoder** decoder);

#ifdef __cplusplus
}
#endif
#endif
