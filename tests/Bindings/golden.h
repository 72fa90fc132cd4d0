/* golden.h - the golden file that every binding decodes (bindings/examples/golden), for tests with GLib. */

#ifndef LACUNA_TESTS_GOLDEN_H
#define LACUNA_TESTS_GOLDEN_H

#include <glib.h>

typedef struct {
    guint8* stream; /* [stream_bytes] */
    gsize stream_bytes;
    gint width, height; /* of 3 channels: red, green, blue */
    guint32 crc;        /* CRC-32C of the pixels, rows without gaps */
} Golden;

/* Reads golden.lac and golden.txt of a folder, or ends the test. */
Golden golden_read(const gchar* folder);
void golden_free(Golden* golden);

/* Reads a file, or ends the test; the caller frees it. */
guint8* golden_file(const gchar* folder, const gchar* name, gsize* length);

/* CRC-32C of rows that lie `stride` bytes apart. */
guint32 golden_crc(const guint8* pixels, gsize row_bytes, gsize stride, gint rows);

#endif
