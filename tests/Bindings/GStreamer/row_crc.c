/* Prints the CRC-32C of rows of pixels in a file, 8 hex digits.
 *   row_crc FILE ROW_BYTES STRIDE ROWS */

#include <stdio.h>
#include <stdlib.h>

#include "../golden.h"

int main(int argc, char** argv)
{
    gchar* pixels = NULL;
    gsize length = 0;
    if (argc != 5 || !g_file_get_contents(argv[1], &pixels, &length, NULL)) {
        return 2;
    }

    gsize row_bytes = strtoul(argv[2], NULL, 10), stride = strtoul(argv[3], NULL, 10), rows = strtoul(argv[4], NULL, 10);
    if (length != stride * rows) {
        fprintf(stderr, "%s has %zu bytes\n", argv[1], length);
        return 1;
    }

    printf("%08x\n", golden_crc((guint8*)pixels, row_bytes, stride, (gint)rows));
    g_free(pixels);
    return 0;
}
