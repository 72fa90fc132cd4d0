/* formats.h - GStreamer's pixel formats and those of lacuna/media.h. */

#ifndef LACUNA_GST_FORMATS_H
#define LACUNA_GST_FORMATS_H

#include <gst/video/video.h>

#include "lacuna/media.h"

G_BEGIN_DECLS

/* Caps of raw pictures: what the decoder can give, or what the encoder takes. */
#define LACUNA_SIZES "width = (int) [ 1, 65535 ], height = (int) [ 1, 65535 ], framerate = (fraction) [ 0/1, max ]"
#define LACUNA_ENCODED_FORMATS "{ RGB, RGBA, GRAY8, BGR, BGRA, ARGB, ABGR, GBR, GBRA, RGBP, BGRP }"
#define LACUNA_DECODED_FORMATS "{ RGB, RGBA, GRAY8, BGR, RGBx, BGRx, xRGB, xBGR, BGRA, ARGB, ABGR, GBR, RGBP, BGRP, GBRA }"

/* Caps of streams. */
#define LACUNA_MEDIA_TYPE "image/x-lacuna"

/* The LAC_PIXEL_* with which a frame of this format is filled or read; LAC_PIXEL_STREAM where there is none. */
gint32 lacuna_pixel_of(GstVideoFormat format);

/* The format to decode a stream to.
 *   channels      of the stream
 *   allowed       caps of the next element
 *   returns       the one that needs the least conversion and keeps the most, or GST_VIDEO_FORMAT_UNKNOWN */
GstVideoFormat lacuna_choose_format(gint channels, gint width, gint height, GstCaps* allowed);

/* Lets a frame of the library point at the mapped memory of one of GStreamer's. */
void lacuna_point_at(lac_frame* frame, const GstVideoFrame* mapped);

G_END_DECLS

#endif
