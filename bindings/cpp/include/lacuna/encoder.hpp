/* lacuna/encoder.hpp - from frames to packets.
 *
 *   lacuna::Encoder encoder;
 *   encoder.send(lacuna::Frame::of(pixels, width, height, lacuna::Format::rgb));
 *   for (const lacuna::Packet& packet : encoder.packets())
 *       write(packet.data()); */

#ifndef LAC_ENCODER_HPP
#define LAC_ENCODER_HPP

#include "lacuna/base.hpp"
#include "lacuna/encoder.h"
#include "lacuna/frames.hpp"
#include "lacuna/host.hpp"
#include "lacuna/media.hpp"
#include "lacuna/model.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// How to encode; see lac_encoder_options.
struct EncoderOptions {
    double quality = 50;         ///< 0 (smallest stream) to 100 (best picture)
    int threads = 0;             ///< 0: one a processor
    std::uint64_t max_bytes = 0; ///< of a packet; 0: no bound, else the quality is searched for
    std::optional<Model> model;  ///< none: the one in the library
    Memory* memory = nullptr;    ///< must outlive the encoder and its packets
    Runner runner;               ///< instead of `threads`
    Progress progress;           ///< of each picture
};

/// From frames to packets, each a whole stream of one picture. Calls on one encoder wait for each other.
class Encoder {
public:
#if !defined(LACUNA_NO_EXCEPTIONS)
    explicit Encoder(const EncoderOptions& options = {}) : Encoder(create(options)) {}
#endif

    static Returns<Encoder> create(const EncoderOptions& options = {})
    {
        Encoder encoder(std::make_unique<detail::Callbacks>(options.progress, options.runner));
        lac_encoder_options how = LAC_ENCODER_OPTIONS_INIT;
        how.threads = options.threads;
        how.quality = options.quality;
        how.max_bytes = options.max_bytes;
        how.model = options.model ? options.model->get() : nullptr;
        how.memory = detail::to_c(options.memory);
        how.runner = encoder.callbacks_->runner();
        how.progress = encoder.callbacks_->progress();
        const lac_status status = lac_encoder_create(&how, encoder.encoder_.out());
        if (status < LAC_OK) {
            return detail::failed<Encoder>(Error(status));
        }

        return encoder;
    }

    /// Encodes a frame; false where a packet is to be taken first.
    Returns<bool> send(const Frame& frame) { return sent(&frame.get()); }

    /// Tells that there will be no more frames until flush; false where a packet is to be taken first.
    Returns<bool> finish() { return sent(nullptr); }

    /// Takes the packet; none where it wants a frame, or has ended.
    Returns<std::optional<Packet>> get()
    {
        lac_packet packet = LAC_PACKET_INIT;
        const lac_status status = lac_encoder_get(encoder_.get(), &packet);
        if (status < LAC_OK) {
            return detail::failed<std::optional<Packet>>(Error(status));
        }

        ended_ = status == LAC_END;
        return status == LAC_OK ? std::optional<Packet>(Packet(packet)) : std::nullopt;
    }

    /// The packets that wait. Elements are Returns<Packet>; the first error is the last element.
    auto packets() { return detail::Items<Encoder, Packet>(*this); }

    /// Whether the last get found that there will be no more.
    bool ended() const noexcept { return ended_; }

    /// Forgets what was not taken.
    Returns<void> flush() { return detail::check(lac_encoder_flush(encoder_.get())); }

    /// Ends a send that is under way in another thread, or the next.
    void cancel() noexcept { lac_encoder_cancel(encoder_.get()); }

    /// The handle of the C library.
    lac_encoder* handle() const noexcept { return encoder_.get(); }

private:
    explicit Encoder(std::unique_ptr<detail::Callbacks> callbacks) noexcept : callbacks_(std::move(callbacks)) {}

    Returns<bool> sent(const lac_frame* frame)
    {
        const lac_status status = lac_encoder_send(encoder_.get(), frame);
        callbacks_->rethrow();
        return detail::taken(status);
    }

    // Destroyed after the handle, which calls them.
    std::unique_ptr<detail::Callbacks> callbacks_;
    detail::Owned<lac_encoder, lac_encoder_destroy> encoder_;
    bool ended_ = false;
};

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
