/* lacunaenc: what comes out of raw pictures. */

#include "harness.h"

#include <string.h>

#define WIDTH 50
#define HEIGHT 34

/* The value of a channel of the test picture: red, green, blue, alpha. */
static guint8 sample_at(gint x, gint y, gint channel)
{
    return channel == 3 ? (guint8)(255 - 4 * x) : (guint8)(20 + 4 * x * (channel == 0) + 5 * y * (channel == 1) + 2 * (x + y) * (channel == 2));
}

/* The test picture in a raw format. */
static GstBuffer* picture_in(const gchar* format)
{
    GstVideoInfo info;
    GstVideoFrame frame;
    gst_video_info_set_format(&info, gst_video_format_from_string(format), WIDTH, HEIGHT);
    GstBuffer* buffer = gst_buffer_new_allocate(NULL, info.size, NULL);
    g_assert_true(gst_video_frame_map(&frame, &info, buffer, GST_MAP_WRITE));
    for (guint c = 0; c < GST_VIDEO_INFO_N_COMPONENTS(&info); c++) {
        for (gint i = 0; i < WIDTH * HEIGHT; i++) {
            guint8* row = (guint8*)GST_VIDEO_FRAME_COMP_DATA(&frame, c) + i / WIDTH * GST_VIDEO_FRAME_COMP_STRIDE(&frame, c);
            row[i % WIDTH * GST_VIDEO_FRAME_COMP_PSTRIDE(&frame, c)] = sample_at(i % WIDTH, i / WIDTH, c);
        }
    }

    gst_video_frame_unmap(&frame);
    return buffer;
}

static GstHarness* encoder_for(const gchar* launch, const gchar* format)
{
    GstHarness* h = harness_new(launch);
    gchar* caps = g_strdup_printf("video/x-raw, format=%s, width=%d, height=%d, framerate=25/1", format, WIDTH, HEIGHT);
    gst_harness_set_src_caps_str(h, caps);
    g_free(caps);
    return h;
}

static GstBuffer* encode(const gchar* launch, const gchar* format)
{
    GstHarness* h = encoder_for(launch, format);
    GstBuffer* stream = gst_harness_push_and_pull(h, picture_in(format));
    g_assert_nonnull(stream);
    harness_free(h);
    return stream;
}

static void assert_equal(GstBuffer* a, GstBuffer* b)
{
    GstMapInfo x, y;
    g_assert_true(gst_buffer_map(a, &x, GST_MAP_READ) && gst_buffer_map(b, &y, GST_MAP_READ));
    g_assert_cmpmem(x.data, x.size, y.data, y.size);
    gst_buffer_unmap(a, &x);
    gst_buffer_unmap(b, &y);
}

static void the_picture_comes_back_from_its_stream(void)
{
    static const struct {
        const gchar* format;
        gint channels;
    } cases[] = { { "RGB", 3 }, { "RGBA", 4 }, { "GRAY8", 1 } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        GstHarness* h = encoder_for("lacunaenc quality=90 ! lacunadec", cases[i].format);
        GstBuffer* buffer = gst_harness_push_and_pull(h, picture_in(cases[i].format));
        gint width, height;
        guint8* pixels = pixels_of(h, buffer, cases[i].channels, &width, &height);
        gdouble squares = 0;
        g_assert_cmpint(width, ==, WIDTH);
        g_assert_cmpint(height, ==, HEIGHT);
        for (gint at = 0; at < WIDTH * HEIGHT * cases[i].channels; at++) {
            gint pixel = at / cases[i].channels;
            gdouble difference = pixels[at] - sample_at(pixel % WIDTH, pixel / WIDTH, at % cases[i].channels);
            squares += difference * difference;
        }

        g_assert_cmpfloat(squares / (WIDTH * HEIGHT * cases[i].channels), <, 40); /* 32 dB */
        g_free(pixels);
        gst_buffer_unref(buffer);
        harness_free(h);
    }
}

static void times_and_caps_go_along(void)
{
    GstHarness* h = encoder_for("lacunaenc", "RGB");
    for (gint i = 0; i < 3; i++) {
        GstBuffer* buffer = picture_in("RGB");
        GST_BUFFER_PTS(buffer) = (5 + i) * GST_SECOND;
        GST_BUFFER_DURATION(buffer) = GST_SECOND / 25;
        buffer = gst_harness_push_and_pull(h, buffer);
        g_assert_cmpuint(GST_BUFFER_DURATION(buffer), ==, GST_SECOND / 25);
        g_assert_false(GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT));
        gst_buffer_unref(buffer);
    }

    GstCaps* caps = gst_pad_get_current_caps(h->sinkpad);
    GstCaps* expected = gst_caps_from_string("image/x-lacuna, parsed=true, width=50, height=34, framerate=25/1");
    g_assert_true(gst_caps_is_subset(caps, expected));
    gst_caps_unref(expected);
    gst_caps_unref(caps);
    harness_free(h);
}

