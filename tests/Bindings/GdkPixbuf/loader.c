/* The loader of GdkPixbuf, as programs call it. GDK_PIXBUF_MODULE_FILE names it, XDG_DATA_HOME the type of its files.
 *   loader_test GOLDEN VECTORS */

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#include "../golden.h"

static Golden golden;
static const gchar *folder, *vectors;

static void assert_golden(const GdkPixbuf* pixbuf)
{
    g_assert_nonnull(pixbuf);
    g_assert_cmpint(gdk_pixbuf_get_n_channels(pixbuf), ==, 3);
    g_assert_cmpint(gdk_pixbuf_get_width(pixbuf), ==, golden.width);
    g_assert_cmpint(gdk_pixbuf_get_height(pixbuf), ==, golden.height);
    guint32 crc = golden_crc(gdk_pixbuf_read_pixels(pixbuf), 3 * golden.width, gdk_pixbuf_get_rowstride(pixbuf), golden.height);
    g_assert_cmphex(crc, ==, golden.crc);
}

static GdkPixbuf* load_file(const gchar* from, const gchar* name)
{
    GError* error = NULL;
    gchar* path = g_build_filename(from, name, NULL);
    GdkPixbuf* pixbuf = gdk_pixbuf_new_from_file(path, &error);
    g_assert_no_error(error);
    g_free(path);
    return pixbuf;
}

static void a_file_gives_the_golden_pixels(void)
{
    GdkPixbuf* pixbuf = load_file(folder, "golden.lac");
    assert_golden(pixbuf);
    g_object_unref(pixbuf);
}

static void the_format_is_listed_with_its_type_and_extension(void)
{
    GSList* formats = gdk_pixbuf_get_formats();
    gboolean found = FALSE;
    for (GSList* at = formats; at != NULL; at = at->next) {
        GdkPixbufFormat* format = at->data;
        gchar *name = gdk_pixbuf_format_get_name(format), **types = gdk_pixbuf_format_get_mime_types(format);
        gchar** extensions = gdk_pixbuf_format_get_extensions(format);
        if (strcmp(name, "lacuna") == 0) {
            found = TRUE;
            g_assert_cmpstr(types[0], ==, "image/x-lacuna");
            g_assert_cmpstr(extensions[0], ==, "lac");
            g_assert_true(gdk_pixbuf_format_is_writable(format));
            g_assert_true(gdk_pixbuf_format_is_save_option_supported(format, "quality"));
            g_assert_false(gdk_pixbuf_format_is_save_option_supported(format, "compression"));
        }
        g_free(name);
        g_strfreev(types);
        g_strfreev(extensions);
    }

    g_slist_free(formats);
    g_assert_true(found);
}

/* What a loader told while it loaded. */
typedef struct {
    gint size_events, prepared_events, width, height;
    gsize written; /* bytes */
} Told;

static void on_size(GdkPixbufLoader* loader, gint width, gint height, Told* told)
{
    (void)loader;
    told->size_events++;
    told->width = width;
    told->height = height;
}

static void on_prepared(GdkPixbufLoader* loader, Told* told)
{
    g_assert_nonnull(gdk_pixbuf_loader_get_pixbuf(loader));
    told->prepared_events++;
}

static void pieces_of_any_size_give_the_same(gconstpointer data)
{
    gsize piece = GPOINTER_TO_SIZE(data);
    GError* error = NULL;
    Told told = { 0 };
    GdkPixbufLoader* loader = gdk_pixbuf_loader_new();
    g_signal_connect(loader, "size-prepared", G_CALLBACK(on_size), &told);
    g_signal_connect(loader, "area-prepared", G_CALLBACK(on_prepared), &told);
    for (; told.written < golden.stream_bytes; told.written += piece) {
        gdk_pixbuf_loader_write(loader, golden.stream + told.written, MIN(piece, golden.stream_bytes - told.written), &error);
        g_assert_no_error(error);
    }

    gdk_pixbuf_loader_close(loader, &error);
    g_assert_no_error(error);
    g_assert_cmpint(told.size_events, ==, 1);
    g_assert_cmpint(told.prepared_events, ==, 1);
    g_assert_cmpint(told.width, ==, golden.width);
    g_assert_cmpint(told.height, ==, golden.height);
    assert_golden(gdk_pixbuf_loader_get_pixbuf(loader));
    g_object_unref(loader);
}

