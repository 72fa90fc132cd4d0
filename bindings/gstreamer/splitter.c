/* splitter.c - where one stream ends and the next begins. */

#include "splitter.h"

#include <string.h>

#define CHECK_BYTES 4 /* the checksum behind a payload */
#define LONGEST_VARINT 10

static const guint8 magic[LACUNA_MAGIC_BYTES] = { 0x4C, 0x41, 0x43, 0x8A };
static const guint8 mark[2] = { 0xB7, 0x4C };

/* What lies at a place where a packet or the next stream must begin. */
typedef enum { PACKET, NEXT_STREAM, SHORT_OF_BYTES, DAMAGE } Found;

gboolean lacuna_begins_stream(const guint8* data, gsize length)
{
    return length >= LACUNA_MAGIC_BYTES && memcmp(data, magic, LACUNA_MAGIC_BYTES) == 0;
}

/* Where the next magic is at or after `from`, or -1. */
static gssize find_magic(GstAdapter* adapter, gsize from)
{
    gsize available = gst_adapter_available(adapter);
    if (available < from + LACUNA_MAGIC_BYTES) {
        return -1;
    }

    return gst_adapter_masked_scan_uint32(adapter, 0xFFFFFFFF, GST_READ_UINT32_BE(magic), from, available - from);
}

gsize lacuna_splitter_skip(GstAdapter* adapter, gboolean at_end)
{
    gsize available = gst_adapter_available(adapter);
    gssize found = find_magic(adapter, 0);
    if (found >= 0) {
        return (gsize)found;
    }

    return at_end ? available : available - MIN(available, LACUNA_MAGIC_BYTES - 1);
}

/* Reads what lies at `position`, and the length of all of a packet. */
static Found look(GstAdapter* adapter, gsize position, guint64 longest, guint64* length)
{
    guint8 head[4 + LONGEST_VARINT];
    gsize count = MIN(gst_adapter_available(adapter) - position, sizeof head), at = 4;
    if (count < 4) {
        return SHORT_OF_BYTES;
    }

    gst_adapter_copy(adapter, head, position, count);
    if (lacuna_begins_stream(head, count)) {
        return NEXT_STREAM;
    }

    if (memcmp(head, mark, sizeof mark) != 0) {
        return DAMAGE;
    }

    guint64 payload = 0;
    gboolean last = FALSE;
    for (; !last && at < MIN(count, sizeof head); at++) {
        payload |= (guint64)(head[at] & 0x7F) << (7 * (at - 4));
        last = (head[at] & 0x80) == 0;
    }

    if (!last) {
        return count == sizeof head ? DAMAGE : SHORT_OF_BYTES;
    }

    *length = at + payload + CHECK_BYTES;
    return payload > longest ? DAMAGE : PACKET;
}

/* The end of a damaged stream: a length may be what is damaged, so the search begins inside the last packet. */
static gsize find_next_stream(LacunaSplitter* splitter, GstAdapter* adapter, gboolean at_end)
{
    gsize available = gst_adapter_available(adapter);
    gssize found = find_magic(adapter, (gsize)splitter->packet);
    if (found >= 0 || at_end) {
        return found >= 0 ? (gsize)found : available;
    }

    splitter->packet = MAX(splitter->packet, available - MIN(available, LACUNA_MAGIC_BYTES - 1));
    return 0;
}

gsize lacuna_splitter_find_end(LacunaSplitter* splitter, GstAdapter* adapter, guint64 longest, gboolean at_end)
{
    gsize available = gst_adapter_available(adapter);
    splitter->packet = MAX(splitter->packet, LACUNA_MAGIC_BYTES);
    splitter->position = MAX(splitter->position, LACUNA_MAGIC_BYTES);
    while (!splitter->damaged) {
        guint64 length = 0;
        Found found = SHORT_OF_BYTES;
        if (splitter->position <= longest && splitter->position <= available) {
            found = look(adapter, (gsize)splitter->position, longest, &length);
        }

        if (found == NEXT_STREAM || (at_end && splitter->position == available)) {
            return (gsize)splitter->position;
        } else if (found == PACKET) {
            splitter->packet = splitter->position;
            splitter->position += length;
        } else if (found == DAMAGE || at_end || splitter->position > longest) {
            splitter->damaged = TRUE;
        } else {
            return 0;
        }
    }

    return find_next_stream(splitter, adapter, at_end);
}
