/* lacunadec: flushes, seeks, late pictures, and threads. */

#include "harness.h"

#include <glib/gstdio.h>

static void a_flush_forgets_half_a_stream(void)
{
    GstHarness* h = harness_new("lacunadec");
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_TIME);
    gst_harness_set_src_caps_str(h, FILE_CAPS);
    push_pieces(h, golden.stream, golden.stream_bytes / 2, 100);
    g_assert_true(gst_harness_push_event(h, gst_event_new_flush_start()));
    g_assert_true(gst_harness_push_event(h, gst_event_new_flush_stop(TRUE)));
    g_assert_true(gst_harness_push_event(h, gst_event_new_segment(&segment)));
    push_pieces(h, golden.stream, golden.stream_bytes, 100);
    g_assert_true(gst_harness_push_event(h, gst_event_new_eos()));
    g_assert_cmpuint(gst_harness_buffers_received(h), ==, 1);
    assert_golden(h, gst_harness_pull(h));
    g_assert_null(next_message(h, GST_MESSAGE_WARNING));
    harness_free(h);
}

/* A stream of some megapixels, which takes a while to decode. */
static GstBuffer* large_stream(void)
{
    GstHarness* h = harness_new("lacunaenc quality=20");
    gst_harness_set_src_caps_str(h, "video/x-raw, format=RGB, width=2000, height=1500, framerate=1/1");
    GstBuffer* picture = gst_buffer_new_allocate(NULL, 2000 * 1500 * 3, NULL);
    GstMapInfo map;
    g_assert_true(gst_buffer_map(picture, &map, GST_MAP_WRITE));
    for (gsize i = 0; i < map.size; i++) {
        map.data[i] = (guint8)(i * i >> 12);
    }

    gst_buffer_unmap(picture, &map);
    GstBuffer* stream = gst_harness_push_and_pull(h, picture);
    harness_free(h);
    return stream;
}

typedef struct {
    GstHarness* harness;
    GstBuffer* stream;
} Push;

static gpointer push_large(gpointer data)
{
    Push* push = data;
    return GINT_TO_POINTER(gst_harness_push(push->harness, gst_buffer_ref(push->stream)));
}

/* The flush comes at any point of the decoding: whatever it hits, the flow ends and the next picture is right. */
static void a_flush_ends_the_picture_that_is_being_decoded(void)
{
    GstHarness* h = harness_new("lacunadec");
    Push push = { h, large_stream() };
    gint flushed = 0;
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_TIME);
    gst_harness_set_src_caps_str(h, FRAMED_CAPS);
    for (gint i = 0; i < 10; i++) {
        GThread* thread = g_thread_new("push", push_large, &push);
        g_usleep(2000 * i);
        gst_harness_push_event(h, gst_event_new_flush_start());
        gint flow = GPOINTER_TO_INT(g_thread_join(thread));
        g_assert_true(flow == GST_FLOW_OK || flow == GST_FLOW_FLUSHING);
        flushed += flow == GST_FLOW_FLUSHING;
        gst_harness_push_event(h, gst_event_new_flush_stop(TRUE));
        gst_harness_push_event(h, gst_event_new_segment(&segment));
        while (gst_harness_buffers_in_queue(h) > 0) {
            gst_buffer_unref(gst_harness_pull(h));
        }

        assert_golden(h, gst_harness_push_and_pull(h, buffer_of(golden.stream, golden.stream_bytes)));
    }

    g_assert_cmpint(flushed, >, 0);
    g_assert_null(next_message(h, GST_MESSAGE_ERROR));
    gst_buffer_unref(push.stream);
    harness_free(h);
}

