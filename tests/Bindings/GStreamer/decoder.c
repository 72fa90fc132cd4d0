/* lacunadec: what comes out of good streams. */

#include "harness.h"

#include <string.h>

static void a_file_gives_the_golden_pixels(gconstpointer piece)
{
    GstHarness* h = harness_new("lacunadec");
    gst_harness_set_src_caps_str(h, FILE_CAPS);
    push_pieces(h, golden.stream, golden.stream_bytes, GPOINTER_TO_SIZE(piece));
    g_assert_cmpuint(gst_harness_buffers_received(h), ==, 0); /* The end of a file ends its last stream. */
    g_assert_true(gst_harness_push_event(h, gst_event_new_eos()));
    g_assert_cmpuint(gst_harness_buffers_received(h), ==, 1);
    assert_golden(h, gst_harness_pull(h));
    g_assert_null(next_message(h, GST_MESSAGE_WARNING));
    harness_free(h);
}

static void streams_in_one_file_give_a_frame_each(gconstpointer piece)
{
    GstHarness* h = harness_new("lacunadec");
    gst_harness_set_src_caps_str(h, FILE_CAPS ", framerate=10/1");
    for (gint i = 0; i < 3; i++) {
        push_pieces(h, golden.stream, golden.stream_bytes, GPOINTER_TO_SIZE(piece));
        g_assert_cmpuint(gst_harness_buffers_received(h), ==, i); /* The next one ends the one before. */
    }

    g_assert_true(gst_harness_push_event(h, gst_event_new_eos()));
    g_assert_cmpuint(gst_harness_buffers_received(h), ==, 3);
    for (gint i = 0; i < 3; i++) {
        GstBuffer* buffer = gst_harness_pull(h);
        g_assert_cmpuint(GST_BUFFER_PTS(buffer), ==, i * GST_SECOND / 10);
        g_assert_cmpuint(GST_BUFFER_DURATION(buffer), ==, GST_SECOND / 10);
        assert_golden(h, buffer);
    }

    harness_free(h);
}

static void framed_streams_come_out_at_once_with_their_times_and_metas(void)
{
    GstHarness* h = harness_new("lacunadec");
    GstCaps* clock = gst_caps_new_empty_simple("timestamp/x-test");
    gst_harness_set_src_caps_str(h, FRAMED_CAPS);
    for (gint i = 0; i < 3; i++) {
        GstBuffer* buffer = buffer_of(golden.stream, golden.stream_bytes);
        GST_BUFFER_PTS(buffer) = (7 + i) * GST_SECOND;
        GST_BUFFER_DURATION(buffer) = 40 * GST_MSECOND;
        gst_buffer_add_reference_timestamp_meta(buffer, clock, 1234 + i, GST_CLOCK_TIME_NONE);
        buffer = gst_harness_push_and_pull(h, buffer);
        g_assert_cmpuint(GST_BUFFER_PTS(buffer), ==, (7 + i) * GST_SECOND);
        g_assert_cmpuint(GST_BUFFER_DURATION(buffer), ==, 40 * GST_MSECOND);
        GstReferenceTimestampMeta* meta = gst_buffer_get_reference_timestamp_meta(buffer, clock);
        g_assert_nonnull(meta);
        g_assert_cmpuint(meta->timestamp, ==, 1234 + i);
        assert_golden(h, buffer);
    }

    gst_caps_unref(clock);
    harness_free(h);
}

static void the_framerate_follows_the_caps(void)
{
    static const gint rates[] = { 25, 10, 50 };
    GstHarness* h = harness_new("lacunadec");
    for (gsize i = 0; i < G_N_ELEMENTS(rates); i++) {
        gchar* caps = g_strdup_printf("image/x-lacuna, parsed=true, framerate=%d/1", rates[i]);
        gst_harness_set_src_caps_str(h, caps);
        assert_golden(h, gst_harness_push_and_pull(h, buffer_of(golden.stream, golden.stream_bytes)));
        GstCaps* output = gst_pad_get_current_caps(h->sinkpad);
        gint numerator = 0, denominator = 0;
        g_assert_true(gst_structure_get_fraction(gst_caps_get_structure(output, 0), "framerate", &numerator, &denominator));
        g_assert_cmpint(numerator, ==, rates[i] * denominator);
        gst_caps_unref(output);
        g_free(caps);
    }

    harness_free(h);
}

