/* lacuna/rans.h - entropy coding of numbers whose distributions are known.
 *
 *   lac_tables* tables = NULL;
 *   lac_tables_create_scales(LAC_SHAPE_GAUSSIAN, NULL, 0, &tables);
 *
 *   uint8_t* stream = malloc(lac_rans_indexed_bound(count));
 *   size_t written;
 *   lac_rans_indexed_encode(
 *       tables, indices, 1, symbols, count, 0, stream, lac_rans_indexed_bound(count), &written);
 *   lac_rans_indexed_decode(tables, stream, written, indices, 1, symbols, count);
 *   lac_tables_destroy(&tables);
 *
 * Indexed coding takes a table for every symbol, by its place in a set: what
 * learned codecs want, whose networks tell a distribution each. Static coding
 * takes one table for all bytes of a block. rANS is a stack: an encoder wants
 * all symbols at once; a lac_rans_decoder gives them back in any number of
 * steps, so that the tables of later symbols may follow from earlier ones.
 *
 * Streams have neither a length nor a checksum of their own: the caller keeps
 * count and length, and a check where bytes may be damaged (lacuna/payload.h
 * has all of that). The same calls give the same bytes on every machine.
 * Streams: docs/format.md, section 4; which coder to take: docs/entropy.md.
 *
 * Table sets and static tables never change: threads may share them. */

#ifndef LAC_RANS_H
#define LAC_RANS_H

#include "lacuna/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The sum of the frequencies of a table is 1 << LAC_TABLE_PRECISION. */
#define LAC_TABLE_PRECISION 16

/* Most tables in a set. Indices of a byte reach the first 256 of them. */
#define LAC_TABLES_MAX 65535

/* A set of distributions of 16-bit numbers. What a table does not hold goes
 * by its escape, which costs 16 bits more; so any number can be coded under
 * any table. Memory: 3 KiB a table to decode with, 19 KiB more from the first
 * encoding on. */
typedef struct lac_tables lac_tables;

/* Shapes of zero-mean distributions. */
enum {
    LAC_SHAPE_GAUSSIAN = 0,
    LAC_SHAPE_LAPLACE = 1
};

/* Makes a set of zero-mean distributions integrated over integer bins.
 *   shape         LAC_SHAPE_*
 *   deviations    [count] standard deviations, each above 0 and up to 4096
 *                 (Laplace: 512).
 *                 Null with a count of 0: the 64 that are in the library,
 *                 0.11 exp(i ln(256 / 0.11) / 63)
 *   count         up to LAC_TABLES_MAX
 *   tables        receives the set; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_tables_create_scales(int32_t shape, const double* deviations, size_t count, lac_tables** tables);

/* Makes a set from quantised cumulative frequencies, as CompressAI has them.
 * Table t gives value offsets[t] + i the frequency cdfs[t][i + 1] -
 * cdfs[t][i]; its last interval is that of the escape. Values of a table that
 * spans from -127 to 127 or less keep these frequencies to the last unit;
 * wider ones share a frequency among 2 to 128 neighbours, which are then
 * coded as if they were equally likely. A value whose frequency is 0, or that
 * is out of reach (beyond 16383 either side), goes by the escape.
 *
 * The calls mean what CompressAI's mean, so that its tables and indices can
 * be used as they are; the bytes are Lacuna's, and neither reads the other's.
 *   cdfs          [count][max_length], each row rising from 0 to
 *                 1 << LAC_TABLE_PRECISION, at its length
 *   count         1 to LAC_TABLES_MAX
 *   max_length    elements of a row
 *   lengths       [count] elements of each row in use, 3 to max_length
 *   offsets       [count] the value of each row's first interval
 *   tables        receives the set; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT (the detail text names the
 *                 row), LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_tables_create_cdfs(
    const int32_t* cdfs, size_t count, size_t max_length, const int32_t* lengths, const int32_t* offsets,
    lac_tables** tables);

/* Makes a set from weights: probabilities, counts, anything in proportion.
 *   weights       [count][length] of the values offsets[t] + i, each finite
 *                 and 0 or more, not all 0 in a row; where above 0 the value
 *                 gets a frequency of 1 or more
 *   count         1 to LAC_TABLES_MAX
 *   length        values of each table, up to 65536
 *   offsets       [count] the first value of each table
 *   escapes       [count] weights of all other values together, finite and 0
 *                 or more; null: all 0, and the escape gets the least frequency
 *   tables        receives the set; the caller destroys it. Null on failure
 *   returns       as lac_tables_create_cdfs */
LAC_API lac_status lac_tables_create_weights(
    const double* weights, size_t count, size_t length, const int32_t* offsets, const double* escapes,
    lac_tables** tables);

