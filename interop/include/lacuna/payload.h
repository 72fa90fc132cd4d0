/* lacuna/payload.h - bytes and tensors of floats, compressed without loss.
 *
 *   size_t capacity = lac_compress_bound(length, NULL), written;
 *   uint8_t* payload = malloc(capacity);
 *   lac_compress(bytes, length, NULL, payload, capacity, &written);
 *
 *   lac_payload_properties properties = LAC_PAYLOAD_PROPERTIES_INIT;
 *   lac_payload_info(payload, written, &properties);
 *   uint8_t* back = malloc(properties.bytes);
 *   lac_decompress(payload, written, NULL, back, properties.bytes, &written);
 *
 * A payload is a row of chunks, each with a method, a size and a checksum of
 * its own: damage is found, and what stands before it is right. Neither
 * threads nor the instruction set change a byte. Format: docs/format.md,
 * section 11; which method: docs/entropy.md. */

#ifndef LAC_PAYLOAD_H
#define LAC_PAYLOAD_H

#include "lacuna/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How bytes are compressed. */
enum {
    LAC_METHOD_AUTO = 0,      /* chunk by chunk what promises the fewest bytes */
    LAC_METHOD_STORED = 1,    /* as they are, with checksums */
    LAC_METHOD_RANS = 2,      /* one table of the bytes' frequencies for each chunk */
    LAC_METHOD_ADAPTIVE = 3,  /* frequencies learnt on the way */
    LAC_METHOD_LZ4 = 4,       /* repeated strings; the fastest to read */
    LAC_METHOD_LZ4_FRAME = 5, /* one LZ4 frame, as the program lz4 makes, instead of chunks */
    LAC_METHOD_FLOATS = 6     /* floats: exponents apart from mantissas */
};

/* Kinds of floats, little-endian. */
enum {
    LAC_FLOAT_BFLOAT16 = 1,
    LAC_FLOAT_FLOAT16 = 2,
    LAC_FLOAT_FLOAT32 = 3
};

/* How to compress. */
typedef struct lac_compress_options {
    uint32_t struct_size; /* sizeof(lac_compress_options) */
    int32_t method;       /* LAC_METHOD_* */
    int32_t float_kind;   /* LAC_FLOAT_*, what the bytes are for LAC_METHOD_FLOATS */
    int32_t lz4_level;    /* 0: fast; 1 to 12: smaller and slower */
    int32_t chunk_bytes;  /* 1 << 10 to 1 << 24 of input in each chunk */
    int32_t threads;      /* 0: one a processor; 256 at most */
} lac_compress_options;

#define LAC_COMPRESS_OPTIONS_INIT { (uint32_t)sizeof(lac_compress_options), LAC_METHOD_AUTO, LAC_FLOAT_BFLOAT16, 0, 1 << 20, 1 }

/* How to decompress, and what it may cost. The defaults are safe for data
 * from anywhere. */
typedef struct lac_decompress_options {
    uint32_t struct_size;    /* sizeof(lac_decompress_options) */
    int32_t threads;         /* 0: one a processor; 256 at most */
    uint64_t max_bytes;      /* payloads that declare more are refused; 0: 1 << 30 */
    int32_t max_chunk_bytes; /* chunks that declare more are refused; 0: 1 << 24. Memory: so much a thread */
    uint32_t reserved;       /* 0 */
} lac_decompress_options;

#define LAC_DECOMPRESS_OPTIONS_INIT { (uint32_t)sizeof(lac_decompress_options), 1, 0, 0, 0 }

/* Bytes that always hold the payload of `length` bytes: some 15 a chunk more
 * than these. 0 where `length` is 2 GiB or more or an option is wrong.
 *   options       null: LAC_COMPRESS_OPTIONS_INIT */
LAC_API size_t lac_compress_bound(size_t length, const lac_compress_options* options);

