/* picture_decoder.c - the library's decoder, writing into mapped frames of GStreamer's. */

#include "picture_decoder.h"

#include "formats.h"

gchar* lacuna_describe(lac_status status)
{
    gchar detail[512];
    lac_error_detail(detail, sizeof detail);
    return g_strdup_printf("%s (%s)", lac_status_name(status), detail);
}

/* lac_frame_allocator: the frame that the caller mapped. */
static int32_t give_target(void* context, lac_frame* frame, void** cookie)
{
    const LacunaPictureDecoder* self = context;
    lac_frame target = LAC_FRAME_INIT;
    (void)cookie;
    lacuna_point_at(&target, self->target);
    if (frame->width != target.width || frame->height != target.height || frame->format != target.format) {
        return -1;
    }

    lacuna_point_at(frame, self->target);
    return 0;
}

/* lac_frame_allocator: who mapped the frame unmaps it. */
static void keep_target(void* context, const lac_frame* frame, void* cookie)
{
    (void)context;
    (void)frame;
    (void)cookie;
}

static void replace(LacunaPictureDecoder* self, lac_decoder* decoder)
{
    g_mutex_lock(&self->lock);
    lac_decoder* former = self->decoder;
    self->decoder = decoder;
    g_mutex_unlock(&self->lock);
    if (former != NULL) {
        lac_decoder_destroy(&former);
    }
}

/* Makes the decoder, unless there is one like it. */
static lac_status open_decoder(LacunaPictureDecoder* self, const LacunaLimits* limits, gint32 pixel)
{
    if (self->decoder != NULL && self->pixel == pixel && self->limits.threads == limits->threads
        && self->limits.max_pixels == limits->max_pixels && self->limits.max_stream_bytes == limits->max_stream_bytes) {
        return LAC_OK;
    }

    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    options.format = pixel;
    options.threads = limits->threads;
    options.max_pixels = limits->max_pixels;
    options.max_stream_bytes = limits->max_stream_bytes;
    options.frames.context = self;
    options.frames.allocate = give_target;
    options.frames.release = keep_target;
    lac_decoder* decoder = NULL;
    lac_status status = lac_decoder_create(&options, &decoder);
    replace(self, decoder);
    self->pixel = pixel;
    self->limits = *limits;
    return status;
}

/* Takes the picture of the stream that was sent. */
static lac_status take(LacunaPictureDecoder* self)
{
    lac_frame frame = LAC_FRAME_INIT;
    lac_status status;
    do {
        /* A cancel that came too late for the picture before does not count for this one. */
        status = lac_decoder_get(self->decoder, &frame);
    } while (status == LAC_E_CANCELLED && !g_atomic_int_get(&self->stopping));
    lac_frame_release(&frame);
    return status;
}

lac_status lacuna_picture_decoder_decode(LacunaPictureDecoder* self, const LacunaLimits* limits, const lac_packet* stream,
    const GstVideoFrame* target, gchar** fault)
{
    self->target = target;
    lac_status status = open_decoder(self, limits, lacuna_pixel_of(GST_VIDEO_FRAME_FORMAT(target)));
    if (status == LAC_OK) {
        status = lac_decoder_send(self->decoder, stream);
    }

    if (status == LAC_OK) {
        status = take(self);
    }

    if (status == LAC_AGAIN) {
        /* The stream stops short: told that there is no more, the decoder says where. */
        lac_decoder_send(self->decoder, NULL);
        status = take(self);
    }

    *fault = status == LAC_OK ? NULL : lacuna_describe(status);
    if (self->decoder != NULL) {
        lac_decoder_flush(self->decoder);
    }

    self->target = NULL;
    return status > LAC_OK ? LAC_E_INTERNAL : status;
}

void lacuna_picture_decoder_cancel(LacunaPictureDecoder* self)
{
    g_atomic_int_set(&self->stopping, TRUE);
    g_mutex_lock(&self->lock);
    if (self->decoder != NULL) {
        lac_decoder_cancel(self->decoder);
    }

    g_mutex_unlock(&self->lock);
}

void lacuna_picture_decoder_resume(LacunaPictureDecoder* self)
{
    g_atomic_int_set(&self->stopping, FALSE);
}

void lacuna_picture_decoder_close(LacunaPictureDecoder* self)
{
    replace(self, NULL);
}
