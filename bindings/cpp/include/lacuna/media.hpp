/* lacuna/media.hpp - frames and packets, counted by reference. */

#ifndef LAC_MEDIA_HPP
#define LAC_MEDIA_HPP

#include "lacuna/base.hpp"
#include "lacuna/media.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// How pixels lie in memory: LAC_PIXEL_*.
enum class Format : std::int32_t {
    stream = LAC_PIXEL_STREAM,
    grey = LAC_PIXEL_GREY,
    grey_alpha = LAC_PIXEL_GREY_ALPHA,
    rgb = LAC_PIXEL_RGB,
    rgba = LAC_PIXEL_RGBA,
    bgr = LAC_PIXEL_BGR,
    bgra = LAC_PIXEL_BGRA,
    argb = LAC_PIXEL_ARGB,
    abgr = LAC_PIXEL_ABGR,
    rgb_planar = LAC_PIXEL_RGB_PLANAR,
    rgba_planar = LAC_PIXEL_RGBA_PLANAR
};

/// Bytes from a pixel to the next in its row of a plane; 0 for Format::stream.
constexpr int pixel_bytes(Format format) noexcept
{
    switch (format) {
    case Format::grey:
    case Format::rgb_planar:
    case Format::rgba_planar: return 1;
    case Format::grey_alpha: return 2;
    case Format::rgb:
    case Format::bgr: return 3;
    case Format::rgba:
    case Format::bgra:
    case Format::argb:
    case Format::abgr: return 4;
    case Format::stream: break;
    }

    return 0;
}

/// Planes of a format.
constexpr int plane_count(Format format) noexcept
{
    return format == Format::rgba_planar ? 4 : format == Format::rgb_planar ? 3 : 1;
}

// ---- Frames and packets

namespace detail {

/// A structure that refers to something counted by the library: a copy is one more reference.
template <class S, lac_status (*retain)(S*, const S*), lac_status (*release)(S*)>
class Counted {
public:
    explicit Counted(const S& fields) noexcept : fields_(fields) {}
    Counted(const Counted& other) : fields_(copied(other.fields_)) {}
    Counted(Counted&& other) noexcept : fields_(other.fields_)
    {
        other.fields_.reference = nullptr;
        other.reset();
    }
    ~Counted()
    {
        if (fields_.reference != nullptr) {
            release(&fields_);
        }
    }

    Counted& operator=(Counted other) noexcept
    {
        std::swap(fields_, other.fields_);
        return *this;
    }

    /// Takes the reference away.
    void reset() noexcept { release(&fields_); }

    /// The structure of the C library.
    const S& get() const noexcept { return fields_; }

    std::int64_t pts() const noexcept { return fields_.pts; }
    std::int64_t duration() const noexcept { return fields_.duration; }
    std::int64_t offset() const noexcept { return fields_.offset; }
    void* user_data() const noexcept { return fields_.user_data; }

    /// Sets what comes back with the frames or packets made of this one.
    void set_times(std::int64_t pts, std::int64_t duration = LAC_UNKNOWN, std::int64_t offset = LAC_UNKNOWN) noexcept
    {
        fields_.pts = pts;
        fields_.duration = duration;
        fields_.offset = offset;
    }
    void set_user_data(void* value) noexcept { fields_.user_data = value; }

protected:
    S fields_;

private:
    /// Memory of the caller's has no reference: its copies are equal structures.
    static S copied(const S& source)
    {
        S fields = source;
        if (source.reference != nullptr) {
#if defined(LACUNA_NO_EXCEPTIONS)
            retain(&fields, &source);
#else
            check(retain(&fields, &source));
#endif
        }

        return fields;
    }
};

using CountedFrame = Counted<lac_frame, lac_frame_retain, lac_frame_release>;
using CountedPacket = Counted<lac_packet, lac_packet_retain, lac_packet_release>;

} // namespace detail

/// A picture. A copy refers to the same pixels, which live until the last of them is gone.
class Frame : public detail::CountedFrame {
public:
    Frame() noexcept : Counted(LAC_FRAME_INIT) {}
    explicit Frame(const lac_frame& owned) noexcept : Counted(owned) {}

    /// A picture in the caller's memory, which must outlive the frame and its copies.
    /// @param pixels  the top row's first byte
    /// @param stride  bytes from a row to the one below; 0: rows without gaps
    static Frame of(std::uint8_t* pixels, int width, int height, Format format, std::ptrdiff_t stride = 0) noexcept
    {
        Frame frame;
        frame.fields_.format = static_cast<std::int32_t>(format);
        frame.fields_.width = width;
        frame.fields_.height = height;
        frame.set_plane(0, pixels, stride != 0 ? stride : static_cast<std::ptrdiff_t>(width) * pixel_bytes(format));
        return frame;
    }

    /// Sets one plane, 0 to 3, of a frame of the caller's.
    void set_plane(int index, std::uint8_t* pixels, std::ptrdiff_t stride) noexcept
    {
        fields_.planes[index] = pixels;
        fields_.strides[index] = stride;
    }

    int width() const noexcept { return fields_.width; }
    int height() const noexcept { return fields_.height; }
    Format format() const noexcept { return static_cast<Format>(fields_.format); }

    /// The top row's first byte; null where there is no such plane.
    std::uint8_t* plane(int index) const noexcept { return fields_.planes[index]; }

    /// Bytes from a row to the one below.
    std::ptrdiff_t stride(int index) const noexcept { return fields_.strides[index]; }

    /// One row of a plane, without what lies between rows.
    Span<std::uint8_t> row(int y, int index = 0) const noexcept
    {
        return {plane(index) + y * stride(index), static_cast<std::size_t>(width()) * static_cast<std::size_t>(pixel_bytes(format()))};
    }

    /// Whether there is a picture.
    explicit operator bool() const noexcept { return fields_.planes[0] != nullptr; }
};

/// A piece of a stream. A copy refers to the same bytes.
class Packet : public detail::CountedPacket {
public:
    Packet() noexcept : Counted(LAC_PACKET_INIT) {}
    explicit Packet(const lac_packet& owned) noexcept : Counted(owned) {}

    /// Bytes of the caller's, which must outlive the packet and its copies. Decoder::send copies them.
    explicit Packet(Bytes bytes, std::int64_t pts = LAC_UNKNOWN) noexcept : Packet()
    {
        fields_.data = bytes.data();
        fields_.size = bytes.size();
        fields_.pts = pts;
    }

    Bytes data() const noexcept { return {fields_.data, fields_.size}; }
};

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
