/* lacuna/adaptive.h: round trips, known bytes, refusals and damage. */

#include "coding.h"

static void known_bytes(void)
{
    uint8_t packet[24], code[32], back[24];
    const uint8_t expected[] = { 0x58, 0x91, 0xB1, 0x10, 0x9A, 0xB4 }; /* docs/entropy.md */
    size_t written;
    memset(packet, 'a', sizeof packet);
    OK(lac_adaptive_encode(packet, sizeof packet, 0, code, sizeof code, &written));
    CHECK(written == sizeof expected && memcmp(code, expected, written) == 0);
    OK(lac_adaptive_decode(code, written, back, sizeof back));
    CHECK(memcmp(packet, back, sizeof back) == 0);
}

static void bytes(void)
{
    static const size_t counts[] = { 1, 2, 100, 5000, 40000 };
    uint64_t state = 2;
    for (int i = 0; i < 5; i++) {
        for (int32_t models = 0; models <= 8; models = models == 0 ? 1 : models + 7) {
            size_t count = counts[i], capacity = lac_adaptive_bound(count), written, used;
            uint8_t *source = (uint8_t*)check_alloc(count), *code = (uint8_t*)check_alloc(capacity);
            uint8_t *back = (uint8_t*)check_alloc(count), *bad = (uint8_t*)check_alloc(capacity);
            for (size_t at = 0; at < count; at++) {
                source[at] = (uint8_t)some_symbol(&state, 30);
            }

            OK(lac_adaptive_encode(source, count, models, code, capacity, &written));
            digest("bytes", code, written);
            OK(lac_adaptive_decode(code, written, back, count));
            CHECK(memcmp(source, back, count) == 0);
            REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_adaptive_encode(source, count, models, code, written - 1, &used));
            CHECK(used == 0);
            OK(lac_adaptive_encode(source, count, models, code, capacity, &written));
            for (int n = 0; n < 200; n++) {
                damage(&state, code, bad, written);
                lac_status status = lac_adaptive_decode(bad, written - (size_t)n % 2, back, count);
                CHECK(status == LAC_OK || ((status == LAC_E_TRUNCATED || status == LAC_E_INVALID_DATA) && all_zero(back, count)));
            }

            free(source);
            free(code);
            free(back);
            free(bad);
        }
    }
}

