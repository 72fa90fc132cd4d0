/* lacuna/image.h - one picture to a stream and back, in the caller's memory.
 *
 *   size_t capacity = lac_image_encode_bound(width, height, LAC_PIXEL_RGB), written;
 *   lac_image_encode(pixels, 3 * width, width, height, LAC_PIXEL_RGB, NULL, stream, capacity, &written);
 *
 *   lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
 *   lac_stream_info(stream, written, &properties);
 *   lac_image_decode_into(stream, written, NULL, pixels, 3 * width, 3 * width * height);
 *
 * Pixels are interleaved, LAC_PIXEL_GREY to LAC_PIXEL_ABGR. Rows lie `stride`
 * bytes apart; a negative stride means that `pixels`, the top row, comes last
 * in memory. Many pictures one after the other are faster with
 * lacuna/decoder.h and lacuna/encoder.h, which keep threads and memory.
 * Streams: docs/format.md. */

#ifndef LAC_IMAGE_H
#define LAC_IMAGE_H

#include "lacuna/base.h"
#include "lacuna/media.h"
#include "lacuna/stream.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How to encode. */
typedef struct lac_image_encode_options {
    uint32_t struct_size; /* sizeof(lac_image_encode_options) */
    int32_t threads;      /* 0: one a processor; 256 at most. Changes no bit */
    double quality;       /* 0 (smallest stream) to 100 (best picture) */
    int64_t max_bytes;    /* 0: no bound; else the quality is searched for */
} lac_image_encode_options;

#define LAC_IMAGE_ENCODE_OPTIONS_INIT { (uint32_t)sizeof(lac_image_encode_options), 0, 50.0, 0 }

/* How to decode, and what it may cost. */
typedef struct lac_image_decode_options {
    uint32_t struct_size; /* sizeof(lac_image_decode_options) */
    int32_t threads;      /* 0: one a processor; 256 at most. Changes no bit */
    int64_t max_pixels;   /* larger pictures are refused; 0: 1 << 28 */
    int32_t format;       /* LAC_PIXEL_* without planes; 0: as the stream has it */
    uint32_t reserved;    /* 0 */
} lac_image_decode_options;

#define LAC_IMAGE_DECODE_OPTIONS_INIT { (uint32_t)sizeof(lac_image_decode_options), 0, 0, LAC_PIXEL_STREAM, 0 }

/* Bytes that hold the stream of any picture of this shape; 0 where
 * lac_image_encode would not take one. Far above what streams really take. */
LAC_API size_t lac_image_encode_bound(int32_t width, int32_t height, int32_t format);

/* Encodes a picture.
 *   pixels        the top row's first byte
 *   stride        bytes from a row to the one below
 *   width, height 1 to 65535
 *   format        LAC_PIXEL_GREY to LAC_PIXEL_ABGR
 *   options       null: LAC_IMAGE_ENCODE_OPTIONS_INIT
 *   destination   [capacity] bytes; may not overlap the picture. Untouched on
 *                 failure
 *   written       receives the stream's bytes; 0 on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_BUFFER_TOO_SMALL,
 *                 LAC_E_LIMIT_EXCEEDED (over 1 << 29 pixels
 *                 or 2 GiB of samples), LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_image_encode(
    const uint8_t* pixels, ptrdiff_t stride, int32_t width, int32_t height, int32_t format,
    const lac_image_encode_options* options,
    uint8_t* destination, size_t capacity, size_t* written);

/* Decodes a picture of the shape that lac_stream_info tells.
 *   stream        [length] bytes
 *   options       null: LAC_IMAGE_DECODE_OPTIONS_INIT
 *   pixels        the top row's first byte. All 0 on failure once decoding has
 *                 begun; the bytes between rows are never touched
 *   stride        bytes from a row to the one below
 *   capacity      bytes of the whole buffer: at least
 *                 (height - 1) * |stride| + width * bytes of a pixel
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_BUFFER_TOO_SMALL,
 *                 LAC_E_OUT_OF_MEMORY or any status of streams */
LAC_API lac_status lac_image_decode_into(
    const uint8_t* stream, size_t length, const lac_image_decode_options* options,
    uint8_t* pixels, ptrdiff_t stride, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
