/* lacuna/checksum.hpp - the check that closes every packet. */

#ifndef LAC_CHECKSUM_HPP
#define LAC_CHECKSUM_HPP

#include "lacuna/base.hpp"
#include "lacuna/checksum.h"

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// CRC-32C of bytes.
/// @param crc  the check of the bytes before these; 0 where there are none
inline std::uint32_t crc32c(Bytes bytes, std::uint32_t crc = 0) noexcept { return lac_crc32c(crc, bytes.data(), bytes.size()); }

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
