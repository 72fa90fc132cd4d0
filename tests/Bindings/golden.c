/* golden.c - the golden file that every binding decodes. */

#include "golden.h"

#include <stdlib.h>
#include <string.h>

guint8* golden_file(const gchar* folder, const gchar* name, gsize* length)
{
    gchar *path = g_build_filename(folder, name, NULL), *contents = NULL;
    GError* error = NULL;
    g_file_get_contents(path, &contents, length, &error);
    g_assert_no_error(error);
    g_free(path);
    return (guint8*)contents;
}

/* The value of a line "key value". */
static const gchar* value_of(gchar** lines, const gchar* key)
{
    for (gsize i = 0; lines[i] != NULL; i++) {
        if (g_str_has_prefix(lines[i], key) && lines[i][strlen(key)] == ' ') {
            return lines[i] + strlen(key) + 1;
        }
    }

    g_error("golden.txt has no line \"%s\"", key);
}

Golden golden_read(const gchar* folder)
{
    Golden golden = { 0 };
    golden.stream = golden_file(folder, "golden.lac", &golden.stream_bytes);
    gsize length = 0;
    gchar* text = (gchar*)golden_file(folder, "golden.txt", &length);
    gchar** lines = g_strsplit(text, "\n", -1);
    g_assert_cmpstr(value_of(lines, "format"), ==, "rgb");
    golden.width = atoi(value_of(lines, "width"));
    golden.height = atoi(value_of(lines, "height"));
    golden.crc = (guint32)strtoul(value_of(lines, "crc32c"), NULL, 16);
    g_strfreev(lines);
    g_free(text);
    return golden;
}

void golden_free(Golden* golden)
{
    g_clear_pointer(&golden->stream, g_free);
}

guint32 golden_crc(const guint8* pixels, gsize row_bytes, gsize stride, gint rows)
{
    guint32 crc = 0xFFFFFFFF;
    for (gint row = 0; row < rows; row++) {
        for (gsize i = 0; i < row_bytes; i++) {
            crc ^= pixels[row * stride + i];
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78 : 0);
            }
        }
    }

    return ~crc;
}