/* The pixels of a vector, held to the SHA-256 in hashes.txt. */
static void assert_vector(const gchar* name, gint channels, const gchar* format)
{
    GstHarness* h = harness_new("lacunadec");
    gsize length, listed;
    gint width, height;
    gchar *file = g_strconcat(name, ".lac", NULL), *list = (gchar*)golden_file(vectors, "hashes.txt", &listed);
    guint8* stream = golden_file(vectors, file, &length);
    gst_harness_set_src_caps_str(h, FRAMED_CAPS);
    GstBuffer* buffer = gst_harness_push_and_pull(h, buffer_of(stream, length));

    GstCaps* caps = gst_pad_get_current_caps(h->sinkpad);
    g_assert_cmpstr(gst_structure_get_string(gst_caps_get_structure(caps, 0), "format"), ==, format);
    guint8* pixels = pixels_of(h, buffer, channels == 2 ? 4 : channels, &width, &height);
    for (gint i = 0; channels == 2 && i < width * height; i++) {
        g_assert_cmpint(pixels[4 * i], ==, pixels[4 * i + 1]);
        g_assert_cmpint(pixels[4 * i], ==, pixels[4 * i + 2]);
        pixels[2 * i] = pixels[4 * i];
        pixels[2 * i + 1] = pixels[4 * i + 3];
    }

    gchar* hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, pixels, (gsize)width * height * channels);
    const gchar* line = strstr(list, name);
    g_assert_nonnull(line);
    g_assert_cmpmem(hash, 64, strchr(line, '\n') - 64, 64);

    gst_caps_unref(caps);
    gst_buffer_unref(buffer);
    g_free(pixels);
    g_free(hash);
    g_free(file);
    g_free(list);
    g_free(stream);
    harness_free(h);
}

static void each_layout_of_streams_gives_its_pixels(void)
{
    assert_vector("grey-33x97-q60", 1, "GRAY8");
    assert_vector("grey-alpha-17x9-q80", 2, "RGBA");
    assert_vector("rgb-1100x37-q20", 3, "RGB");
    assert_vector("rgba-120x75-q45", 4, "RGBA");
    assert_vector("dot-1x1-q50", 3, "RGB");
}

static void each_format_of_the_next_element_has_the_same_pixels(void)
{
    static const gchar* const formats[]
        = { "RGB", "BGR", "RGBx", "BGRx", "xRGB", "xBGR", "RGBA", "BGRA", "ARGB", "ABGR", "GBR", "RGBP", "BGRP", "GBRA" };
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        GstHarness* h = harness_new("lacunadec");
        gchar* caps = g_strdup_printf("video/x-raw, format=%s", formats[i]);
        gst_harness_set_caps_str(h, FRAMED_CAPS, caps);
        assert_golden(h, gst_harness_push_and_pull(h, buffer_of(golden.stream, golden.stream_bytes)));
        g_free(caps);
        harness_free(h);
    }
}

static void a_picture_in_colour_is_not_given_as_grey(void)
{
    GstHarness* h = harness_new("lacunadec");
    gst_harness_set_caps_str(h, FRAMED_CAPS, "video/x-raw, format=GRAY8");
    g_assert_cmpint(gst_harness_push(h, buffer_of(golden.stream, golden.stream_bytes)), ==, GST_FLOW_NOT_NEGOTIATED);
    harness_free(h);
}

