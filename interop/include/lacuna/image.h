/* lacuna/image.h - a picture to a stream and back, in the caller's memory.
 *
 *   size_t capacity = lac_image_encode_bound(width, height, 3), written;
 *   lac_image_encode(pixels, 3 * width, width, height, 3, NULL, stream, capacity, &written);
 *
 *   lac_image_properties properties = LAC_IMAGE_PROPERTIES_INIT;
 *   lac_image_info(stream, written, &properties);
 *   lac_image_decode_into(stream, written, NULL, pixels, 3 * width, 3 * width * height);
 *
 * A picture is rows of 8-bit samples, interleaved: 1 channel is grey, 2 grey
 * and alpha, 3 red green blue, 4 red green blue alpha (straight). Rows lie
 * `stride` bytes apart; a negative stride means that `pixels`, the top row,
 * comes last in memory.
 *
 * Each structure begins with its size: set struct_size, or start from
 * LAC_..._INIT. Streams: docs/format.md. */

#ifndef LAC_IMAGE_H
#define LAC_IMAGE_H

#include "lacuna/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a stream says of its picture. */
typedef struct lac_image_properties {
    uint32_t struct_size; /* sizeof(lac_image_properties), set by the caller */
    int32_t version;      /* of the format */
    int32_t width;        /* pixels a row */
    int32_t height;       /* rows */
    int32_t channels;     /* 1 to 4 */
    int32_t has_model;    /* 1 where this library holds the model, otherwise 0 */
    double quality;       /* 0 to 100 */
    uint64_t model;       /* content hash of the model that the stream needs */
} lac_image_properties;

#define LAC_IMAGE_PROPERTIES_INIT { (uint32_t)sizeof(lac_image_properties), 0, 0, 0, 0, 0, 0.0, 0 }

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
} lac_image_decode_options;

#define LAC_IMAGE_DECODE_OPTIONS_INIT { (uint32_t)sizeof(lac_image_decode_options), 0, 0 }

/* Reads a stream's header.
 *   stream        [length] bytes, or as many of the first as there are
 *   properties    struct_size set; zeros but for that on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_TRUNCATED,
 *                 LAC_E_NOT_A_STREAM, LAC_E_UNSUPPORTED_VERSION,
 *                 LAC_E_INVALID_DATA */
LAC_API lac_status lac_image_info(const uint8_t* stream, size_t length, lac_image_properties* properties);

/* Bytes that hold the stream of any picture of this shape; 0 where
 * lac_image_encode would not take one. Far above what streams really take. */
LAC_API size_t lac_image_encode_bound(int32_t width, int32_t height, int32_t channels);

/* Encodes a picture.
 *   pixels        the top row's first byte
 *   stride        bytes from a row to the one below
 *   width, height 1 to 65535
 *   channels      1 to 4
 *   options       null: LAC_IMAGE_ENCODE_OPTIONS_INIT
 *   destination   [capacity] bytes; may not overlap the picture. Untouched on
 *                 failure
 *   written       receives the stream's bytes; 0 on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_BUFFER_TOO_SMALL,
 *                 LAC_E_LIMIT_EXCEEDED (over 1 << 29 pixels
 *                 or 2 GiB of samples), LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_image_encode(
    const uint8_t* pixels, ptrdiff_t stride, int32_t width, int32_t height, int32_t channels,
    const lac_image_encode_options* options,
    uint8_t* destination, size_t capacity, size_t* written);

/* Decodes a picture of the shape that lac_image_info tells.
 *   stream        [length] bytes
 *   options       null: LAC_IMAGE_DECODE_OPTIONS_INIT
 *   pixels        the top row's first byte. Untouched on failure, as are the
 *                 bytes between rows always
 *   stride        bytes from a row to the one below
 *   capacity      bytes of the whole buffer: at least
 *                 (height - 1) * |stride| + width * channels
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_BUFFER_TOO_SMALL,
 *                 LAC_E_OUT_OF_MEMORY or any status of streams */
LAC_API lac_status lac_image_decode_into(
    const uint8_t* stream, size_t length, const lac_image_decode_options* options,
    uint8_t* pixels, ptrdiff_t stride, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
