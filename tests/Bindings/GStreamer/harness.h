/* harness.h - elements of the plugin under GstHarness, and what comes out of them. */

#ifndef LACUNA_TESTS_HARNESS_H
#define LACUNA_TESTS_HARNESS_H

#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include "../golden.h"

#define FILE_CAPS "image/x-lacuna"
#define FRAMED_CAPS "image/x-lacuna, parsed=true, framerate=25/1"

extern Golden golden;
extern const gchar* vectors; /* the folder of the conformance vectors */

/* An element in a harness with a bus for its messages. */
GstHarness* harness_new(const gchar* launch);
void harness_free(GstHarness* harness);

/* A buffer with a copy of bytes. */
GstBuffer* buffer_of(const guint8* bytes, gsize count);

/* Pushes bytes in pieces of `piece`. */
void push_pieces(GstHarness* harness, const guint8* bytes, gsize count, gsize piece);

/* The pixels of a buffer of the harness's present caps, in the order of red, green, blue and, with `channels` 4, alpha; or grey alone
 * with 1. The caller frees them. */
guint8* pixels_of(GstHarness* harness, GstBuffer* buffer, gint channels, gint* width, gint* height);

/* Ends the test unless the buffer holds the golden pixels; takes the buffer. */
void assert_golden(GstHarness* harness, GstBuffer* buffer);

/* The text for developers of the next message of a type, or null; the caller frees it. */
gchar* next_message(GstHarness* harness, GstMessageType type);

/* The tests of each file. */
void add_decoder_tests(void);
void add_fault_tests(void);
void add_event_tests(void);
void add_encoder_tests(void);

#endif
