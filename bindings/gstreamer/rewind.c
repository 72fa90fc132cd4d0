/* rewind.c - seeks in a file that has no times. */

#include "rewind.h"

gboolean lacuna_is_rewind(GstEvent* event)
{
    gdouble rate;
    GstFormat format;
    GstSeekType type;
    gint64 start;
    if (GST_EVENT_TYPE(event) != GST_EVENT_SEEK) {
        return FALSE;
    }

    gst_event_parse_seek(event, &rate, &format, NULL, &type, &start, NULL, NULL);
    return format == GST_FORMAT_TIME && rate > 0 && type == GST_SEEK_TYPE_SET && start == 0;
}

gboolean lacuna_rewind(GstPad* sink, GstEvent* event)
{
    gdouble rate;
    GstSeekFlags flags;
    gst_event_parse_seek(event, &rate, NULL, &flags, NULL, NULL, NULL, NULL);
    GstEvent* bytes = gst_event_new_seek(rate, GST_FORMAT_BYTES, flags, GST_SEEK_TYPE_SET, 0, GST_SEEK_TYPE_NONE, -1);
    gst_event_set_seqnum(bytes, gst_event_get_seqnum(event));
    gboolean done = gst_pad_push_event(sink, event) || gst_pad_push_event(sink, gst_event_ref(bytes));
    gst_event_unref(bytes);
    return done;
}
