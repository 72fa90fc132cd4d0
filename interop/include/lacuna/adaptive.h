/* lacuna/adaptive.h - entropy coding that learns on the way.
 *
 *   uint8_t code[1 + sizeof packet], back[sizeof packet];
 *   size_t written;
 *   lac_adaptive_encode(packet, sizeof packet, 0, code, sizeof code, &written);
 *   lac_adaptive_decode(code, written, back, sizeof back);
 *
 * Nothing is sent ahead: for small packets, side information, and data whose
 * distribution drifts. Bytes alone go fastest; symbols with contexts of the
 * caller's choice (flags, counts, small alphabets) compress best.
 *
 * Streams have neither a length nor a checksum of their own. The same calls
 * give the same bytes on every machine. Streams: docs/format.md, section 7. */

#ifndef LAC_ADAPTIVE_H
#define LAC_ADAPTIVE_H

#include "lacuna/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Most bytes in one stream of lac_adaptive_encode. */
#define LAC_ADAPTIVE_MAX_COUNT (1 << 26)

/* Bytes that always hold the code of `count` bytes: one more than these; 0
 * for none, and above LAC_ADAPTIVE_MAX_COUNT. */
LAC_API size_t lac_adaptive_bound(size_t count);

/* Encodes bytes.
 *   source        [count] bytes
 *   models        1; 8, each for every eighth byte, which is faster from some
 *                 100 KB on and takes up to 300 bytes a model; 0 chooses by
 *                 the number of bytes
 *   destination   [capacity] bytes; unspecified on failure
 *   written       receives the bytes used, 0 for no bytes; 0 on failure
 *   returns       LAC_OK, LAC_E_BUFFER_TOO_SMALL, LAC_E_INVALID_ARGUMENT,
 *                 LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_adaptive_encode(
    const uint8_t* source, size_t count, int32_t models, uint8_t* destination, size_t capacity, size_t* written);

/* Decodes what lac_adaptive_encode wrote.
 *   source        [length] bytes, the stream and nothing after it
 *   destination   [count] bytes, as many as were encoded; zeros on failure
 *   returns       LAC_OK, LAC_E_TRUNCATED, LAC_E_INVALID_DATA,
 *                 LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_adaptive_decode(const uint8_t* source, size_t length, uint8_t* destination, size_t count);

/* Most contexts of a coder. */
#define LAC_CONTEXTS_MAX (1 << 20)

/* What a context codes, beside a symbol of 3 to 16 values. */
enum {
    LAC_CONTEXT_NUMBER = 0, /* any 32-bit number; small ones take few bits from the start */
    LAC_CONTEXT_EQUAL = 1,  /* the symbol is one of 16 bits, each equally likely: nothing is learnt */
    LAC_CONTEXT_BIT = 2     /* 0 or 1 */
};

/* Bytes that always hold the code of `count` symbols in any contexts; 0 above
 * 1 << 27. Codes are far shorter. */
LAC_API size_t lac_contexts_bound(size_t count);

/* Encodes symbols, each in a context that learns from it.
 *   kinds         [kind_count] what each context codes: its number of values,
 *                 2 to 16, or LAC_CONTEXT_*
 *   kind_count    1 to LAC_CONTEXTS_MAX
 *   contexts      [count] the context of each symbol, below kind_count
 *   symbols       [count] each below the number of values of its context
 *   destination   [capacity] bytes; unspecified on failure
 *   written       receives the bytes used; 0 on failure
 *   returns       LAC_OK, LAC_E_BUFFER_TOO_SMALL, LAC_E_INVALID_ARGUMENT (the
 *                 detail text names the symbol), LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_contexts_encode(
    const uint8_t* kinds, size_t kind_count, const uint32_t* contexts, const uint32_t* symbols, size_t count,
    uint8_t* destination, size_t capacity, size_t* written);

/* Decodes in any number of steps, so that contexts may follow from earlier
 * symbols; any number of streams, one after the other. Calls on one decoder
 * wait for each other. */
typedef struct lac_context_decoder lac_context_decoder;

/* Makes a decoder.
 *   kinds, kind_count  as lac_contexts_encode has them; copied
 *   decoder       receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_context_decoder_create(
    const uint8_t* kinds, size_t kind_count, lac_context_decoder** decoder);

/* Opens a stream with new contexts and drops the one before.
 *   source        [length] bytes, the stream and nothing after it; copied
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_context_decoder_begin(lac_context_decoder* decoder, const uint8_t* source, size_t length);

/* Decodes the next symbols. Any bytes decode to something: whether they were
 * a whole stream lac_context_decoder_finish tells.
 *   contexts      [count] the context of each
 *   symbols       [count]; zeros on failure
 *   returns       LAC_OK; LAC_E_TRUNCATED where the stream has ended before;
 *                 LAC_E_INVALID_ARGUMENT (then nothing is decoded) */
LAC_API lac_status lac_context_decoder_decode(
    lac_context_decoder* decoder, const uint32_t* contexts, uint32_t* symbols, size_t count);

/* Checks the end of the stream.
 *   returns       LAC_OK; LAC_E_TRUNCATED; LAC_E_INVALID_DATA where bytes are
 *                 left over; LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_context_decoder_finish(lac_context_decoder* decoder);

/* Destroys the decoder and sets *decoder to null. Null and *null do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_context_decoder_destroy(lac_context_decoder** decoder);

#ifdef __cplusplus
}
#endif
#endif
