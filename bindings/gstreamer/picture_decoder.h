/* picture_decoder.h - the library's decoder, writing into mapped frames of GStreamer's. */

#ifndef LACUNA_GST_PICTURE_DECODER_H
#define LACUNA_GST_PICTURE_DECODER_H

#include <gst/video/video.h>

#include "lacuna/decoder.h"

G_BEGIN_DECLS

/* What the properties of the element ask for: lac_decoder_options. */
typedef struct {
    gint threads;
    guint64 max_pixels;
    guint64 max_stream_bytes;
} LacunaLimits;

/* All zero but for the lock: no decoder yet. */
typedef struct {
    GMutex lock;          /* guards `decoder` against the threads that cancel */
    lac_decoder* decoder; /* made with `limits` for frames of `pixel` */
    LacunaLimits limits;
    gint32 pixel;
    gint stopping;               /* atomic: what is under way is not wanted any more */
    const GstVideoFrame* target; /* where the decoder writes; null outside a call */
} LacunaPictureDecoder;

/* Decodes one stream.
 *   stream        all of it
 *   target        mapped for writing, of the stream's size
 *   fault         receives a text on failure, which the caller frees; null otherwise
 *   returns       LAC_OK, or a status below 0 */
lac_status lacuna_picture_decoder_decode(LacunaPictureDecoder* self, const LacunaLimits* limits, const lac_packet* stream,
    const GstVideoFrame* target, gchar** fault);

/* Ends a call that is under way in another thread, and those that begin until lacuna_picture_decoder_resume. */
void lacuna_picture_decoder_cancel(LacunaPictureDecoder* self);
void lacuna_picture_decoder_resume(LacunaPictureDecoder* self);

/* Gives threads and memory back; the next call takes them again. */
void lacuna_picture_decoder_close(LacunaPictureDecoder* self);

/* What the library knows of the last failed call of this thread; the caller frees it. */
gchar* lacuna_describe(lac_status status);

G_END_DECLS

#endif
