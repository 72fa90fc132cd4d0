/* harness.c - elements of the plugin under GstHarness. */

#include "harness.h"

GstHarness* harness_new(const gchar* launch)
{
    GstHarness* harness = gst_harness_new_parse(launch);
    GstBus* bus = gst_bus_new();
    gst_element_set_bus(harness->element, bus);
    gst_object_unref(bus);
    return harness;
}

void harness_free(GstHarness* harness)
{
    GstBus* bus = gst_element_get_bus(harness->element);
    gst_bus_set_flushing(bus, TRUE);
    gst_object_unref(bus);
    gst_harness_teardown(harness);
}

GstBuffer* buffer_of(const guint8* bytes, gsize count)
{
    return gst_buffer_new_memdup(bytes, count);
}

void push_pieces(GstHarness* harness, const guint8* bytes, gsize count, gsize piece)
{
    for (gsize at = 0; at < count; at += piece) {
        GstFlowReturn flow = gst_harness_push(harness, buffer_of(bytes + at, MIN(piece, count - at)));
        g_assert_cmpint(flow, ==, GST_FLOW_OK);
    }
}

guint8* pixels_of(GstHarness* harness, GstBuffer* buffer, gint channels, gint* width, gint* height)
{
    GstCaps* caps = gst_pad_get_current_caps(harness->sinkpad);
    GstVideoInfo info;
    GstVideoFrame frame;
    g_assert_true(gst_video_info_from_caps(&info, caps));
    g_assert_true(gst_video_frame_map(&frame, &info, buffer, GST_MAP_READ));
    *width = GST_VIDEO_INFO_WIDTH(&info);
    *height = GST_VIDEO_INFO_HEIGHT(&info);
    guint8* pixels = g_malloc((gsize)*width * *height * channels);
    for (gint i = 0; i < *width * *height; i++) {
        gint x = i % *width, y = i / *width;
        for (gint c = 0; c < channels; c++) {
            gboolean there = c < (gint)GST_VIDEO_INFO_N_COMPONENTS(&info);
            gsize at = (gsize)y * GST_VIDEO_FRAME_COMP_STRIDE(&frame, c) + (gsize)x * GST_VIDEO_FRAME_COMP_PSTRIDE(&frame, c);
            pixels[i * channels + c] = there ? ((guint8*)GST_VIDEO_FRAME_COMP_DATA(&frame, c))[at] : 255;
        }
    }

    gst_video_frame_unmap(&frame);
    gst_caps_unref(caps);
    return pixels;
}

void assert_golden(GstHarness* harness, GstBuffer* buffer)
{
    gint width, height;
    g_assert_nonnull(buffer);
    guint8* pixels = pixels_of(harness, buffer, 3, &width, &height);
    g_assert_cmpint(width, ==, golden.width);
    g_assert_cmpint(height, ==, golden.height);
    g_assert_cmphex(golden_crc(pixels, 3 * width, 3 * width, height), ==, golden.crc);
    g_free(pixels);
    gst_buffer_unref(buffer);
}

gchar* next_message(GstHarness* harness, GstMessageType type)
{
    GstBus* bus = gst_element_get_bus(harness->element);
    GstMessage* message = gst_bus_pop_filtered(bus, type);
    gchar* text = NULL;
    GError* error = NULL;
    if (message != NULL && type == GST_MESSAGE_ERROR) {
        gst_message_parse_error(message, &error, &text);
    } else if (message != NULL) {
        gst_message_parse_warning(message, &error, &text);
    }

    g_clear_error(&error);
    gst_clear_message(&message);
    gst_object_unref(bus);
    return text;
}
