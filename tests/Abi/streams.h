/* Streams of small pictures for the tests of decoders and encoders, and what is done with them. */

#ifndef LAC_TESTS_STREAMS_H
#define LAC_TESTS_STREAMS_H

#include "check.h"
#include "lacuna/lacuna.h"

/* A stream and the shape of its picture. */
typedef struct {
    uint8_t* bytes;
    size_t length;
    int width, height, channels;
} coded;

/* Encodes the picture of picture_fill. */
coded coded_make(int width, int height, int channels, double quality);

/* Reads a file; exits with 77 (skipped) where there is none. */
coded coded_read(const char* path);

/* Streams one behind the other; the shape is the first one's. */
coded coded_join(const coded* parts, int count);

/* The same stream in memory of its own. */
coded coded_copy(const coded* stream);

/* Adds an optional packet with this payload, which decoders pass over. */
coded coded_with_optional(const coded* stream, const char* payload);

void coded_free(coded* stream);

/* The picture in an interleaved format, rows without gaps, by lac_image_decode_into; freed by the caller. */
uint8_t* coded_pixels(const coded* stream, int format);

/* A packet of the stream's bytes. */
lac_packet coded_packet(const coded* stream);

/* Channels of an interleaved or planar format, its planes, and bytes of a pixel in each. */
int format_channels(int format);
int format_planes(int format);
int format_pixel_bytes(int format);

/* Whether all planes of the frame hold these pixels, which lie plane behind plane, rows without gaps. */
int frame_holds(const lac_frame* frame, const uint8_t* pixels);

/* CRC-32C of the frame's planes, as lac_decoder_state_hash has it in its lower half. */
uint32_t frame_crc(const lac_frame* frame);

/* Whether the structure is LAC_FRAME_INIT but for its size. */
int frame_is_empty(const lac_frame* frame);
int packet_is_empty(const lac_packet* packet);

/* CRC-32C of bytes behind others of which it is `crc`; 0 to begin with. */
uint32_t crc32c(uint32_t crc, const uint8_t* bytes, size_t length);

/* Sets the checksums of a stream's packets, so that damage reaches what lies behind them. */
void packets_repair(uint8_t* bytes, size_t count);

/* The counters. */
lac_counters counters(void);

#endif