static void refuses(void)
{
    uint8_t some[8] = { 1 }, code[16];
    size_t written = 99;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_adaptive_encode(NULL, 8, 0, code, 16, &written));
    CHECK(written == 0);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_adaptive_encode(some, 8, 0, NULL, 16, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_adaptive_encode(some, 8, 0, code, 16, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_adaptive_encode(some, 8, 2, code, 16, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_adaptive_encode(some, LAC_ADAPTIVE_MAX_COUNT + 1, 0, code, 16, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_adaptive_decode(NULL, 4, some, 8));
    CHECK(some[0] == 0);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_adaptive_decode(code, 4, NULL, 8));
    REFUSED(LAC_E_TRUNCATED, lac_adaptive_decode(code, 0, some, 8));
    OK(lac_adaptive_encode(NULL, 0, 0, NULL, 0, &written));
    OK(lac_adaptive_decode(NULL, 0, NULL, 0));
    CHECK(lac_adaptive_bound(0) == 0 && lac_adaptive_bound(LAC_ADAPTIVE_MAX_COUNT + 1) == 0);
}

/* Kinds: a number, 16 bits, a bit in two contexts, a symbol of 5. */
static const uint8_t kinds[] = { LAC_CONTEXT_NUMBER, LAC_CONTEXT_EQUAL, LAC_CONTEXT_BIT, LAC_CONTEXT_BIT, 5 };

enum { count = 2000 };

static void contexts(void)
{
    static uint32_t in[count], symbols[count], back[count];
    uint64_t state = 21;
    for (int i = 0; i < count; i++) {
        in[i] = some_number(&state) % 5;
        uint32_t any = some_number(&state);
        symbols[i] = in[i] == 0 ? any >> any % 32 : in[i] == 1 ? any % 65536 : in[i] == 4 ? any % 5 : any % 8 == 0;
    }

    size_t capacity = lac_contexts_bound(count), written, used;
    uint8_t *stream = (uint8_t*)check_alloc(capacity), *bad = (uint8_t*)check_alloc(capacity);
    OK(lac_contexts_encode(kinds, 5, in, symbols, count, stream, capacity, &written));
    digest("contexts", stream, written);
    REFUSED(LAC_E_BUFFER_TOO_SMALL, lac_contexts_encode(kinds, 5, in, symbols, count, bad, written - 1, &used));
    CHECK(used == 0);

    lac_context_decoder* decoder = NULL;
    OK(lac_context_decoder_create(kinds, 5, &decoder));
    for (int round = 0; round < 3; round++) {
        OK(lac_context_decoder_begin(decoder, stream, written));
        for (size_t at = 0, some; at < count; at += some) {
            some = round == 0 ? 1 : 1 + some_number(&state) % 90;
            some = some < count - at ? some : count - at;
            OK(lac_context_decoder_decode(decoder, in + at, back + at, some));
        }

        CHECK(memcmp(symbols, back, sizeof back) == 0);
        OK(lac_context_decoder_finish(decoder));
    }

    for (int i = 0; i < 1000; i++) {
        damage(&state, stream, bad, written);
        OK(lac_context_decoder_begin(decoder, bad, written - (size_t)(i % 3)));
        lac_status status = lac_context_decoder_decode(decoder, in, back, count);
        CHECK(status == LAC_OK || (status == LAC_E_TRUNCATED && all_zero(back, sizeof back)));
        status = lac_context_decoder_finish(decoder);
        CHECK(status == LAC_OK || status == LAC_E_TRUNCATED || status == LAC_E_INVALID_DATA);
    }

    OK(lac_context_decoder_begin(decoder, stream, written / 2));
    REFUSED(LAC_E_TRUNCATED, lac_context_decoder_decode(decoder, in, back, count));
    OK(lac_context_decoder_begin(decoder, stream, written));
    REFUSED(LAC_E_INVALID_DATA, lac_context_decoder_finish(decoder)); /* symbols are left over */
    in[7] = 5, back[0] = 1;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_context_decoder_decode(decoder, in, back, count));
    CHECK(all_zero(back, sizeof back));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_contexts_encode(kinds, 5, in, symbols, count, stream, capacity, &written));
    in[7] = 4, symbols[7] = 5;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_contexts_encode(kinds, 5, in, symbols, count, stream, capacity, &written));
    symbols[7] = 0;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_contexts_encode(NULL, 5, in, symbols, count, stream, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_contexts_encode(kinds, 0, in, symbols, count, stream, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_contexts_encode(kinds, 5, NULL, symbols, count, stream, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_contexts_encode(kinds, 5, in, NULL, count, stream, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_contexts_encode(kinds, 5, in, symbols, count, NULL, capacity, &written));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_contexts_encode(kinds, 5, in, symbols, count, stream, capacity, NULL));
    OK(lac_context_decoder_destroy(&decoder));
    decoder = FOREIGN(lac_context_decoder);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_context_decoder_create((const uint8_t*)"\x11", 1, &decoder));
    CHECK(decoder == NULL);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_context_decoder_create(NULL, 1, &decoder));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_context_decoder_create(kinds, 5, NULL));
    OK(lac_context_decoder_create(kinds, 5, &decoder));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_context_decoder_begin(decoder, NULL, 1));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_context_decoder_decode(decoder, NULL, back, 1));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_context_decoder_decode(decoder, in, NULL, 1));
    lac_context_decoder* copy = decoder;
    OK(lac_context_decoder_destroy(&decoder));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_context_decoder_begin(copy, stream, 1));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_context_decoder_finish(FOREIGN(lac_context_decoder)));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_context_decoder_destroy(&copy));
    OK(lac_contexts_encode(kinds, 5, NULL, NULL, 0, NULL, 0, &written));
    CHECK(written == 0 && lac_contexts_bound(SIZE_MAX) == 0);
    free(stream);
    free(bad);
}

int main(void)
{
    known_bytes();
    contexts();
    bytes();
    refuses();
    return 0;
}
