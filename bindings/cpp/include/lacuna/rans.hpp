/* lacuna/rans.hpp - entropy coding of numbers whose distributions are known.
 *
 *   lacuna::Tables tables = lacuna::Tables::scales(lacuna::Shape::gaussian);
 *   std::vector<std::uint8_t> stream = lacuna::rans_encode(tables, indices, symbols);
 *   std::vector<std::int16_t> symbols = lacuna::rans_decode(tables, stream, indices); */

#ifndef LAC_RANS_HPP
#define LAC_RANS_HPP

#include "lacuna/base.hpp"
#include "lacuna/coding.hpp"
#include "lacuna/rans.h"
#include "lacuna/tables.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// Encodes symbols, each under the table that its index names; lanes as in lac_rans_indexed_encode.
inline Returns<std::vector<std::uint8_t>> rans_encode(
    const Tables& tables, Indices indices, Span<const std::int16_t> symbols, int lanes = 0)
{
    if (indices.size() != symbols.size()) {
        return detail::failed<std::vector<std::uint8_t>>(detail::mismatch());
    }

    return detail::written(
        lac_rans_indexed_bound(symbols.size()), [&](std::uint8_t* destination, std::size_t capacity, std::size_t* count) {
            return lac_rans_indexed_encode(tables.handle(), indices.data(), indices.bytes(), symbols.data(), symbols.size(), lanes,
                destination, capacity, count);
        });
}

/// Decodes what rans_encode wrote: a symbol an index.
inline Returns<std::vector<std::int16_t>> rans_decode(const Tables& tables, Bytes stream, Indices indices)
{
    return detail::filled<std::int16_t>(indices.size(), [&](std::int16_t* symbols) {
        return lac_rans_indexed_decode(
            tables.handle(), stream.data(), stream.size(), indices.data(), indices.bytes(), symbols, indices.size());
    });
}

/// Encodes 32-bit symbols; see lac_rans_wide_encode.
inline Returns<std::vector<std::uint8_t>> rans_encode_wide(
    const Tables& tables, Indices indices, Span<const std::int32_t> symbols, int low_bits, int lanes = 0)
{
    if (indices.size() != symbols.size()) {
        return detail::failed<std::vector<std::uint8_t>>(detail::mismatch());
    }

    return detail::written(lac_rans_wide_bound(symbols.size()), [&](std::uint8_t* destination, std::size_t capacity, std::size_t* count) {
        return lac_rans_wide_encode(tables.handle(), indices.data(), indices.bytes(), symbols.data(), symbols.size(), low_bits, lanes,
            destination, capacity, count);
    });
}

/// Decodes what rans_encode_wide wrote.
inline Returns<std::vector<std::int32_t>> rans_decode_wide(const Tables& tables, Bytes stream, Indices indices)
{
    return detail::filled<std::int32_t>(indices.size(), [&](std::int32_t* symbols) {
        return lac_rans_wide_decode(
            tables.handle(), stream.data(), stream.size(), indices.data(), indices.bytes(), symbols, indices.size());
    });
}

/// Decodes a stream step by step, so that the tables of later symbols may follow from earlier ones.
class RansDecoder {
public:
    static Returns<RansDecoder> create()
    {
        RansDecoder decoder;
        const lac_status status = lac_rans_decoder_create(decoder.decoder_.out());
        if (status < LAC_OK) {
            return detail::failed<RansDecoder>(Error(status));
        }

        return decoder;
    }

    /// Opens a stream of `count` symbols and drops the one before.
    Returns<void> begin(const Tables& tables, Bytes stream, std::size_t count)
    {
        return detail::check(lac_rans_decoder_begin(decoder_.get(), tables.handle(), stream.data(), stream.size(), count));
    }

    /// Decodes the next symbols, one an index.
    Returns<std::vector<std::int16_t>> decode(Indices indices)
    {
        return detail::filled<std::int16_t>(indices.size(), [&](std::int16_t* symbols) {
            return lac_rans_decoder_decode(decoder_.get(), indices.data(), indices.bytes(), symbols, indices.size());
        });
    }

    /// Checks that the stream ends where its symbols do.
    Returns<void> finish() { return detail::check(lac_rans_decoder_finish(decoder_.get())); }

    /// The handle of the C library.
    lac_rans_decoder* handle() const noexcept { return decoder_.get(); }

private:
    RansDecoder() noexcept = default;

    detail::Owned<lac_rans_decoder, lac_rans_decoder_destroy> decoder_;
};

/// One distribution of bytes, fitted to counts.
class StaticTable {
public:
    static Returns<StaticTable> create(const std::array<std::uint32_t, 256>& counts)
    {
        StaticTable table;
        const lac_status status = lac_static_table_create(counts.data(), table.table_.out());
        if (status < LAC_OK) {
            return detail::failed<StaticTable>(Error(status));
        }

        return table;
    }

    /// The handle of the C library.
    lac_static_table* handle() const noexcept { return table_.get(); }

private:
    StaticTable() noexcept = default;

    detail::Owned<lac_static_table, lac_static_table_destroy> table_;
};

/// Encodes bytes under one table; without one it is fitted and stored at the beginning.
inline Returns<std::vector<std::uint8_t>> rans_encode_static(Bytes symbols, const StaticTable* table = nullptr, int lanes = 0)
{
    return detail::written(lac_rans_static_bound(symbols.size()), [&](std::uint8_t* destination, std::size_t capacity, std::size_t* count) {
        return lac_rans_static_encode(
            table != nullptr ? table->handle() : nullptr, symbols.data(), symbols.size(), lanes, destination, capacity, count);
    });
}

/// Decodes what rans_encode_static wrote: `count` bytes.
inline Returns<std::vector<std::uint8_t>> rans_decode_static(Bytes block, std::size_t count, const StaticTable* table = nullptr)
{
    return detail::filled<std::uint8_t>(count, [&](std::uint8_t* symbols) {
        return lac_rans_static_decode(table != nullptr ? table->handle() : nullptr, block.data(), block.size(), symbols, count);
    });
}

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
