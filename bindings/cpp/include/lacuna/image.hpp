/* lacuna/image.hpp - one picture to a stream and back. */

#ifndef LAC_IMAGE_HPP
#define LAC_IMAGE_HPP

#include "lacuna/base.hpp"
#include "lacuna/coding.hpp"
#include "lacuna/image.h"
#include "lacuna/media.hpp"
#include "lacuna/stream.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// A picture in memory of its own: interleaved, rows without gaps.
struct Image {
    int width = 0;
    int height = 0;
    Format format = Format::rgb;
    std::vector<std::uint8_t> pixels;

    /// Bytes from a row to the one below.
    std::ptrdiff_t stride() const noexcept { return static_cast<std::ptrdiff_t>(width) * pixel_bytes(format); }
};

/// How to decode, and what it may cost.
struct DecodeOptions {
    Format format = Format::stream;
    int threads = 0;             ///< 0: one a processor
    std::int64_t max_pixels = 0; ///< larger pictures are refused; 0: 1 << 28
};

/// How to encode.
struct EncodeOptions {
    double quality = 50;        ///< 0 (smallest stream) to 100 (best picture)
    int threads = 0;            ///< 0: one a processor
    std::int64_t max_bytes = 0; ///< 0: no bound; else the quality is searched for
};

/// Decodes a picture into the caller's memory.
/// @param pixels  the whole buffer, whose first byte is the top row's
/// @param stride  bytes from a row to the one below
inline Returns<void> decode_into(Bytes stream, Span<std::uint8_t> pixels, std::ptrdiff_t stride, const DecodeOptions& options = {})
{
    lac_image_decode_options how = LAC_IMAGE_DECODE_OPTIONS_INIT;
    how.format = static_cast<std::int32_t>(options.format);
    how.threads = options.threads;
    how.max_pixels = options.max_pixels;
    return detail::check(lac_image_decode_into(stream.data(), stream.size(), &how, pixels.data(), stride, pixels.size()));
}

/// Decodes a picture.
inline Returns<Image> decode(Bytes stream, const DecodeOptions& options = {})
{
    lac_stream_properties told = LAC_STREAM_PROPERTIES_INIT;
    lac_status status = lac_stream_info(stream.data(), stream.size(), &told);
    if (status < LAC_OK) {
        return detail::failed<Image>(Error(status));
    }

    // Before memory is taken: a header costs a stranger nothing.
    const std::int64_t limit = options.max_pixels != 0 ? options.max_pixels : std::int64_t{1} << 28;
    if (static_cast<std::int64_t>(told.width) * told.height > limit) {
        return detail::failed<Image>(Error(LAC_E_LIMIT_EXCEEDED, "The picture has more pixels than max_pixels."));
    }

    Image image;
    image.width = told.width;
    image.height = told.height;
    image.format = options.format == Format::stream ? static_cast<Format>(told.channels) : options.format;
    image.pixels.resize(static_cast<std::size_t>(image.stride()) * static_cast<std::size_t>(image.height));
#if defined(LACUNA_NO_EXCEPTIONS)
    if (Result<void> done = decode_into(stream, image.pixels, image.stride(), options); !done) {
        return done.error();
    }
#else
    decode_into(stream, image.pixels, image.stride(), options);
#endif
    return image;
}

/// Encodes a picture.
/// @param pixels  from the top row's first byte to the last row's last
/// @param stride  bytes from a row to the one below; 0: rows without gaps
inline Returns<std::vector<std::uint8_t>> encode(
    Bytes pixels, int width, int height, Format format, const EncodeOptions& options = {}, std::size_t stride = 0)
{
    const std::size_t row = static_cast<std::size_t>(width > 0 ? width : 0) * static_cast<std::size_t>(pixel_bytes(format));
    const std::size_t step = stride != 0 ? stride : row;
    if (height > 0 && pixels.size() < (static_cast<std::size_t>(height) - 1) * step + row) {
        return detail::failed<std::vector<std::uint8_t>>(Error(LAC_E_INVALID_ARGUMENT, "The span of pixels is shorter than the picture."));
    }

    lac_image_encode_options how = LAC_IMAGE_ENCODE_OPTIONS_INIT;
    how.quality = options.quality;
    how.threads = options.threads;
    how.max_bytes = options.max_bytes;
    const auto layout = static_cast<std::int32_t>(format);
    return detail::written(
        lac_image_encode_bound(width, height, layout), [&](std::uint8_t* destination, std::size_t capacity, std::size_t* count) {
            return lac_image_encode(
                pixels.data(), static_cast<std::ptrdiff_t>(step), width, height, layout, &how, destination, capacity, count);
        });
}

/// Encodes a picture.
inline Returns<std::vector<std::uint8_t>> encode(const Image& image, const EncodeOptions& options = {})
{
    return encode(Bytes(image.pixels), image.width, image.height, image.format, options);
}

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
