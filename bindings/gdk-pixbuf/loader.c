/* loader.c - reads .lac files into GdkPixbufs.
 *
 * The library's decoder takes the pieces of the file as they come and writes
 * into the pixbuf that is handed on: only compressed bytes are copied. */

#include "io-lacuna.h"

#include <string.h>

#include "lacuna/decoder.h"
#include "lacuna/stream.h"

/* One picture being loaded. */
typedef struct {
    GdkPixbufModuleSizeFunc size;
    GdkPixbufModulePreparedFunc prepared;
    GdkPixbufModuleUpdatedFunc updated;
    gpointer user_data;

    lac_decoder* decoder; /* null until the header is known */
    guint8 head[LAC_STREAM_HEADER_BYTES];
    gsize head_bytes;
    GdkPixbuf* pixbuf; /* null until it is decoded */
    gboolean failed;
} Load;

/* Sets what the library knows of the last failed call; returns FALSE. */
static gboolean fail(lac_status status, GError** error)
{
    gchar detail[512];
    gint code = GDK_PIXBUF_ERROR_CORRUPT_IMAGE;
    if (status == LAC_E_OUT_OF_MEMORY || status == LAC_E_LIMIT_EXCEEDED) {
        code = GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY;
    } else if (status > LAC_E_TRUNCATED) {
        code = GDK_PIXBUF_ERROR_FAILED;
    } else if (status == LAC_E_UNSUPPORTED_VERSION || status == LAC_E_UNKNOWN_MODEL) {
        code = GDK_PIXBUF_ERROR_UNSUPPORTED_OPERATION;
    }

    lac_error_detail(detail, sizeof detail);
    g_set_error(error, GDK_PIXBUF_ERROR, code, "%s (%s)", lac_status_name(status), detail);
    return FALSE;
}

/* lac_frame_allocator: a pixbuf gives the memory. */
static int32_t allocate_pixbuf(void* context, lac_frame* frame, void** cookie)
{
    Load* load = context;
    GdkPixbuf* pixbuf = gdk_pixbuf_new(GDK_COLORSPACE_RGB, frame->format == LAC_PIXEL_RGBA, 8, frame->width, frame->height);
    if (pixbuf == NULL) {
        return -1;
    }

    frame->planes[0] = gdk_pixbuf_get_pixels(pixbuf);
    frame->strides[0] = gdk_pixbuf_get_rowstride(pixbuf);
    load->pixbuf = pixbuf;
    *cookie = g_object_ref(pixbuf);
    return 0;
}

/* lac_frame_allocator: takes the library's reference away. */
static void release_pixbuf(void* context, const lac_frame* frame, void* cookie)
{
    (void)context;
    (void)frame;
    g_object_unref(cookie);
}

/* Tells the caller the size and makes the decoder; leaves it null where the header is not all there. */
static gboolean open_decoder(Load* load, GError** error)
{
    lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
    lac_status status = lac_stream_info(load->head, load->head_bytes, &properties);
    if (status == LAC_E_TRUNCATED && load->head_bytes < sizeof load->head) {
        return TRUE;
    }

    if (status != LAC_OK) {
        return fail(status, error);
    }

    /* The caller may wish for another size, and scales to it itself; 0 means that it only wanted to know. */
    gint width = properties.width, height = properties.height;
    if (load->size != NULL) {
        load->size(&width, &height, load->user_data);
    }

    if (width == 0 || height == 0) {
        g_set_error_literal(error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_FAILED, "The picture is not wanted");
        return FALSE;
    }

    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    options.format = properties.channels % 2 == 0 ? LAC_PIXEL_RGBA : LAC_PIXEL_RGB;
    options.frames.context = load;
    options.frames.allocate = allocate_pixbuf;
    options.frames.release = release_pixbuf;
    status = lac_decoder_create(&options, &load->decoder);
    return status == LAC_OK || fail(status, error);
}

/* Takes the picture, where all of its stream is there, and hands it on. */
static gboolean take(Load* load, GError** error)
{
    lac_frame frame = LAC_FRAME_INIT;
    lac_status status = lac_decoder_get(load->decoder, &frame);
    if (status == LAC_AGAIN) {
        return TRUE;
    }

    if (status != LAC_OK) {
        g_clear_object(&load->pixbuf);
        return fail(status, error);
    }

    lac_frame_release(&frame);
    if (load->prepared != NULL) {
        load->prepared(load->pixbuf, NULL, load->user_data);
    }

    if (load->updated != NULL) {
        load->updated(load->pixbuf, 0, 0, gdk_pixbuf_get_width(load->pixbuf), gdk_pixbuf_get_height(load->pixbuf), load->user_data);
    }

    return TRUE;
}

/* Gives bytes, or with none the end of them, to the decoder. */
static gboolean feed(Load* load, const guchar* bytes, gsize count, GError** error)
{
    lac_packet packet = LAC_PACKET_INIT;
    packet.data = bytes;
    packet.size = count;
    lac_status status = lac_decoder_send(load->decoder, count > 0 ? &packet : NULL);
    if (status < LAC_OK) {
        return fail(status, error);
    }

    return take(load, error);
}

gpointer lacuna_begin_load(GdkPixbufModuleSizeFunc size, GdkPixbufModulePreparedFunc prepared, GdkPixbufModuleUpdatedFunc updated,
    gpointer user_data, GError** error)
{
    (void)error;
    Load* load = g_new0(Load, 1);
    load->size = size;
    load->prepared = prepared;
    load->updated = updated;
    load->user_data = user_data;
    return load;
}

static gboolean increment(Load* load, const guchar* bytes, gsize count, GError** error)
{
    if (load->pixbuf != NULL || count == 0) {
        return TRUE; /* Pictures after the first are not shown. */
    }

    if (load->decoder != NULL) {
        return feed(load, bytes, count, error);
    }

    gsize taken = MIN(count, sizeof load->head - load->head_bytes);
    memcpy(load->head + load->head_bytes, bytes, taken);
    load->head_bytes += taken;
    if (!open_decoder(load, error)) {
        return FALSE;
    }

    return load->decoder == NULL || (feed(load, load->head, load->head_bytes, error) && increment(load, bytes + taken, count - taken, error));
}

gboolean lacuna_load_increment(gpointer context, const guchar* bytes, guint count, GError** error)
{
    Load* load = context;
    load->failed = load->failed || !increment(load, bytes, count, error);
    return !load->failed;
}

gboolean lacuna_stop_load(gpointer context, GError** error)
{
    Load* load = context;
    gboolean done = load->pixbuf != NULL && !load->failed;
    if (!done && load->decoder != NULL && !load->failed) {
        done = feed(load, NULL, 0, error);
    } else if (!done && !load->failed) {
        g_set_error_literal(error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_CORRUPT_IMAGE, "The file ends in the stream's header");
    }

    g_clear_object(&load->pixbuf);
    lac_decoder_destroy(&load->decoder);
    g_free(load);
    return done;
}
