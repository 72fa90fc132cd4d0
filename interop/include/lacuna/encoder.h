/* lacuna/encoder.h - from frames to packets.
 *
 *   lac_encoder* encoder = NULL;
 *   lac_encoder_create(NULL, &encoder);
 *   lac_frame frame = LAC_FRAME_INIT;
 *   frame.format = LAC_PIXEL_RGB;
 *   frame.width = width, frame.height = height;
 *   frame.planes[0] = pixels, frame.strides[0] = 3 * width;
 *   lac_encoder_send(encoder, &frame);
 *   lac_packet packet = LAC_PACKET_INIT;
 *   lac_encoder_get(encoder, &packet);
 *   write(packet.data, packet.size);
 *   lac_packet_release(&packet);
 *   lac_encoder_destroy(&encoder);
 *
 * Each packet is a whole stream of one picture. Calls on one encoder wait
 * for each other; lac_encoder_cancel does not wait. */

#ifndef LAC_ENCODER_H
#define LAC_ENCODER_H

#include "lacuna/base.h"
#include "lacuna/host.h"
#include "lacuna/media.h"
#include "lacuna/model.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lac_encoder lac_encoder;

/* How to encode. */
typedef struct lac_encoder_options {
    uint32_t struct_size;   /* sizeof(lac_encoder_options) */
    int32_t threads;        /* 0: one a processor; 256 at most. Changes no bit */
    double quality;         /* 0 (smallest stream) to 100 (best picture) */
    uint64_t max_bytes;     /* of a packet; 0: no bound; else the quality is searched for */
    uint32_t flags;         /* 0 */
    uint32_t reserved;      /* 0 */
    const lac_model* model; /* null: the one in the library; retained */
    lac_memory memory;
    lac_runner runner;      /* instead of `threads` */
    lac_progress progress;  /* of each picture */
} lac_encoder_options;

#define LAC_ENCODER_OPTIONS_INIT { (uint32_t)sizeof(lac_encoder_options), 0, 50.0, 0, 0, 0, NULL, \
    { NULL, NULL, NULL }, { NULL, 0, NULL }, { NULL, NULL } }

/* Makes an encoder.
 *   options       null: LAC_ENCODER_OPTIONS_INIT; copied
 *   encoder       receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_encoder_create(const lac_encoder_options* options, lac_encoder** encoder);

/* Encodes a frame.
 *   frame         any format but LAC_PIXEL_STREAM; borrowed for the call.
 *                 Null: there will be no more until lac_encoder_flush
 *   returns       LAC_OK; LAC_AGAIN where a packet waits to be taken;
 *                 LAC_E_INVALID_ARGUMENT, LAC_E_BUFFER_TOO_SMALL (max_bytes
 *                 is less than the lowest quality takes),
 *                 LAC_E_LIMIT_EXCEEDED (over 1 << 29 pixels or 2 GiB),
 *                 LAC_E_CANCELLED, LAC_E_CALLBACK_FAILED,
 *                 LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_encoder_send(lac_encoder* encoder, const lac_frame* frame);

/* Takes the packet.
 *   packet        struct_size set; what it held is not released. Carries the
 *                 frame's times and user data. On success the caller releases
 *                 it; LAC_PACKET_INIT otherwise
 *   returns       LAC_OK; LAC_AGAIN where it wants a frame; LAC_END where
 *                 there will be no more; LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_encoder_get(lac_encoder* encoder, lac_packet* packet);

/* Forgets what was not taken and goes on as if new.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_encoder_flush(lac_encoder* encoder);

/* Ends a lac_encoder_send that is under way in another thread, soon, with
 * LAC_E_CANCELLED; where none is, the next.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_encoder_cancel(lac_encoder* encoder);

/* Destroys the encoder and sets *encoder to null. Packets live on. Null and
 * *null do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_encoder_destroy(lac_encoder** encoder);

#ifdef __cplusplus
}
#endif
#endif
