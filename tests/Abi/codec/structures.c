#include "structures.h"

enum { most = 4096 };

static uint64_t space[(most + 64) / 8];

static void* laid_out(const void* valid, uint32_t bytes, uint32_t size, int behind)
{
    memset(space, behind, sizeof space);
    memcpy(space, valid, bytes);
    memcpy(space, &size, sizeof size);
    return space;
}

void structure_rules(structure_call* call, const void* valid, uint32_t bytes, int is_output)
{
    const uint32_t wrong[] = { 0, 1, 4, bytes / 2, bytes - 1, most + 1, UINT32_MAX };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        REFUSED(LAC_E_INVALID_ARGUMENT, call(laid_out(valid, bytes, wrong[i], 0)));
    }

    CHECK(call(laid_out(valid, bytes, bytes, 0xA5)) >= LAC_OK);
    CHECK(call(laid_out(valid, bytes, bytes + 24, 0)) >= LAC_OK);
    CHECK(call(laid_out(valid, bytes, most, 0)) >= LAC_OK);
    uint8_t* last = (uint8_t*)laid_out(valid, bytes, bytes + 24, 0) + bytes + 23;
    *last = 1;
    if (is_output) {
        CHECK(call(space) >= LAC_OK && *last == 0 && last[1] == 0);
        uint32_t size;
        memcpy(&size, space, sizeof size);
        CHECK(size == bytes + 24);
    } else {
        REFUSED(LAC_E_INVALID_ARGUMENT, call(space));
    }

    for (int shift = 1; shift < 4; shift++) {
        laid_out(valid, bytes, bytes, 0);
        memmove((uint8_t*)space + shift, space, bytes);
        REFUSED(LAC_E_INVALID_ARGUMENT, call((uint8_t*)space + shift));
    }

    REFUSED(LAC_E_INVALID_ARGUMENT, call(memset(space, 0, sizeof space)));
}
