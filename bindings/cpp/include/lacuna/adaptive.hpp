/* lacuna/adaptive.hpp - entropy coding that learns on the way. */

#ifndef LAC_ADAPTIVE_HPP
#define LAC_ADAPTIVE_HPP

#include "lacuna/adaptive.h"
#include "lacuna/base.hpp"
#include "lacuna/coding.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// Encodes bytes; models as in lac_adaptive_encode.
inline Returns<std::vector<std::uint8_t>> adaptive_encode(Bytes bytes, int models = 0)
{
    return detail::written(lac_adaptive_bound(bytes.size()), [&](std::uint8_t* destination, std::size_t capacity, std::size_t* count) {
        return lac_adaptive_encode(bytes.data(), bytes.size(), models, destination, capacity, count);
    });
}

/// Decodes what adaptive_encode wrote: `count` bytes.
inline Returns<std::vector<std::uint8_t>> adaptive_decode(Bytes code, std::size_t count)
{
    return detail::filled<std::uint8_t>(
        count, [&](std::uint8_t* bytes) { return lac_adaptive_decode(code.data(), code.size(), bytes, count); });
}

/// Encodes symbols, each in a context that learns from it.
/// @param kinds  what each context codes: 2 to 16 values, or LAC_CONTEXT_*
inline Returns<std::vector<std::uint8_t>> contexts_encode(
    Span<const std::uint8_t> kinds, Span<const std::uint32_t> contexts, Span<const std::uint32_t> symbols)
{
    if (contexts.size() != symbols.size()) {
        return detail::failed<std::vector<std::uint8_t>>(detail::mismatch());
    }

    return detail::written(lac_contexts_bound(symbols.size()), [&](std::uint8_t* destination, std::size_t capacity, std::size_t* count) {
        return lac_contexts_encode(
            kinds.data(), kinds.size(), contexts.data(), symbols.data(), symbols.size(), destination, capacity, count);
    });
}

/// Decodes what contexts_encode wrote, in any number of steps.
class ContextDecoder {
public:
    static Returns<ContextDecoder> create(Span<const std::uint8_t> kinds)
    {
        ContextDecoder decoder;
        const lac_status status = lac_context_decoder_create(kinds.data(), kinds.size(), decoder.decoder_.out());
        if (status < LAC_OK) {
            return detail::failed<ContextDecoder>(Error(status));
        }

        return decoder;
    }

    /// Opens a stream with new contexts and drops the one before.
    Returns<void> begin(Bytes stream) { return detail::check(lac_context_decoder_begin(decoder_.get(), stream.data(), stream.size())); }

    /// Decodes the next symbols, one a context.
    Returns<std::vector<std::uint32_t>> decode(Span<const std::uint32_t> contexts)
    {
        return detail::filled<std::uint32_t>(contexts.size(), [&](std::uint32_t* symbols) {
            return lac_context_decoder_decode(decoder_.get(), contexts.data(), symbols, contexts.size());
        });
    }

    /// Checks the end of the stream.
    Returns<void> finish() { return detail::check(lac_context_decoder_finish(decoder_.get())); }

    /// The handle of the C library.
    lac_context_decoder* handle() const noexcept { return decoder_.get(); }

private:
    ContextDecoder() noexcept = default;

    detail::Owned<lac_context_decoder, lac_context_decoder_destroy> decoder_;
};

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
