/* What the tests of hosts' functions do with a decoder again and again. */

#ifndef LAC_TESTS_DECODERS_H
#define LAC_TESTS_DECODERS_H

#include "../streams.h"

static inline lac_decoder* open_decoder(const lac_decoder_options* options)
{
    lac_decoder* decoder = NULL;
    CHECK(lac_decoder_create(options, &decoder) == LAC_OK);
    return decoder;
}

static inline void send(lac_decoder* decoder, const coded* stream)
{
    lac_packet packet = coded_packet(stream);
    CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
}

/* The next picture cannot be had, for this reason. */
static inline void fails(lac_decoder* decoder, lac_status status)
{
    lac_frame frame = LAC_FRAME_INIT;
    frame.width = 7;
    REFUSED(status, lac_decoder_get(decoder, &frame));
    CHECK(frame_is_empty(&frame));
}

/* The next picture is this one. */
static inline void succeeds(lac_decoder* decoder, const uint8_t* expected)
{
    lac_frame frame = LAC_FRAME_INIT;
    CHECK(lac_decoder_get(decoder, &frame) == LAC_OK && frame_holds(&frame, expected));
    CHECK(lac_frame_release(&frame) == LAC_OK);
}

#endif