static void the_size_is_told_as_soon_as_the_header_is_there(void)
{
    Told told = { 0 };
    GdkPixbufLoader* loader = gdk_pixbuf_loader_new_with_type("lacuna", NULL);
    g_signal_connect(loader, "size-prepared", G_CALLBACK(on_size), &told);
    for (; told.size_events == 0 && told.written < golden.stream_bytes; told.written++) {
        g_assert_true(gdk_pixbuf_loader_write(loader, golden.stream + told.written, 1, NULL));
    }

    g_assert_cmpuint(told.written, <, 40);
    g_assert_cmpint(told.width, ==, golden.width);
    g_assert_cmpint(told.height, ==, golden.height);
    gdk_pixbuf_loader_close(loader, NULL);
    g_object_unref(loader);
}

static void a_scaled_picture_has_the_size_that_was_asked_for(void)
{
    GError* error = NULL;
    gchar* path = g_build_filename(folder, "golden.lac", NULL);
    GdkPixbuf* pixbuf = gdk_pixbuf_new_from_file_at_scale(path, 20, 30, FALSE, &error);
    g_assert_no_error(error);
    g_assert_cmpint(gdk_pixbuf_get_width(pixbuf), ==, 20);
    g_assert_cmpint(gdk_pixbuf_get_height(pixbuf), ==, 30);

    gint width = 0, height = 0;
    g_assert_nonnull(gdk_pixbuf_get_file_info(path, &width, &height));
    g_assert_cmpint(width, ==, golden.width);
    g_assert_cmpint(height, ==, golden.height);
    g_object_unref(pixbuf);
    g_free(path);
}

/* Loads bytes in two halves, as the rest of a file is read in blocks, and expects a fault. */
static void assert_fails(const guint8* bytes, gsize count)
{
    GError* error = NULL;
    GdkPixbufLoader* loader = gdk_pixbuf_loader_new_with_type("lacuna", &error);
    g_assert_no_error(error);
    gboolean written = gdk_pixbuf_loader_write(loader, bytes, count / 2, &error)
        && gdk_pixbuf_loader_write(loader, bytes + count / 2, count - count / 2, &error);
    if (written) {
        g_assert_false(gdk_pixbuf_loader_close(loader, &error));
    } else {
        gdk_pixbuf_loader_close(loader, NULL);
    }

    g_assert_nonnull(error);
    g_assert_true(error->domain == GDK_PIXBUF_ERROR);
    g_assert_cmpuint(strlen(error->message), >, 20);
    g_assert_null(gdk_pixbuf_loader_get_pixbuf(loader));
    g_clear_error(&error);
    g_object_unref(loader);
}

static void a_file_cut_off_anywhere_is_an_error(void)
{
    for (gsize count = 1; count < golden.stream_bytes; count += 23) {
        assert_fails(golden.stream, count);
    }
}

static void garbage_is_an_error(void)
{
    guint8* bad = g_memdup2(golden.stream, golden.stream_bytes);
    for (gsize at = 0; at < golden.stream_bytes; at += 41) {
        bad[at] ^= 0x20;
        assert_fails(bad, golden.stream_bytes);
        bad[at] ^= 0x20;
    }

    memset(bad, 'x', golden.stream_bytes);
    assert_fails(bad, golden.stream_bytes);
    g_free(bad);
}

static void of_many_streams_the_first_is_shown(void)
{
    GError* error = NULL;
    GdkPixbufLoader* loader = gdk_pixbuf_loader_new();
    guint8* two = g_malloc(2 * golden.stream_bytes);
    memcpy(two, golden.stream, golden.stream_bytes);
    memset(two + golden.stream_bytes, 0, golden.stream_bytes);
    memcpy(two + golden.stream_bytes, golden.stream, 500);
    gdk_pixbuf_loader_write(loader, two, 2 * golden.stream_bytes, &error);
    g_assert_no_error(error);
    gdk_pixbuf_loader_close(loader, &error);
    g_assert_no_error(error);
    assert_golden(gdk_pixbuf_loader_get_pixbuf(loader));
    g_object_unref(loader);
    g_free(two);
}

static void grey_becomes_colour_and_alpha_stays(void)
{
    static const struct {
        const gchar* name;
        gint channels;
    } cases[] = { { "grey-33x97-q60.lac", 3 }, { "grey-alpha-17x9-q80.lac", 4 }, { "rgba-120x75-q45.lac", 4 }, { "dot-1x1-q50.lac", 3 } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        GdkPixbuf* pixbuf = load_file(vectors, cases[i].name);
        const guint8* pixels = gdk_pixbuf_read_pixels(pixbuf);
        g_assert_cmpint(gdk_pixbuf_get_n_channels(pixbuf), ==, cases[i].channels);
        for (gint x = 0; i < 2 && x < gdk_pixbuf_get_width(pixbuf); x++) {
            const guint8* pixel = pixels + x * cases[i].channels;
            g_assert_cmpint(pixel[0], ==, pixel[1]);
            g_assert_cmpint(pixel[0], ==, pixel[2]);
        }
        g_object_unref(pixbuf);
    }
}

