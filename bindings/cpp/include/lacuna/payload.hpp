/* lacuna/payload.hpp - any bytes in fewer, with checksums.
 *
 *   std::vector<std::uint8_t> payload = lacuna::compress(bytes);
 *   std::vector<std::uint8_t> bytes = lacuna::decompress(payload); */

#ifndef LAC_PAYLOAD_HPP
#define LAC_PAYLOAD_HPP

#include "lacuna/base.hpp"
#include "lacuna/coding.hpp"
#include "lacuna/payload.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// What a payload says of itself.
inline Returns<lac_payload_properties> payload_info(Bytes payload)
{
    lac_payload_properties told = LAC_PAYLOAD_PROPERTIES_INIT;
    const lac_status status = lac_payload_info(payload.data(), payload.size(), &told);
    if (status < LAC_OK) {
        return detail::failed<lac_payload_properties>(Error(status));
    }

    return told;
}

/// Compresses bytes.
inline Returns<std::vector<std::uint8_t>> compress(Bytes bytes, const lac_compress_options& options = LAC_COMPRESS_OPTIONS_INIT)
{
    return detail::written(
        lac_compress_bound(bytes.size(), &options), [&](std::uint8_t* destination, std::size_t capacity, std::size_t* count) {
            return lac_compress(bytes.data(), bytes.size(), &options, destination, capacity, count);
        });
}

/// Decompresses into the caller's memory, and tells how many bytes there are: also of an LZ4 frame that does not tell its length.
inline Returns<std::size_t> decompress_into(
    Bytes payload, Span<std::uint8_t> destination, const lac_decompress_options& options = LAC_DECOMPRESS_OPTIONS_INIT)
{
    std::size_t count = 0;
    const lac_status status =
        lac_decompress(payload.data(), payload.size(), &options, destination.data(), destination.size(), &count);
    if (status < LAC_OK) {
        return detail::failed<std::size_t>(Error(status));
    }

    return count;
}

/// Decompresses a payload that tells its length.
inline Returns<std::vector<std::uint8_t>> decompress(
    Bytes payload, const lac_decompress_options& options = LAC_DECOMPRESS_OPTIONS_INIT)
{
    lac_payload_properties told = LAC_PAYLOAD_PROPERTIES_INIT;
    const lac_status status = lac_payload_info(payload.data(), payload.size(), &told);
    if (status < LAC_OK) {
        return detail::failed<std::vector<std::uint8_t>>(Error(status));
    }

    if (told.bytes < 0) {
        return detail::failed<std::vector<std::uint8_t>>(
            Error(LAC_E_UNSUPPORTED, "The LZ4 frame does not tell its length: decompress_into takes a buffer."));
    }

    // Before memory is taken: a header costs a stranger nothing.
    const std::uint64_t limit = options.max_bytes != 0 ? options.max_bytes : std::uint64_t{1} << 30;
    if (static_cast<std::uint64_t>(told.bytes) > limit) {
        return detail::failed<std::vector<std::uint8_t>>(Error(LAC_E_LIMIT_EXCEEDED, "The payload declares more bytes than max_bytes."));
    }

    return detail::written(
        static_cast<std::size_t>(told.bytes), [&](std::uint8_t* destination, std::size_t capacity, std::size_t* count) {
            return lac_decompress(payload.data(), payload.size(), &options, destination, capacity, count);
        });
}

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
