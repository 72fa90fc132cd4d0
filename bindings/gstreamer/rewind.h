/* rewind.h - seeks in a file that has no times. */

#ifndef LACUNA_GST_REWIND_H
#define LACUNA_GST_REWIND_H

#include <gst/gst.h>

G_BEGIN_DECLS

/* Whether an event asks for the start of the stream in time, which is that of the file as well. */
gboolean lacuna_is_rewind(GstEvent* event);

/* Passes such a seek on through `sink`: as it is, or as one in bytes where nobody before knows times. Takes the event. */
gboolean lacuna_rewind(GstPad* sink, GstEvent* event);

G_END_DECLS

#endif