static void a_picture_is_saved_and_loaded_again(gconstpointer data)
{
    gboolean alpha = GPOINTER_TO_INT(data);
    GError* error = NULL;
    GdkPixbuf* pixbuf = gdk_pixbuf_new(GDK_COLORSPACE_RGB, alpha, 8, 37, 29);
    gchar *good = NULL, *small = NULL;
    gsize good_bytes = 0, small_bytes = 0;
    gdk_pixbuf_fill(pixbuf, 0x40A0E080);
    gdk_pixbuf_save_to_buffer(pixbuf, &good, &good_bytes, "lacuna", &error, "quality", "95", NULL);
    g_assert_no_error(error);
    gdk_pixbuf_save_to_buffer(pixbuf, &small, &small_bytes, "lacuna", &error, "quality", "0", NULL);
    g_assert_no_error(error);
    g_assert_cmpuint(small_bytes, <, good_bytes);

    GInputStream* input = g_memory_input_stream_new_from_data(good, good_bytes, NULL);
    GdkPixbuf* again = gdk_pixbuf_new_from_stream(input, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpint(gdk_pixbuf_get_width(again), ==, 37);
    g_assert_cmpint(gdk_pixbuf_get_height(again), ==, 29);
    g_assert_cmpint(gdk_pixbuf_get_has_alpha(again), ==, alpha);
    const guint8* pixel = gdk_pixbuf_read_pixels(again) + 14 * gdk_pixbuf_get_rowstride(again) + 18 * gdk_pixbuf_get_n_channels(again);
    g_assert_cmpint(ABS(pixel[0] - 0x40), <, 12);
    g_assert_cmpint(ABS(pixel[1] - 0xA0), <, 12);
    g_assert_cmpint(ABS(pixel[2] - 0xE0), <, 12);
    g_assert_true(!alpha || pixel[3] == 0x80);

    g_object_unref(again);
    g_object_unref(input);
    g_object_unref(pixbuf);
    g_free(good);
    g_free(small);
}

static void options_that_cannot_be_are_refused(void)
{
    static const gchar* const bad[][2] = { { "quality", "101" }, { "quality", "high" }, { "quality", "" }, { "quality", "nan" },
        { "max-bytes", "0" }, { "max-bytes", "-5" }, { "max-bytes", "1" } };
    GdkPixbuf* pixbuf = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, 5, 5);
    gdk_pixbuf_fill(pixbuf, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        GError* error = NULL;
        gchar* bytes = NULL;
        gsize count = 0;
        g_assert_false(gdk_pixbuf_save_to_buffer(pixbuf, &bytes, &count, "lacuna", &error, bad[i][0], bad[i][1], NULL));
        g_assert_nonnull(error);
        g_clear_error(&error);
    }

    g_object_unref(pixbuf);
}

int main(int argc, char** argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(argc, ==, 3);
    folder = argv[1];
    vectors = argv[2];
    golden = golden_read(folder);
    g_test_add_func("/A file gives the golden pixels", a_file_gives_the_golden_pixels);
    g_test_add_func("/The format is listed with its type and extension", the_format_is_listed_with_its_type_and_extension);
    g_test_add_data_func("/Pieces of any size give the same/1", GSIZE_TO_POINTER(1), pieces_of_any_size_give_the_same);
    g_test_add_data_func("/Pieces of any size give the same/63", GSIZE_TO_POINTER(63), pieces_of_any_size_give_the_same);
    g_test_add_data_func("/Pieces of any size give the same/all", GSIZE_TO_POINTER(1 << 20), pieces_of_any_size_give_the_same);
    g_test_add_func("/The size is told as soon as the header is there", the_size_is_told_as_soon_as_the_header_is_there);
    g_test_add_func("/A scaled picture has the size that was asked for", a_scaled_picture_has_the_size_that_was_asked_for);
    g_test_add_func("/A file cut off anywhere is an error", a_file_cut_off_anywhere_is_an_error);
    g_test_add_func("/Garbage is an error", garbage_is_an_error);
    g_test_add_func("/Of many streams the first is shown", of_many_streams_the_first_is_shown);
    g_test_add_func("/Grey becomes colour and alpha stays", grey_becomes_colour_and_alpha_stays);
    g_test_add_data_func("/A picture is saved and loaded again/opaque", GINT_TO_POINTER(FALSE), a_picture_is_saved_and_loaded_again);
    g_test_add_data_func("/A picture is saved and loaded again/alpha", GINT_TO_POINTER(TRUE), a_picture_is_saved_and_loaded_again);
    g_test_add_func("/Options that cannot be are refused", options_that_cannot_be_are_refused);
    int result = g_test_run();
    golden_free(&golden);
    return result;
}
