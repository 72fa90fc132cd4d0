/* What the tests of the coders, quantisers and samplers share: refusals, numbers that look random, and a digest of results. */

#ifndef LAC_TESTS_CODING_H
#define LAC_TESTS_CODING_H

#include <string.h>

#include "check.h"
#include "lacuna/lacuna.h"

#define OK(call) CHECK((call) == LAC_OK)

/* Numbers that look random, the same ones in every run (xorshift64*). */
static inline uint32_t some_number(uint64_t* state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (uint32_t)((*state * UINT64_C(2685821657736338717)) >> 32);
}

/* Like a Laplace distribution: small values are frequent. */
static inline int32_t some_symbol(uint64_t* state, int spread)
{
    uint32_t bits = some_number(state);
    int32_t magnitude = 0;
    for (; (bits & 3) != 0 && magnitude < spread; bits >>= 2) {
        magnitude += (int32_t)(bits & 3);
    }

    return bits & 4 ? -magnitude : magnitude;
}

/* -1 to 1 in steps of 2^-23: exact in float32. */
static inline float some_float(uint64_t* state)
{
    return (float)((int32_t)(some_number(state) >> 8) - (1 << 23)) / (float)(1 << 23);
}

/* Prints a name and the check of bytes: runs at all instruction sets must print the same. */
static inline void digest(const char* name, const void* bytes, size_t length)
{
    printf("%s %08x\n", name, (unsigned)lac_crc32c(0, bytes, length));
}

static inline int all_zero(const void* bytes, size_t length)
{
    const uint8_t* each = (const uint8_t*)bytes;
    for (size_t i = 0; i < length; i++) {
        if (each[i] != 0) {
            return 0;
        }
    }

    return 1;
}

/* Changes a few bits of `damaged`, a copy of `whole`. */
static inline void damage(uint64_t* state, const uint8_t* whole, uint8_t* damaged, size_t length)
{
    memcpy(damaged, whole, length);
    for (uint32_t flips = 1 + some_number(state) % 4; flips > 0 && length > 0; flips--) {
        damaged[some_number(state) % length] ^= (uint8_t)(1u << some_number(state) % 8);
    }
}

/* Handles that no object has: odd and even, and one of another type. */
#define FOREIGN(type) ((type*)(uintptr_t)0x123457)

#endif
