/* lacuna/stream.h - what a stream is, from its first bytes.
 *
 *   if (lac_probe(bytes, count) == LAC_PROBE_YES) ...
 *   lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
 *   lac_stream_info(bytes, count, &properties);
 *
 * Nothing is allocated and no decoder is needed. Streams: docs/format.md. */

#ifndef LAC_STREAM_H
#define LAC_STREAM_H

#include "lacuna/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes that always hold the beginning that lac_stream_info wants. */
#define LAC_STREAM_HEADER_BYTES 64

/* Answers of lac_probe. */
enum {
    LAC_PROBE_NO = 0,
    LAC_PROBE_MAYBE = 1, /* so far; more bytes will tell */
    LAC_PROBE_YES = 2
};

/* What a stream says of its picture. */
typedef struct lac_stream_properties {
    uint32_t struct_size; /* sizeof(lac_stream_properties), set by the caller */
    int32_t version;      /* of the format */
    int32_t width;        /* pixels a row */
    int32_t height;       /* rows */
    int32_t channels;     /* 1 to 4: also the LAC_PIXEL_* of the stream */
    int32_t has_model;    /* 1 where the library itself holds the model, otherwise 0 */
    double quality;       /* 0 to 100 */
    uint64_t model;       /* content hash of the model that the stream needs */
} lac_stream_properties;

#define LAC_STREAM_PROPERTIES_INIT { (uint32_t)sizeof(lac_stream_properties), 0, 0, 0, 0, 0, 0.0, 0 }

/* Whether bytes begin as a stream does, LAC_PROBE_*.
 *   data          [length] bytes; null counts as none */
LAC_API int32_t lac_probe(const void* data, size_t length);

/* Reads a stream's header.
 *   stream        [length] bytes, or as many of the first as there are
 *   properties    struct_size set; zeros but for that on failure
 *   returns       LAC_OK, also where the model is not at hand;
 *                 LAC_E_INVALID_ARGUMENT, LAC_E_TRUNCATED,
 *                 LAC_E_NOT_A_STREAM, LAC_E_UNSUPPORTED_VERSION,
 *                 LAC_E_INVALID_DATA */
LAC_API lac_status lac_stream_info(const uint8_t* stream, size_t length, lac_stream_properties* properties);

/* The model that a stream needs.
 *   hash          receives its content hash (lac_model_properties.hash); 0 on
 *                 failure
 *   returns       as lac_stream_info */
LAC_API lac_status lac_stream_required_model(const uint8_t* stream, size_t length, uint64_t* hash);

#ifdef __cplusplus
}
#endif
#endif
