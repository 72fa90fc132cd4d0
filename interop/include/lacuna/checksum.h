/* lacuna/checksum.h - the check that closes every packet, for hosts that
 * check their own.
 *
 *   uint32_t check = lac_crc32c(0, head, head_length);
 *   check = lac_crc32c(check, body, body_length);   the check of both in a row
 */

#ifndef LAC_CHECKSUM_H
#define LAC_CHECKSUM_H

#include "lacuna/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* CRC-32C (Castagnoli): polynomial 0x1EDC6F41, reflected, register and result
 * inverted. The nine bytes "123456789" give 0xE3069283.
 *   crc           the check of the bytes before these; 0 where there are none
 *   data          [length] bytes; null counts as none
 *   returns       the check of all of them */
LAC_API uint32_t lac_crc32c(uint32_t crc, const void* data, size_t length);

#ifdef __cplusplus
}
#endif
#endif
