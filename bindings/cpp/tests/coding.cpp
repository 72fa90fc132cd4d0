// The coders and quantisers, with exceptions on: what goes in comes out, and wrong lengths are told.

#include "check.hpp"
#include "lacuna/lacuna.hpp"

#include <array>
#include <cmath>
#include <string_view>

namespace {

template <class F>
lac_status thrown(const F& function)
{
    try {
        function();
        return LAC_OK;
    } catch (const lacuna::Error& error) {
        return error.status();
    }
}

void checksums()
{
    constexpr std::string_view text = "123456789";
    const std::vector<std::uint8_t> bytes(text.begin(), text.end());
    CHECK(lacuna::crc32c(bytes) == 0xE3069283);
    const lacuna::Bytes span(bytes);
    CHECK(lacuna::crc32c(span.subspan(4), lacuna::crc32c(span.subspan(0, 4))) == 0xE3069283);
}

void indexed()
{
    const lacuna::Tables tables = lacuna::Tables::scales(lacuna::Shape::gaussian);
    CHECK(tables.size() == 64);
    std::vector<std::uint8_t> indices;
    std::vector<std::uint16_t> wide_indices;
    std::vector<std::int16_t> symbols;
    for (int i = 0; i < 5000; i++) {
        indices.push_back(static_cast<std::uint8_t>(i % 64));
        wide_indices.push_back(indices.back());
        symbols.push_back(static_cast<std::int16_t>((i * 37) % 9 - 4 + (i == 77 ? 30000 : 0)));
    }

    const std::vector<std::uint8_t> stream = lacuna::rans_encode(tables, indices, symbols);
    CHECK(lacuna::rans_decode(tables, stream, indices) == symbols);
    CHECK(lacuna::rans_decode(tables, stream, wide_indices) == symbols);
    CHECK(static_cast<double>(stream.size()) * 8 > tables.estimate(indices, symbols));

    // A stored set codes the same, step by step too.
    std::size_t consumed = 0;
    const std::vector<std::uint8_t> stored = tables.write();
    const lacuna::Tables copy = lacuna::Tables::read(stored, &consumed);
    CHECK(consumed == stored.size());
    lacuna::RansDecoder decoder = lacuna::RansDecoder::create();
    decoder.begin(copy, stream, symbols.size());
    std::vector<std::int16_t> back = decoder.decode(lacuna::Span<const std::uint8_t>(indices).subspan(0, 3));
    for (std::int16_t symbol : decoder.decode(lacuna::Span<const std::uint8_t>(indices).subspan(3))) {
        back.push_back(symbol);
    }
    decoder.finish();
    CHECK(back == symbols);

    const std::vector<std::int32_t> wide(symbols.begin(), symbols.end());
    CHECK(lacuna::rans_decode_wide(tables, lacuna::rans_encode_wide(tables, indices, wide, 2), indices) == wide);

    CHECK(thrown([&] { lacuna::rans_encode(tables, lacuna::Bytes(indices).subspan(1), symbols); }) == LAC_E_INVALID_ARGUMENT);
    CHECK(thrown([&] { lacuna::rans_decode(tables, lacuna::Bytes(stream).subspan(0, 5), indices); }) < LAC_OK);
    const std::array<std::int32_t, 4> cdf{0, 30000, 60000, 65536};
    const std::array<std::int32_t, 1> length{4};
    const std::array<std::int32_t, 1> offset{-1};
    CHECK(lacuna::Tables::from_cdfs(cdf, 4, length, offset).size() == 1);
    CHECK(thrown([&] { lacuna::Tables::from_cdfs(cdf, 5, length, offset); }) == LAC_E_INVALID_ARGUMENT);
    const std::array<double, 3> weights{1, 2, 3};
    CHECK(lacuna::Tables::from_weights(weights, 3, offset).size() == 1);
    CHECK(thrown([&] { lacuna::Tables::from_weights(weights, 4, offset); }) == LAC_E_INVALID_ARGUMENT);
}

void bytes()
{
    std::vector<std::uint8_t> text;
    std::array<std::uint32_t, 256> counts{};
    for (int i = 0; i < 3000; i++) {
        text.push_back(static_cast<std::uint8_t>('a' + (i * i) % 7));
        counts[text.back()]++;
    }

    const lacuna::StaticTable table = lacuna::StaticTable::create(counts);
    const std::vector<std::uint8_t> with = lacuna::rans_encode_static(text, &table);
    const std::vector<std::uint8_t> without = lacuna::rans_encode_static(text);
    CHECK(with.size() < without.size());
    CHECK(lacuna::rans_decode_static(with, text.size(), &table) == text);
    CHECK(lacuna::rans_decode_static(without, text.size()) == text);

    const std::vector<std::uint8_t> code = lacuna::adaptive_encode(text);
    CHECK(code.size() < text.size() / 2 && lacuna::adaptive_decode(code, text.size()) == text);
    CHECK(thrown([&] { lacuna::adaptive_decode(lacuna::Bytes(code).subspan(0, code.size() / 2), text.size()); }) < LAC_OK);

    const std::vector<std::uint8_t> kinds{LAC_CONTEXT_BIT, 16, LAC_CONTEXT_NUMBER};
    const std::vector<std::uint32_t> contexts{0, 1, 2, 0, 1, 2};
    const std::vector<std::uint32_t> symbols{1, 15, 100000, 0, 7, 3};
    const std::vector<std::uint8_t> stream = lacuna::contexts_encode(kinds, contexts, symbols);
    lacuna::ContextDecoder decoder = lacuna::ContextDecoder::create(kinds);
    decoder.begin(stream);
    CHECK(decoder.decode(contexts) == symbols);
    decoder.finish();
    CHECK(thrown([&] { lacuna::contexts_encode(kinds, contexts, lacuna::Span<const std::uint32_t>(symbols).subspan(1)); }) < LAC_OK);
}

void vectors()
{
    const std::vector<float> codewords{0, 0, 10, 0, 0, 10, 10, 10};
    const lacuna::Codebook codebook = lacuna::Codebook::create(codewords, 2);
    CHECK(codebook.info().count == 4 && codebook.info().dimensions == 2);
    lacuna::Quantizer flat = lacuna::Quantizer::residual({&codebook});
    const std::vector<float> points{9, 1, 1, 9, 8, 8};
    const std::vector<std::int32_t> indices = flat.encode(points);
    CHECK((indices == std::vector<std::int32_t>{1, 2, 3}));
    CHECK((flat.decode(indices) == std::vector<float>{10, 0, 0, 10, 10, 10}));

    lacuna::Quantizer twice = lacuna::Quantizer::residual({&codebook, &codebook});
    CHECK(twice.info().indices_per_vector == 2 && twice.encode(points).size() == 6);
    const lacuna::Codebook* parts[] = {&codebook, &codebook};
    CHECK(lacuna::Quantizer::product(parts).info().dimensions == 4);

    CHECK(lacuna::Codebook::train(points, 2, 2).info().count == 2);
    CHECK(thrown([&] { flat.encode({std::vector<float>{std::nanf(""), 1}}); }) == LAC_E_INVALID_DATA);
    CHECK(thrown([&] { flat.decode(std::vector<std::int32_t>{4}); }) == LAC_E_INVALID_DATA);
    CHECK(thrown([&] { lacuna::Quantizer::from_memory(lacuna::Bytes()); }) < LAC_OK);
}

} // namespace

void test_coding()
{
    const std::uint32_t handles = lacuna::counters().handles;
    checksums();
    indexed();
    bytes();
    vectors();
    CHECK(lacuna::counters().handles == handles);
}
