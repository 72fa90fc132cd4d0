/* lacuna/checksum.h: known answers, and pieces in a row. */

#include "coding.h"

int main(void)
{
    const char* digits = "123456789";
    CHECK(lac_crc32c(0, digits, 9) == 0xE3069283u);
    for (size_t cut = 0; cut <= 9; cut++) {
        CHECK(lac_crc32c(lac_crc32c(0, digits, cut), digits + cut, 9 - cut) == 0xE3069283u);
    }

    uint8_t zeros[32] = { 0 }, ones[32];
    memset(ones, 0xFF, sizeof ones);
    CHECK(lac_crc32c(0, zeros, 32) == 0x8A9136AAu && lac_crc32c(0, ones, 32) == 0x62A8AB43u); /* RFC 3720, B.4 */
    CHECK(lac_crc32c(0, NULL, 0) == 0 && lac_crc32c(7, NULL, 5) == 7);

    static uint8_t many[100000];
    uint64_t state = 1;
    for (size_t i = 0; i < sizeof many; i++) {
        many[i] = (uint8_t)some_number(&state);
    }

    for (size_t length = 0; length < 300; length++) {
        uint32_t slow = ~0u;
        for (size_t i = 0; i < length; i++) {
            slow ^= many[i];
            for (int bit = 0; bit < 8; bit++) {
                slow = slow >> 1 ^ (slow & 1 ? 0x82F63B78u : 0);
            }
        }

        CHECK(lac_crc32c(0, many, length) == ~slow);
    }

    digest("many", many, sizeof many);
    return 0;
}
