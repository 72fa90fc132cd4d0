/* lacuna/tables.hpp - sets of distributions, for rans.hpp. */

#ifndef LAC_TABLES_HPP
#define LAC_TABLES_HPP

#include "lacuna/base.hpp"
#include "lacuna/coding.hpp"
#include "lacuna/rans.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// Shapes of zero-mean distributions.
enum class Shape : std::int32_t { gaussian = LAC_SHAPE_GAUSSIAN, laplace = LAC_SHAPE_LAPLACE };

/// The tables of symbols, one an element: their places in a set, as bytes or 16-bit numbers of any container.
class Indices {
public:
    template <class C, class E = std::remove_cv_t<std::remove_pointer_t<decltype(std::declval<const C&>().data())>>,
        class = std::enable_if_t<std::is_same_v<E, std::uint8_t> || std::is_same_v<E, std::uint16_t>>>
    Indices(const C& container) noexcept : data_(container.data()), bytes_(sizeof(E)), size_(container.size())
    {
    }

    const void* data() const noexcept { return data_; }
    std::int32_t bytes() const noexcept { return bytes_; }
    std::size_t size() const noexcept { return size_; }

private:
    const void* data_;
    std::int32_t bytes_;
    std::size_t size_;
};

/// A set of distributions of 16-bit numbers. It never changes: threads may share it.
class Tables {
public:
    /// Zero-mean distributions integrated over integer bins; without deviations the 64 that are in the library.
    static Returns<Tables> scales(Shape shape, Span<const double> deviations = {})
    {
        return made([&](lac_tables** out) {
            return lac_tables_create_scales(static_cast<std::int32_t>(shape), deviations.data(), deviations.size(), out);
        });
    }

    /// Quantised cumulative frequencies as CompressAI has them; see lac_tables_create_cdfs.
    /// @param cdfs  [lengths.size()][max_length]
    static Returns<Tables> from_cdfs(
        Span<const std::int32_t> cdfs, std::size_t max_length, Span<const std::int32_t> lengths, Span<const std::int32_t> offsets)
    {
        if (offsets.size() != lengths.size() || cdfs.size() / (max_length != 0 ? max_length : 1) < lengths.size()) {
            return detail::failed<Tables>(detail::mismatch());
        }

        return made([&](lac_tables** out) {
            return lac_tables_create_cdfs(cdfs.data(), lengths.size(), max_length, lengths.data(), offsets.data(), out);
        });
    }

    /// Probabilities, counts, anything in proportion; see lac_tables_create_weights.
    /// @param weights  [offsets.size()][length]
    /// @param escapes  [offsets.size()], or none
    static Returns<Tables> from_weights(
        Span<const double> weights, std::size_t length, Span<const std::int32_t> offsets, Span<const double> escapes = {})
    {
        if (weights.size() / (length != 0 ? length : 1) < offsets.size() || (!escapes.empty() && escapes.size() != offsets.size())) {
            return detail::failed<Tables>(detail::mismatch());
        }

        return made([&](lac_tables** out) {
            return lac_tables_create_weights(
                weights.data(), offsets.size(), length, offsets.data(), escapes.empty() ? nullptr : escapes.data(), out);
        });
    }

    /// Reads a stored set.
    /// @param consumed    receives the bytes read, where it is given
    /// @param max_tables  more are refused; 0: 1024
    static Returns<Tables> read(Bytes source, std::size_t* consumed = nullptr, std::size_t max_tables = 0)
    {
        std::size_t bytes = 0;
        return made([&](lac_tables** out) {
            return lac_tables_read(source.data(), source.size(), max_tables, out, consumed != nullptr ? consumed : &bytes);
        });
    }

    /// Stores the set.
    Returns<std::vector<std::uint8_t>> write() const
    {
        return detail::written(lac_tables_write_bound(size()), [&](std::uint8_t* destination, std::size_t capacity, std::size_t* count) {
            return lac_tables_write(tables_.get(), destination, capacity, count);
        });
    }

    /// Number of tables.
    std::size_t size() const noexcept
    {
        std::size_t count = 0;
        lac_tables_count(tables_.get(), &count);
        return count;
    }

    /// Bits of information in symbols under their tables.
    Returns<double> estimate(Indices indices, Span<const std::int16_t> symbols) const
    {
        if (indices.size() != symbols.size()) {
            return detail::failed<double>(detail::mismatch());
        }

        double bits = 0;
        const lac_status status =
            lac_tables_estimate(tables_.get(), indices.data(), indices.bytes(), symbols.data(), symbols.size(), &bits);
        if (status < LAC_OK) {
            return detail::failed<double>(Error(status));
        }

        return bits;
    }

    /// The handle of the C library.
    lac_tables* handle() const noexcept { return tables_.get(); }

private:
    template <class F>
    static Returns<Tables> made(const F& create)
    {
        Tables tables;
        const lac_status status = create(tables.tables_.out());
        if (status < LAC_OK) {
            return detail::failed<Tables>(Error(status));
        }

        return tables;
    }

    Tables() noexcept = default;

    detail::Owned<lac_tables, lac_tables_destroy> tables_;
};

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