/* Compresses bytes.
 *   source        [length] bytes, fewer than 2 GiB
 *   options       null: LAC_COMPRESS_OPTIONS_INIT
 *   destination   [capacity] bytes; may not overlap the source. Unspecified on
 *                 failure
 *   written       receives the payload's bytes; 0 on failure
 *   returns       LAC_OK, LAC_E_BUFFER_TOO_SMALL, LAC_E_INVALID_ARGUMENT,
 *                 LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_compress(
    const void* source, size_t length, const lac_compress_options* options, uint8_t* destination, size_t capacity,
    size_t* written);

/* Decompresses a payload, or an LZ4 frame from anywhere.
 *   source        [length] bytes, all of it and nothing after it
 *   options       null: LAC_DECOMPRESS_OPTIONS_INIT
 *   destination   [capacity] bytes; may not overlap the source. On failure the
 *                 first *written are right and the others unspecified
 *   written       receives the bytes that are right: all, or those of the
 *                 chunks before the first at fault
 *   returns       LAC_OK, LAC_E_BUFFER_TOO_SMALL, LAC_E_TRUNCATED,
 *                 LAC_E_NOT_A_STREAM, LAC_E_UNSUPPORTED_VERSION,
 *                 LAC_E_INVALID_DATA, LAC_E_LIMIT_EXCEEDED,
 *                 LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY; the detail text
 *                 says where the chunk at fault begins */
LAC_API lac_status lac_decompress(
    const void* source, size_t length, const lac_decompress_options* options, void* destination, size_t capacity,
    size_t* written);

/* A compressor that keeps its threads and memory, for many small payloads.
 * Calls on one wait for each other. */
typedef struct lac_compressor lac_compressor;

/* Makes a compressor.
 *   options       null: LAC_COMPRESS_OPTIONS_INIT; copied
 *   compressor    receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_compressor_create(const lac_compress_options* options, lac_compressor** compressor);

/* As lac_compress. */
LAC_API lac_status lac_compressor_compress(
    lac_compressor* compressor, const void* source, size_t length, uint8_t* destination, size_t capacity,
    size_t* written);

/* Destroys the compressor and sets *compressor to null. Null and *null do
 * nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_compressor_destroy(lac_compressor** compressor);

/* A decompressor that keeps its threads and memory. Calls on one wait for
 * each other. */
typedef struct lac_decompressor lac_decompressor;

/* Makes a decompressor.
 *   options       null: LAC_DECOMPRESS_OPTIONS_INIT; copied
 *   decompressor  receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_decompressor_create(
    const lac_decompress_options* options, lac_decompressor** decompressor);

/* As lac_decompress. */
LAC_API lac_status lac_decompressor_decompress(
    lac_decompressor* decompressor, const void* source, size_t length, void* destination, size_t capacity,
    size_t* written);

/* Destroys the decompressor and sets *decompressor to null. Null and *null do
 * nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_decompressor_destroy(lac_decompressor** decompressor);

/* What a payload says of itself: claims of the data, held to no limit. */
typedef struct lac_payload_properties {
    uint32_t struct_size;    /* sizeof(lac_payload_properties), set by the caller */
    int32_t chunks;          /* 0 for an LZ4 frame */
    int64_t bytes;           /* decompressed; LAC_PAYLOAD_UNKNOWN for an LZ4 frame that does not tell */
    int32_t max_chunk_bytes; /* of the largest chunk, decompressed */
    uint32_t methods;        /* bit n: method n of docs/format.md, section 11, is in use */
    int32_t is_lz4_frame;    /* 1: an LZ4 frame, 0: chunks */
    uint32_t reserved;
} lac_payload_properties;

#define LAC_PAYLOAD_PROPERTIES_INIT { (uint32_t)sizeof(lac_payload_properties), 0, 0, 0, 0, 0, 0 }

#define LAC_PAYLOAD_UNKNOWN (-1)

/* Reads what a payload says of itself, without decoding it.
 *   source        [length] bytes, the whole payload; of an LZ4 frame the first
 *                 14 suffice
 *   properties    struct_size set; zeros but for that on failure
 *   returns       LAC_OK, LAC_E_TRUNCATED, LAC_E_NOT_A_STREAM,
 *                 LAC_E_UNSUPPORTED_VERSION, LAC_E_INVALID_DATA,
 *                 LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_payload_info(const void* source, size_t length, lac_payload_properties* properties);

#ifdef __cplusplus
}
#endif
#endif
