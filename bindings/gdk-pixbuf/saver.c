/* saver.c - writes GdkPixbufs to .lac files. */

#include "io-lacuna.h"

#include "lacuna/encoder.h"

gboolean lacuna_is_save_option_supported(const gchar* key)
{
    return g_strcmp0(key, "quality") == 0 || g_strcmp0(key, "max-bytes") == 0;
}

/* Reads one option; those of other formats are passed over, as other loaders do. */
static gboolean read_option(const gchar* key, const gchar* value, lac_encoder_options* options)
{
    if (g_strcmp0(key, "quality") == 0) {
        gchar* end = NULL;
        options->quality = g_ascii_strtod(value, &end);
        return end != value && *end == '\0' && options->quality >= 0 && options->quality <= 100;
    }

    if (g_strcmp0(key, "max-bytes") == 0) {
        return g_ascii_string_to_unsigned(value, 10, 1, G_MAXINT64, &options->max_bytes, NULL);
    }

    return TRUE;
}

/* Encodes the pixbuf's own memory. */
static lac_status encode(const lac_encoder_options* options, const GdkPixbuf* pixbuf, lac_packet* packet)
{
    lac_encoder* encoder = NULL;
    lac_frame frame = LAC_FRAME_INIT;
    frame.format = gdk_pixbuf_get_has_alpha(pixbuf) ? LAC_PIXEL_RGBA : LAC_PIXEL_RGB;
    frame.width = gdk_pixbuf_get_width(pixbuf);
    frame.height = gdk_pixbuf_get_height(pixbuf);
    frame.planes[0] = (uint8_t*)gdk_pixbuf_read_pixels(pixbuf);
    frame.strides[0] = gdk_pixbuf_get_rowstride(pixbuf);

    lac_status status = lac_encoder_create(options, &encoder);
    if (status == LAC_OK) {
        status = lac_encoder_send(encoder, &frame);
    }

    if (status == LAC_OK) {
        status = lac_encoder_get(encoder, packet);
    }

    lac_encoder_destroy(&encoder);
    return status;
}

gboolean lacuna_save_to_callback(GdkPixbufSaveFunc save, gpointer user_data, GdkPixbuf* pixbuf, gchar** keys, gchar** values,
    GError** error)
{
    lac_encoder_options options = LAC_ENCODER_OPTIONS_INIT;
    lac_packet packet = LAC_PACKET_INIT;
    for (gsize i = 0; keys != NULL && keys[i] != NULL; i++) {
        if (!read_option(keys[i], values[i], &options)) {
            g_set_error(error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_BAD_OPTION, "%s cannot be %s", keys[i], values[i]);
            return FALSE;
        }
    }

    lac_status status = encode(&options, pixbuf, &packet);
    if (status != LAC_OK) {
        gchar detail[512];
        lac_error_detail(detail, sizeof detail);
        g_set_error(error, GDK_PIXBUF_ERROR, status == LAC_E_OUT_OF_MEMORY ? GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY : GDK_PIXBUF_ERROR_FAILED,
            "%s (%s)", lac_status_name(status), detail);
        return FALSE;
    }

    gboolean saved = save((const gchar*)packet.data, packet.size, error, user_data);
    lac_packet_release(&packet);
    return saved;
}
