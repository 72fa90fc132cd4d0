/* plugin.c - what GStreamer learns of the plugin. Nothing here calls liblacuna: a registry scan does not start its runtime. */

#include "formats.h"
#include "lacunadec.h"
#include "lacunaenc.h"
#include "splitter.h"

/* Tells a stream from its magic and the mark of its first packet. */
static void find_type(GstTypeFind* find, gpointer unused)
{
    (void)unused;
    const guint8* data = gst_type_find_peek(find, 0, 6);
    if (data != NULL && lacuna_begins_stream(data, 6) && GST_READ_UINT16_LE(data + 4) == 0x4CB7) {
        gst_type_find_suggest_empty_simple(find, GST_TYPE_FIND_MAXIMUM, LACUNA_MEDIA_TYPE);
    }
}

static gboolean plugin_init(GstPlugin* plugin)
{
    GstCaps* caps = gst_caps_new_empty_simple(LACUNA_MEDIA_TYPE);
    gboolean done = gst_type_find_register(plugin, LACUNA_MEDIA_TYPE, GST_RANK_PRIMARY, find_type, "lac", caps, NULL, NULL);
    gst_caps_unref(caps);
    return done && gst_element_register(plugin, "lacunadec", GST_RANK_PRIMARY, LACUNA_TYPE_DEC)
        && gst_element_register(plugin, "lacunaenc", GST_RANK_PRIMARY, LACUNA_TYPE_ENC);
}

GST_PLUGIN_DEFINE(GST_VERSION_MAJOR, GST_VERSION_MINOR, lacuna, "Lacuna pictures", plugin_init, PACKAGE_VERSION,
    GST_LICENSE_UNKNOWN, PACKAGE, PACKAGE_ORIGIN)
