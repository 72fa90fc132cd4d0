/* lacuna/stream.hpp - what a stream is, from its first bytes. */

#ifndef LAC_STREAM_HPP
#define LAC_STREAM_HPP

#include "lacuna/base.hpp"
#include "lacuna/media.hpp"
#include "lacuna/stream.h"

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// Whether bytes begin as a stream does.
enum class Probe : std::int32_t { no = LAC_PROBE_NO, maybe = LAC_PROBE_MAYBE, yes = LAC_PROBE_YES };

/// See lac_probe.
inline Probe probe(Bytes bytes) noexcept { return static_cast<Probe>(lac_probe(bytes.data(), bytes.size())); }

/// What a stream's header says.
struct StreamInfo {
    int version;         ///< of the format
    int width;           ///< pixels a row
    int height;          ///< rows
    Format format;       ///< grey, grey_alpha, rgb or rgba
    bool has_model;      ///< whether the library itself holds the model
    double quality;      ///< 0 to 100
    std::uint64_t model; ///< content hash of the model that the stream needs
};

/// Reads a stream's header; its first LAC_STREAM_HEADER_BYTES are enough.
inline Returns<StreamInfo> info(Bytes stream)
{
    lac_stream_properties told = LAC_STREAM_PROPERTIES_INIT;
    const lac_status status = lac_stream_info(stream.data(), stream.size(), &told);
    if (status < LAC_OK) {
        return detail::failed<StreamInfo>(Error(status));
    }

    return StreamInfo{told.version, told.width, told.height, static_cast<Format>(told.channels), told.has_model != 0, told.quality,
        told.model};
}

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
