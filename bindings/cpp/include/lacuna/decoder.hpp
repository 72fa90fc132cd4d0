/* lacuna/decoder.hpp - from packets to frames.
 *
 *   lacuna::Decoder decoder;
 *   while (read(packet)) {
 *       decoder.send(packet);
 *       for (const lacuna::Frame& frame : decoder.frames())
 *           show(frame);
 *   }
 *   decoder.finish();
 *   for (const lacuna::Frame& frame : decoder.frames())
 *       show(frame); */

#ifndef LAC_DECODER_HPP
#define LAC_DECODER_HPP

#include "lacuna/base.hpp"
#include "lacuna/decoder.h"
#include "lacuna/frames.hpp"
#include "lacuna/host.hpp"
#include "lacuna/media.hpp"
#include "lacuna/model.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// How to decode, and what it may cost; see lac_decoder_options.
struct DecoderOptions {
    Format format = Format::stream;
    int threads = 0;                    ///< 0: one a processor
    std::uint64_t max_pixels = 0;       ///< 0: 1 << 28
    std::uint64_t max_memory = 0;       ///< 0: no bound
    std::uint64_t max_stream_bytes = 0; ///< 0: 1 << 30
    std::vector<Model> models;          ///< beside the one in the library
    Memory* memory = nullptr;           ///< must outlive the decoder and its frames
    FrameAllocator* frames = nullptr;   ///< must outlive the decoder and its frames
    Runner runner;                      ///< instead of `threads`
    Progress progress;                  ///< of each picture
};

/// From packets to frames. Calls on one decoder wait for each other.
class Decoder {
public:
#if !defined(LACUNA_NO_EXCEPTIONS)
    explicit Decoder(const DecoderOptions& options = {}) : Decoder(create(options)) {}
#endif

    static Returns<Decoder> create(const DecoderOptions& options = {})
    {
        Decoder decoder(std::make_unique<detail::Callbacks>(options.progress, options.runner));
        std::vector<const lac_model*> models;
        for (const Model& model : options.models) {
            models.push_back(model.get());
        }

        lac_decoder_options how = LAC_DECODER_OPTIONS_INIT;
        how.format = static_cast<std::int32_t>(options.format);
        how.threads = options.threads;
        how.max_pixels = options.max_pixels;
        how.max_memory = options.max_memory;
        how.max_stream_bytes = options.max_stream_bytes;
        how.models = models.data();
        how.model_count = models.size();
        how.memory = detail::to_c(options.memory);
        how.runner = decoder.callbacks_->runner();
        how.frames = detail::to_c(options.frames);
        how.progress = decoder.callbacks_->progress();
        const lac_status status = lac_decoder_create(&how, decoder.decoder_.out());
        if (status < LAC_OK) {
            return detail::failed<Decoder>(Error(status));
        }

        return decoder;
    }

    /// Gives a packet, whose bytes are copied; false where a picture is to be taken first.
    Returns<bool> send(const Packet& packet) { return detail::taken(lac_decoder_send(decoder_.get(), &packet.get())); }
    Returns<bool> send(Bytes bytes) { return send(Packet(bytes)); }

    /// Tells that there will be no more packets until flush; false where a picture is to be taken first.
    Returns<bool> finish() { return detail::taken(lac_decoder_send(decoder_.get(), nullptr)); }

    /// Decodes and takes the next picture; none where it wants more packets, or has ended.
    Returns<std::optional<Frame>> get()
    {
        lac_frame frame = LAC_FRAME_INIT;
        const lac_status status = lac_decoder_get(decoder_.get(), &frame);
        callbacks_->rethrow();
        if (status < LAC_OK) {
            return detail::failed<std::optional<Frame>>(Error(status));
        }

        ended_ = status == LAC_END;
        return status == LAC_OK ? std::optional<Frame>(Frame(frame)) : std::nullopt;
    }

    /// The pictures that can be decoded now, one at a time. Elements are Returns<Frame>; the first error is the last element.
    auto frames() { return detail::Items<Decoder, Frame>(*this); }

    /// Whether the last get found that all is decoded and there will be no more.
    bool ended() const noexcept { return ended_; }

    /// Forgets all packets, for seeking.
    Returns<void> flush() { return detail::check(lac_decoder_flush(decoder_.get())); }

    /// Ends a get that is under way in another thread, or the next.
    void cancel() noexcept { lac_decoder_cancel(decoder_.get()); }

    /// A number to compare machines by; see lac_decoder_state_hash.
    Returns<std::uint64_t> state_hash() const
    {
        std::uint64_t hash = 0;
        const lac_status status = lac_decoder_state_hash(decoder_.get(), &hash);
        if (status < LAC_OK) {
            return detail::failed<std::uint64_t>(Error(status));
        }

        return hash;
    }

    /// The handle of the C library.
    lac_decoder* handle() const noexcept { return decoder_.get(); }

private:
    explicit Decoder(std::unique_ptr<detail::Callbacks> callbacks) noexcept : callbacks_(std::move(callbacks)) {}

    // Destroyed after the handle, which calls them.
    std::unique_ptr<detail::Callbacks> callbacks_;
    detail::Owned<lac_decoder, lac_decoder_destroy> decoder_;
    bool ended_ = false;
};

/// What a call of the codec takes; see lac_estimate_memory.
enum class Operation : std::int32_t { decode = LAC_DECODE, encode = LAC_ENCODE };

/// An upper bound in bytes, before anything is opened.
inline Returns<std::uint64_t> estimate_memory(Operation operation, int width, int height, Format format, int threads = 0)
{
    std::uint64_t bytes = 0;
    const lac_status status = lac_estimate_memory(
        static_cast<std::int32_t>(operation), width, height, static_cast<std::int32_t>(format), threads, &bytes);
    if (status < LAC_OK) {
        return detail::failed<std::uint64_t>(Error(status));
    }

    return bytes;
}

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
