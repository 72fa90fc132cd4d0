/* splitter.h - where one stream ends and the next begins, in a file of many.
 *
 * A stream is a magic number and packets that tell their length
 * (docs/format.md, section 1). The splitter steps from packet to packet and
 * reads nothing between; what a packet holds is the decoder's affair. */

#ifndef LACUNA_GST_SPLITTER_H
#define LACUNA_GST_SPLITTER_H

#include <gst/base/gstadapter.h>

G_BEGIN_DECLS

#define LACUNA_MAGIC_BYTES 4

/* Where the splitter is in the stream with which its adapter begins. All zero: at its first byte. */
typedef struct {
    guint64 packet;   /* where the last packet that was seen begins */
    guint64 position; /* of the next one; may lie beyond the bytes that are there */
    gboolean damaged; /* no packet was found where one must be: the next magic ends the stream */
} LacunaSplitter;

/* Whether `data`, of which `length` bytes are known, begins a stream. */
gboolean lacuna_begins_stream(const guint8* data, gsize length);

/* Bytes before the first magic in the adapter; all but the last three where there is none, for it may begin in them. */
gsize lacuna_splitter_skip(GstAdapter* adapter, gboolean at_end);

/* Looks for the end of the stream with which the adapter begins.
 *   longest       a stream of more bytes is taken as damaged
 *   at_end        there will be no more bytes: the last one ends the stream
 *   returns       its length, or 0 where more bytes are needed */
gsize lacuna_splitter_find_end(LacunaSplitter* splitter, GstAdapter* adapter, guint64 longest, gboolean at_end);

G_END_DECLS

#endif
