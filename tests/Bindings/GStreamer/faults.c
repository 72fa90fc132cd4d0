/* lacunadec: streams that are damaged, cut off or too large, and what the user is told. */

#include "harness.h"

#include <string.h>

/* Ends the test unless the next error's text for developers has `words` in it. */
static void assert_error(GstHarness* h, const gchar* words)
{
    gchar* text = next_message(h, GST_MESSAGE_ERROR);
    g_assert_nonnull(text);
    if (strstr(text, words) == NULL) {
        g_error("expected '%s' in: %s", words, text);
    }

    g_free(text);
}

static void assert_file_fails(const gchar* launch, const guint8* bytes, gsize count, const gchar* words)
{
    GstHarness* h = harness_new(launch);
    gst_harness_set_src_caps_str(h, FILE_CAPS);
    push_pieces(h, bytes, count, 200);
    gst_harness_push_event(h, gst_event_new_eos());
    g_assert_cmpuint(gst_harness_buffers_received(h), ==, 0);
    assert_error(h, words);
    harness_free(h);
}

static void a_file_cut_off_anywhere_is_an_error(void)
{
    for (gsize count = 6; count < golden.stream_bytes; count += 37) {
        assert_file_fails("lacunadec", golden.stream, count, "too soon");
    }
}

static void bytes_without_a_stream_are_an_error(void)
{
    guint8 noise[5000];
    for (gsize i = 0; i < sizeof noise; i++) {
        noise[i] = (guint8)(i * i >> 3);
    }

    assert_file_fails("lacunadec", noise, sizeof noise, "none begins in 5000 bytes");
    assert_file_fails("lacunadec", noise, 3, "none begins in 3 bytes");
}

static void limits_refuse_pictures_and_streams(void)
{
    assert_file_fails("lacunadec max-pixels=2622", golden.stream, golden.stream_bytes, "max-pixels");
    assert_file_fails("lacunadec max-stream-bytes=500", golden.stream, golden.stream_bytes, "(");

    GstHarness* h = harness_new("lacunadec max-pixels=2623 max-stream-bytes=1051 threads=3");
    gst_harness_set_src_caps_str(h, FRAMED_CAPS);
    assert_golden(h, gst_harness_push_and_pull(h, buffer_of(golden.stream, golden.stream_bytes)));
    harness_free(h);
}

/* Between two good pictures each fault costs one picture, and is told as a warning. */
static void assert_others_survive(const guint8* bad, gsize count)
{
    GstHarness* h = harness_new("lacunadec");
    gst_harness_set_src_caps_str(h, FILE_CAPS);
    push_pieces(h, golden.stream, golden.stream_bytes, 100);
    push_pieces(h, bad, count, 100);
    push_pieces(h, golden.stream, golden.stream_bytes, 100);
    g_assert_true(gst_harness_push_event(h, gst_event_new_eos()));
    g_assert_cmpuint(gst_harness_buffers_received(h), ==, 2);
    assert_golden(h, gst_harness_pull(h));
    assert_golden(h, gst_harness_pull(h));
    gchar* text = next_message(h, GST_MESSAGE_WARNING);
    g_assert_nonnull(text);
    g_free(text);
    g_assert_null(next_message(h, GST_MESSAGE_ERROR));
    harness_free(h);
}

static void a_damaged_picture_costs_itself_alone(void)
{
    guint8* bad = g_memdup2(golden.stream, golden.stream_bytes);
    for (gsize at = 4; at < golden.stream_bytes; at += 61) {
        bad[at] ^= 0x10;
        assert_others_survive(bad, golden.stream_bytes);
        bad[at] ^= 0x10;
    }

    assert_others_survive(bad, 70); /* cut off: its last packet reaches into the next stream */
    assert_others_survive(bad, golden.stream_bytes - 1);
    g_free(bad);
}

static void bytes_between_streams_are_passed_over(void)
{
    GstHarness* h = harness_new("lacunadec");
    gst_harness_set_src_caps_str(h, FILE_CAPS);
    push_pieces(h, (const guint8*)"LAC - not yet LA", 16, 5);
    push_pieces(h, golden.stream, golden.stream_bytes, 100);
    g_assert_true(gst_harness_push_event(h, gst_event_new_eos()));
    assert_golden(h, gst_harness_pull(h));
    harness_free(h);
}

static void a_framed_stream_that_is_bad_leaves_the_next_alone(void)
{
    GstHarness* h = harness_new("lacunadec");
    gst_harness_set_src_caps_str(h, FRAMED_CAPS);
    for (gsize count = 1; count < golden.stream_bytes; count += 97) {
        g_assert_cmpint(gst_harness_push(h, buffer_of(golden.stream, count)), ==, GST_FLOW_OK);
        assert_golden(h, gst_harness_push_and_pull(h, buffer_of(golden.stream, golden.stream_bytes)));
    }

    g_assert_cmpint(gst_harness_push(h, gst_buffer_new()), ==, GST_FLOW_OK);
    assert_golden(h, gst_harness_push_and_pull(h, buffer_of(golden.stream, golden.stream_bytes)));
    harness_free(h);
}

static void the_user_may_bound_the_number_of_faults(void)
{
    GstHarness* h = harness_new("lacunadec max-errors=1");
    gst_harness_set_src_caps_str(h, FRAMED_CAPS);
    g_assert_cmpint(gst_harness_push(h, buffer_of(golden.stream, 100)), ==, GST_FLOW_OK);
    g_assert_cmpint(gst_harness_push(h, buffer_of(golden.stream, 100)), ==, GST_FLOW_ERROR);
    assert_error(h, "too soon");
    harness_free(h);
}

void add_fault_tests(void)
{
    g_test_add_func("/A file cut off anywhere is an error", a_file_cut_off_anywhere_is_an_error);
    g_test_add_func("/Bytes without a stream are an error", bytes_without_a_stream_are_an_error);
    g_test_add_func("/Limits refuse pictures and streams", limits_refuse_pictures_and_streams);
    g_test_add_func("/A damaged picture costs itself alone", a_damaged_picture_costs_itself_alone);
    g_test_add_func("/Bytes between streams are passed over", bytes_between_streams_are_passed_over);
    g_test_add_func("/A framed stream that is bad leaves the next alone", a_framed_stream_that_is_bad_leaves_the_next_alone);
    g_test_add_func("/The user may bound the number of faults", the_user_may_bound_the_number_of_faults);
}