/* Fits a set to symbols of which neighbours are alike, by k-means with bits
 * as the distance.
 *   symbols       [count], 1 or more
 *   group         neighbouring symbols that share a table, 1 or more; the
 *                 last group may be shorter
 *   wanted        tables, 1 to LAC_TABLES_MAX; no more than groups are made
 *   group_tables  [groups] receives each group's table, where there are
 *                 groups = (count + group - 1) / group. Zeros on failure
 *   tables        receives the set; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_tables_create_fitted(
    const int16_t* symbols, size_t count, size_t group, size_t wanted, uint16_t* group_tables, lac_tables** tables);

/* Bytes that always hold a stored set of so many tables; 0 for a count that
 * no set has. Stored sets are far shorter: some 255 bytes a table. */
LAC_API size_t lac_tables_write_bound(size_t count);

/* Stores a set, so that a decoder elsewhere can have it.
 *   destination   [capacity] bytes; unspecified on failure
 *   written       receives the bytes used; 0 on failure
 *   returns       LAC_OK, LAC_E_BUFFER_TOO_SMALL, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_tables_write(const lac_tables* tables, uint8_t* destination, size_t capacity, size_t* written);

/* Reads a stored set.
 *   source        [length] bytes; those after the set are left alone
 *   max_tables    more are refused; 0: 1024
 *   tables        receives the set; the caller destroys it. Null on failure
 *   consumed      receives the bytes read; 0 on failure
 *   returns       LAC_OK, LAC_E_TRUNCATED, LAC_E_INVALID_DATA,
 *                 LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_tables_read(
    const uint8_t* source, size_t length, size_t max_tables, lac_tables** tables, size_t* consumed);

/* Tells the number of tables.
 *   count         receives it; 0 on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_tables_count(const lac_tables* tables, size_t* count);

/* Estimates what symbols cost, without coding them.
 *   indices       [count] tables, uint8_t or uint16_t
 *   index_bytes   bytes of an index: 1 or 2
 *   symbols       [count]
 *   bits          receives the information in the symbols, which a stream
 *                 takes but for its header; 0 on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_tables_estimate(
    const lac_tables* tables, const void* indices, int32_t index_bytes, const int16_t* symbols, size_t count,
    double* bits);

/* Destroys the set and sets *tables to null; decoders that use it go on.
 * Null and *null do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_tables_destroy(lac_tables** tables);

/* Bytes that always hold the stream of `count` symbols; 0 above 1 << 28. */
LAC_API size_t lac_rans_indexed_bound(size_t count);

/* Encodes symbols, each under a table of its own.
 *   indices       [count] tables, uint8_t or uint16_t, aligned as such
 *   index_bytes   bytes of an index: 1 or 2
 *   symbols       [count], any values
 *   lanes         1, 4, 32, 64, 128 or 256: more are faster and take some 4
 *                 bits each; 0 chooses by the information in the symbols
 *   destination   [capacity] bytes; unspecified on failure
 *   written       receives the bytes used, 0 for no symbols; 0 on failure
 *   returns       LAC_OK, LAC_E_BUFFER_TOO_SMALL, LAC_E_INVALID_ARGUMENT (an
 *                 index is outside the set), LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_rans_indexed_encode(
    const lac_tables* tables, const void* indices, int32_t index_bytes, const int16_t* symbols, size_t count,
    int32_t lanes, uint8_t* destination, size_t capacity, size_t* written);

/* Decodes what lac_rans_indexed_encode wrote, in one step.
 *   source        [length] bytes, the stream and nothing after it
 *   indices       as they were encoded
 *   index_bytes   need not be the encoder's
 *   symbols       [count]; zeros on failure
 *   returns       LAC_OK, LAC_E_TRUNCATED, LAC_E_INVALID_DATA,
 *                 LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_rans_indexed_decode(
    const lac_tables* tables, const uint8_t* source, size_t length, const void* indices, int32_t index_bytes,
    int16_t* symbols, size_t count);

/* Decodes a stream step by step; for any number of streams, one after the
 * other. Calls on one decoder wait for each other. */
typedef struct lac_rans_decoder lac_rans_decoder;

/* Makes a decoder, which keeps its memory from stream to stream.
 *   decoder       receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_rans_decoder_create(lac_rans_decoder** decoder);

/* Opens a stream and drops the one before.
 *   tables        equal to the encoder's; retained
 *   source        [length] bytes, the stream and nothing after it; copied
 *   count         symbols in the stream
 *   returns       LAC_OK, LAC_E_TRUNCATED, LAC_E_INVALID_DATA,
 *                 LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_rans_decoder_begin(
    lac_rans_decoder* decoder, const lac_tables* tables, const uint8_t* source, size_t length, size_t count);

/* Decodes the next symbols.
 *   indices       [count] tables
 *   index_bytes   1 or 2
 *   symbols       [count]; zeros on failure
 *   count         at most as many as remain
 *   returns       LAC_OK, LAC_E_TRUNCATED, LAC_E_INVALID_DATA (most damage
 *                 shows only in lac_rans_decoder_finish),
 *                 LAC_E_INVALID_ARGUMENT (then nothing is decoded) */
