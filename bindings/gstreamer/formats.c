/* formats.c - GStreamer's pixel formats and those of lacuna/media.h. */

#include "formats.h"

typedef struct {
    GstVideoFormat format;
    gint32 pixel;
} Row;

/* In the order in which the decoder prefers them. GStreamer names channels in the order of memory, and planes of GBR as well. */
static const Row rows[] = {
    { GST_VIDEO_FORMAT_GRAY8, LAC_PIXEL_GREY },
    { GST_VIDEO_FORMAT_RGB, LAC_PIXEL_RGB },
    { GST_VIDEO_FORMAT_BGR, LAC_PIXEL_BGR },
    { GST_VIDEO_FORMAT_RGBx, LAC_PIXEL_RGBA },
    { GST_VIDEO_FORMAT_BGRx, LAC_PIXEL_BGRA },
    { GST_VIDEO_FORMAT_xRGB, LAC_PIXEL_ARGB },
    { GST_VIDEO_FORMAT_xBGR, LAC_PIXEL_ABGR },
    { GST_VIDEO_FORMAT_GBR, LAC_PIXEL_RGB_PLANAR },
    { GST_VIDEO_FORMAT_RGBP, LAC_PIXEL_RGB_PLANAR },
    { GST_VIDEO_FORMAT_BGRP, LAC_PIXEL_RGB_PLANAR },
    { GST_VIDEO_FORMAT_RGBA, LAC_PIXEL_RGBA },
    { GST_VIDEO_FORMAT_BGRA, LAC_PIXEL_BGRA },
    { GST_VIDEO_FORMAT_ARGB, LAC_PIXEL_ARGB },
    { GST_VIDEO_FORMAT_ABGR, LAC_PIXEL_ABGR },
    { GST_VIDEO_FORMAT_GBRA, LAC_PIXEL_RGBA_PLANAR },
};

gint32 lacuna_pixel_of(GstVideoFormat format)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (rows[i].format == format) {
            return rows[i].pixel;
        }
    }

    return LAC_PIXEL_STREAM;
}

static gboolean is_allowed(GstVideoFormat format, gint width, gint height, GstCaps* allowed)
{
    GstCaps* caps = gst_caps_new_simple("video/x-raw", "format", G_TYPE_STRING, gst_video_format_to_string(format),
        "width", G_TYPE_INT, width, "height", G_TYPE_INT, height, NULL);
    gboolean intersect = gst_caps_can_intersect(caps, allowed);
    gst_caps_unref(caps);
    return intersect;
}

/* How well a format fits a stream: 0 best, higher worse, -1 not at all. */
static gint distance(GstVideoFormat format, gint channels)
{
    const GstVideoFormatInfo* info = gst_video_format_get_info(format);
    gboolean stream_has_alpha = channels == 2 || channels == 4;
    gboolean alpha_differs = GST_VIDEO_FORMAT_INFO_HAS_ALPHA(info) != stream_has_alpha;
    if (GST_VIDEO_FORMAT_INFO_IS_GRAY(info)) {
        return channels > 2 ? -1 : 2 * alpha_differs;
    }

    return alpha_differs;
}

GstVideoFormat lacuna_choose_format(gint channels, gint width, gint height, GstCaps* allowed)
{
    for (gint wanted = 0; wanted <= 2; wanted++) {
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
            if (distance(rows[i].format, channels) == wanted && is_allowed(rows[i].format, width, height, allowed)) {
                return rows[i].format;
            }
        }
    }

    return GST_VIDEO_FORMAT_UNKNOWN;
}

void lacuna_point_at(lac_frame* frame, const GstVideoFrame* mapped)
{
    frame->format = lacuna_pixel_of(GST_VIDEO_FRAME_FORMAT(mapped));
    frame->width = GST_VIDEO_FRAME_WIDTH(mapped);
    frame->height = GST_VIDEO_FRAME_HEIGHT(mapped);
    if (frame->format < LAC_PIXEL_RGB_PLANAR) {
        frame->planes[0] = GST_VIDEO_FRAME_PLANE_DATA(mapped, 0);
        frame->strides[0] = GST_VIDEO_FRAME_PLANE_STRIDE(mapped, 0);
        return;
    }

    for (guint channel = 0; channel < GST_VIDEO_FRAME_N_COMPONENTS(mapped); channel++) {
        frame->planes[channel] = GST_VIDEO_FRAME_COMP_DATA(mapped, channel);
        frame->strides[channel] = GST_VIDEO_FRAME_COMP_STRIDE(mapped, channel);
    }
}