static void size_and_layout_may_change_from_stream_to_stream(void)
{
    static const gchar* const names[] = { "grey-33x97-q60.lac", "rgba-120x75-q45.lac", "dot-1x1-q50.lac", "rgb-61x43-q100.lac" };
    static const gint widths[] = { 33, 120, 1, 61 };
    GstHarness* h = harness_new("lacunadec");
    gst_harness_set_src_caps_str(h, FILE_CAPS);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        gsize length;
        guint8* stream = golden_file(vectors, names[i], &length);
        push_pieces(h, stream, length, 333);
        g_free(stream);
    }

    g_assert_true(gst_harness_push_event(h, gst_event_new_eos()));
    g_assert_cmpuint(gst_harness_buffers_received(h), ==, 4);
    for (gsize i = 0; i < 3; i++) {
        gst_buffer_unref(gst_harness_pull(h));
    }

    GstEvent* event;
    gsize seen = 0;
    while ((event = gst_harness_try_pull_event(h)) != NULL) {
        if (GST_EVENT_TYPE(event) == GST_EVENT_CAPS) {
            GstCaps* caps;
            gint width = 0;
            gst_event_parse_caps(event, &caps);
            gst_structure_get_int(gst_caps_get_structure(caps, 0), "width", &width);
            g_assert_cmpint(width, ==, widths[seen++]);
        }
        gst_event_unref(event);
    }

    g_assert_cmpuint(seen, ==, 4);
    assert_golden(h, gst_harness_pull(h));
    harness_free(h);
}

/* Zero copies: rows of the harness's own alignment in memory of its own allocator. */
static void pictures_are_decoded_into_memory_of_the_next_element(void)
{
    GstHarness* h = harness_new("lacunadec");
    GstAllocator* allocator = gst_allocator_find(NULL);
    GstAllocationParams params = { 0, 255, 0, 0, { NULL } };
    gst_harness_set_propose_allocator(h, gst_object_ref(allocator), &params);
    gst_harness_set_src_caps_str(h, FRAMED_CAPS);
    GstBuffer* buffer = gst_harness_push_and_pull(h, buffer_of(golden.stream, golden.stream_bytes));
    GstMapInfo map;
    g_assert_true(gst_buffer_map(buffer, &map, GST_MAP_READ));
    g_assert_true(map.memory->allocator == allocator);
    g_assert_cmpuint(GPOINTER_TO_SIZE(map.data) % 256, ==, 0);
    gst_buffer_unmap(buffer, &map);
    assert_golden(h, buffer);
    gst_object_unref(allocator);
    harness_free(h);
}

void add_decoder_tests(void)
{
    static const gsize pieces[] = { 1, 7, 100, 1 << 20 };
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        gpointer piece = GSIZE_TO_POINTER(pieces[i]);
        gchar* one = g_strdup_printf("/A file gives the golden pixels/pieces of %" G_GSIZE_FORMAT, pieces[i]);
        gchar* many = g_strdup_printf("/Streams in one file give a frame each/pieces of %" G_GSIZE_FORMAT, pieces[i]);
        g_test_add_data_func(one, piece, a_file_gives_the_golden_pixels);
        g_test_add_data_func(many, piece, streams_in_one_file_give_a_frame_each);
        g_free(one);
        g_free(many);
    }

    g_test_add_func("/Framed streams come out at once with their times and metas", framed_streams_come_out_at_once_with_their_times_and_metas);
    g_test_add_func("/The framerate follows the caps", the_framerate_follows_the_caps);
    g_test_add_func("/Each layout of streams gives its pixels", each_layout_of_streams_gives_its_pixels);
    g_test_add_func("/Each format of the next element has the same pixels", each_format_of_the_next_element_has_the_same_pixels);
    g_test_add_func("/A picture in colour is not given as grey", a_picture_in_colour_is_not_given_as_grey);
    g_test_add_func("/Size and layout may change from stream to stream", size_and_layout_may_change_from_stream_to_stream);
    g_test_add_func("/Pictures are decoded into memory of the next element", pictures_are_decoded_into_memory_of_the_next_element);
}