static void pictures_that_come_too_late_are_not_decoded(void)
{
    GstHarness* h = harness_new("lacunadec");
    gst_harness_set_src_caps_str(h, FRAMED_CAPS);
    for (gint i = 0; i < 4; i++) {
        GstBuffer* buffer = buffer_of(golden.stream, golden.stream_bytes);
        GST_BUFFER_PTS(buffer) = i * GST_SECOND;
        g_assert_cmpint(gst_harness_push(h, buffer), ==, GST_FLOW_OK);
        if (i == 0) {
            /* The next element was a second late at second 0; the base class then aims at twice that. */
            gst_harness_push_upstream_event(h, gst_event_new_qos(GST_QOS_TYPE_UNDERFLOW, 1.5, GST_SECOND, 0));
        }
    }

    g_assert_cmpuint(gst_harness_buffers_received(h), ==, 2);
    assert_golden(h, gst_harness_pull(h));
    GstBuffer* last = gst_harness_pull(h);
    g_assert_cmpuint(GST_BUFFER_PTS(last), ==, 3 * GST_SECOND);
    assert_golden(h, last);
    harness_free(h);
}

static void a_pipeline_seeks_back_to_the_start(void)
{
    gchar* path = g_build_filename(g_get_tmp_dir(), "lacuna-seek-XXXXXX", NULL);
    gint file = g_mkstemp(path);
    g_assert_cmpint(file, >=, 0);
    g_close(file, NULL);
    g_assert_true(g_file_set_contents(path, (gchar*)golden.stream, golden.stream_bytes, NULL));
    gchar* launch = g_strdup_printf("filesrc location=%s ! lacunadec ! fakesink name=sink sync=false", path);
    GstElement *pipeline = gst_parse_launch(launch, NULL), *sink = gst_bin_get_by_name(GST_BIN(pipeline), "sink");
    gst_element_set_state(pipeline, GST_STATE_PAUSED);
    for (gint i = 0; i < 3; i++) {
        GstSample* sample = NULL;
        g_assert_cmpint(gst_element_get_state(pipeline, NULL, NULL, 20 * GST_SECOND), ==, GST_STATE_CHANGE_SUCCESS);
        g_object_get(sink, "last-sample", &sample, NULL);
        g_assert_nonnull(sample);
        gst_sample_unref(sample);
        g_assert_true(gst_element_seek_simple(pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH, 0));
    }

    gst_element_set_state(pipeline, GST_STATE_NULL);
    gst_object_unref(sink);
    gst_object_unref(pipeline);
    g_unlink(path);
    g_free(launch);
    g_free(path);
}

static gpointer decode_many(gpointer unused)
{
    GstHarness* h = harness_new("lacunadec threads=2");
    gst_harness_set_src_caps_str(h, FRAMED_CAPS);
    for (gint i = 0; i < 20; i++) {
        assert_golden(h, gst_harness_push_and_pull(h, buffer_of(golden.stream, golden.stream_bytes)));
    }

    harness_free(h);
    return unused;
}

static void decoders_in_several_threads_give_the_same_pixels(void)
{
    GThread* threads[4];
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++) {
        threads[i] = g_thread_new("decode", decode_many, NULL);
    }

    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++) {
        g_thread_join(threads[i]);
    }
}

static void an_element_may_be_used_again_after_it_was_stopped(void)
{
    GstHarness* h = harness_new("lacunadec");
    for (gint i = 0; i < 3; i++) {
        gst_harness_play(h);
        gst_harness_set_src_caps_str(h, FRAMED_CAPS);
        assert_golden(h, gst_harness_push_and_pull(h, buffer_of(golden.stream, golden.stream_bytes)));
        gst_element_set_state(h->element, GST_STATE_READY);
        gst_element_set_state(h->element, GST_STATE_PLAYING);
    }

    harness_free(h);
}

void add_event_tests(void)
{
    g_test_add_func("/A flush forgets half a stream", a_flush_forgets_half_a_stream);
    g_test_add_func("/A flush ends the picture that is being decoded", a_flush_ends_the_picture_that_is_being_decoded);
    g_test_add_func("/Pictures that come too late are not decoded", pictures_that_come_too_late_are_not_decoded);
    g_test_add_func("/A pipeline seeks back to the start", a_pipeline_seeks_back_to_the_start);
    g_test_add_func("/Decoders in several threads give the same pixels", decoders_in_several_threads_give_the_same_pixels);
    g_test_add_func("/An element may be used again after it was stopped", an_element_may_be_used_again_after_it_was_stopped);
}