static void times_come_back_through_the_decoder(void)
{
    GstHarness* h = encoder_for("lacunaenc ! lacunadec", "RGB");
    for (gint i = 0; i < 3; i++) {
        GstBuffer* buffer = picture_in("RGB");
        GST_BUFFER_PTS(buffer) = (5 + i) * GST_SECOND;
        GST_BUFFER_DURATION(buffer) = GST_SECOND / 25;
        buffer = gst_harness_push_and_pull(h, buffer);
        g_assert_cmpuint(GST_BUFFER_DURATION(buffer), ==, GST_SECOND / 25);
        g_assert_cmpuint(GST_BUFFER_PTS(buffer) % GST_SECOND, ==, 0);
        gst_buffer_unref(buffer);
    }

    harness_free(h);
}

static void a_picture_gives_the_same_stream_in_each_format(void)
{
    static const gchar* const formats[][6] = { { "RGB", "BGR", "GBR", "RGBP", "BGRP" }, { "RGBA", "BGRA", "ARGB", "ABGR", "GBRA" } };
    for (gsize kind = 0; kind < G_N_ELEMENTS(formats); kind++) {
        GstBuffer* expected = encode("lacunaenc", formats[kind][0]);
        for (gsize i = 1; formats[kind][i] != NULL; i++) {
            GstBuffer* stream = encode("lacunaenc threads=2", formats[kind][i]);
            assert_equal(expected, stream);
            gst_buffer_unref(stream);
        }

        gst_buffer_unref(expected);
    }
}

static void quality_may_change_while_it_runs(void)
{
    GstHarness* h = encoder_for("lacunaenc name=enc quality=90", "RGB");
    GstElement* element = gst_harness_find_element(h, "lacunaenc");
    GstBuffer* good = gst_harness_push_and_pull(h, picture_in("RGB"));
    g_object_set(element, "quality", 5.0, NULL);
    GstBuffer* small = gst_harness_push_and_pull(h, picture_in("RGB"));
    g_assert_cmpuint(gst_buffer_get_size(small), <, gst_buffer_get_size(good));
    gst_buffer_unref(good);
    gst_buffer_unref(small);
    gst_object_unref(element);
    harness_free(h);
}

static void no_stream_exceeds_max_bytes(void)
{
    GstBuffer *free = encode("lacunaenc quality=100", "RGB"), *bound = encode("lacunaenc max-bytes=250 quality=100", "RGB");
    g_assert_cmpuint(gst_buffer_get_size(free), >, 250);
    g_assert_cmpuint(gst_buffer_get_size(bound), <=, 250);
    gst_buffer_unref(free);
    gst_buffer_unref(bound);

    GstHarness* h = encoder_for("lacunaenc max-bytes=1", "RGB");
    g_assert_cmpint(gst_harness_push(h, picture_in("RGB")), ==, GST_FLOW_ERROR);
    gchar* text = next_message(h, GST_MESSAGE_ERROR);
    g_assert_nonnull(text);
    g_assert_cmpuint(strlen(text), >, 20);
    g_free(text);
    harness_free(h);
}

static void size_may_change_from_picture_to_picture(void)
{
    GstHarness* h = encoder_for("lacunaenc ! lacunadec", "RGB");
    gst_buffer_unref(gst_harness_push_and_pull(h, picture_in("RGB")));
    gst_harness_set_src_caps_str(h, "video/x-raw, format=GRAY8, width=8, height=5, framerate=25/1");
    GstBuffer* buffer = gst_harness_push_and_pull(h, gst_buffer_new_allocate(NULL, 40, NULL));
    gint width, height;
    guint8* pixels = pixels_of(h, buffer, 1, &width, &height);
    g_assert_cmpint(width, ==, 8);
    g_assert_cmpint(height, ==, 5);
    g_free(pixels);
    gst_buffer_unref(buffer);
    harness_free(h);
}

/* The output buffer is the library's packet: it must outlive the element. */
static void streams_outlive_the_encoder(void)
{
    GstBuffer *a = encode("lacunaenc", "RGB"), *b = encode("lacunaenc", "RGB");
    assert_equal(a, b);
    gst_buffer_unref(a);
    gst_buffer_unref(b);
}

static void a_flush_leaves_the_encoder_usable(void)
{
    GstHarness* h = encoder_for("lacunaenc", "RGB");
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_TIME);
    for (gint i = 0; i < 3; i++) {
        gst_buffer_unref(gst_harness_push_and_pull(h, picture_in("RGB")));
        g_assert_true(gst_harness_push_event(h, gst_event_new_flush_start()));
        g_assert_true(gst_harness_push_event(h, gst_event_new_flush_stop(TRUE)));
        g_assert_true(gst_harness_push_event(h, gst_event_new_segment(&segment)));
    }

    harness_free(h);
}

void add_encoder_tests(void)
{
    g_test_add_func("/The picture comes back from its stream", the_picture_comes_back_from_its_stream);
    g_test_add_func("/Times and caps go along", times_and_caps_go_along);
    g_test_add_func("/Times come back through the decoder", times_come_back_through_the_decoder);
    g_test_add_func("/A picture gives the same stream in each format", a_picture_gives_the_same_stream_in_each_format);
    g_test_add_func("/Quality may change while it runs", quality_may_change_while_it_runs);
    g_test_add_func("/No stream exceeds max-bytes", no_stream_exceeds_max_bytes);
    g_test_add_func("/Size may change from picture to picture", size_may_change_from_picture_to_picture);
    g_test_add_func("/Streams outlive the encoder", streams_outlive_the_encoder);
    g_test_add_func("/A flush leaves the encoder usable", a_flush_leaves_the_encoder_usable);
}
