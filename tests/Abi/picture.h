/* A picture made by integer arithmetic alone, so that it is the same everywhere, and what tests do with pictures. */

#ifndef LAC_TESTS_PICTURE_H
#define LAC_TESTS_PICTURE_H

#include <stddef.h>
#include <stdint.h>

/* Fills [height, width, channels]: a slanted gradient, discs and a fine texture; alpha falls from left to right. */
void picture_fill(uint8_t* pixels, int width, int height, int channels);

/* Mean squared error of two pictures. */
double picture_error(const uint8_t* a, const uint8_t* b, size_t length);

/* FNV-1a, 64 bits. */
uint64_t picture_hash(const uint8_t* bytes, size_t length);

#endif