LAC_API lac_status lac_rans_decoder_decode(
    lac_rans_decoder* decoder, const void* indices, int32_t index_bytes, int16_t* symbols, size_t count);

/* Checks that the stream ends where its symbols do.
 *   returns       LAC_OK, LAC_E_TRUNCATED, LAC_E_INVALID_DATA,
 *                 LAC_E_INVALID_ARGUMENT (symbols remain) */
LAC_API lac_status lac_rans_decoder_finish(lac_rans_decoder* decoder);

/* Destroys the decoder and sets *decoder to null. Null and *null do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_rans_decoder_destroy(lac_rans_decoder** decoder);

/* Bytes that always hold the wide code of `count` symbols; 0 above 1 << 28. */
LAC_API size_t lac_rans_wide_bound(size_t count);

/* Encodes 32-bit symbols: the high part of each under its table, the low
 * bits as they are. Not read by lac_rans_indexed_decode.
 *   indices       [count] tables of the high parts, symbol >> low_bits
 *   index_bytes   1 or 2
 *   symbols       [count], any values
 *   low_bits      bits that are not modelled, 0 to 16; above 0 where
 *                 deviations are beyond 4096
 *   lanes, destination, capacity, written, returns
 *                 as for lac_rans_indexed_encode */
LAC_API lac_status lac_rans_wide_encode(
    const lac_tables* tables, const void* indices, int32_t index_bytes, const int32_t* symbols, size_t count,
    int32_t low_bits, int32_t lanes, uint8_t* destination, size_t capacity, size_t* written);

/* Decodes what lac_rans_wide_encode wrote.
 *   parameters and returns as for lac_rans_indexed_decode */
LAC_API lac_status lac_rans_wide_decode(
    const lac_tables* tables, const uint8_t* source, size_t length, const void* indices, int32_t index_bytes,
    int32_t* symbols, size_t count);

/* One distribution of bytes. */
typedef struct lac_static_table lac_static_table;

/* Bytes that always hold a stored static table. */
#define LAC_STATIC_TABLE_BYTES 513

/* Fits a table to counts.
 *   counts        [256], how often each byte occurs; their sum 1 to 2^32 - 1.
 *                 What has a count of 0 cannot be coded
 *   table         receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_static_table_create(const uint32_t* counts, lac_static_table** table);

/* Stores a table, in some 20 to 300 bytes.
 *   destination   [capacity] bytes; LAC_STATIC_TABLE_BYTES always suffice.
 *                 Unspecified on failure
 *   written       receives the bytes used; 0 on failure
 *   returns       LAC_OK, LAC_E_BUFFER_TOO_SMALL, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_static_table_write(
    const lac_static_table* table, uint8_t* destination, size_t capacity, size_t* written);

/* Reads a stored table.
 *   source        [length] bytes; those after the table are left alone
 *   table         receives it; the caller destroys it. Null on failure
 *   consumed      receives the bytes read; 0 on failure
 *   returns       LAC_OK, LAC_E_TRUNCATED, LAC_E_INVALID_DATA,
 *                 LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_static_table_read(
    const uint8_t* source, size_t length, lac_static_table** table, size_t* consumed);

/* Destroys the table and sets *table to null. Null and *null do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_static_table_destroy(lac_static_table** table);

/* Bytes that always hold a block of `count` bytes; 0 above 1 << 30. */
LAC_API size_t lac_rans_static_bound(size_t count);

/* Encodes a block of bytes under one table.
 *   table         one that the decoder has; null: fitted to the block and
 *                 stored at its beginning
 *   symbols       [count]
 *   lanes         as for lac_rans_indexed_encode
 *   destination   [capacity] bytes; unspecified on failure
 *   written       receives the bytes used, 0 for no symbols; 0 on failure
 *   returns       LAC_OK, LAC_E_BUFFER_TOO_SMALL, LAC_E_INVALID_DATA (a
 *                 symbol that `table` gives no frequency),
 *                 LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_rans_static_encode(
    const lac_static_table* table, const uint8_t* symbols, size_t count, int32_t lanes, uint8_t* destination,
    size_t capacity, size_t* written);

/* Decodes what lac_rans_static_encode wrote.
 *   table         equal to the encoder's; null where that was
 *   source        [length] bytes, the block and nothing after it
 *   symbols       [count], as many as were encoded; zeros on failure
 *   returns       LAC_OK, LAC_E_TRUNCATED, LAC_E_INVALID_DATA (not all damage
 *                 shows: some 1 % of blocks with a wrong byte seem whole),
 *                 LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_rans_static_decode(
    const lac_static_table* table, const uint8_t* source, size_t length, uint8_t* symbols, size_t count);

#ifdef __cplusplus
}
#endif
#endif
