// The headers with exceptions off: the same calls give results.

#include "check.hpp"
#include "lacuna/lacuna.hpp"

#include <type_traits>

#if defined(__cpp_exceptions)
#error "this file is to be built with -fno-exceptions"
#endif

static_assert(std::is_same_v<lacuna::Returns<int>, lacuna::Result<int>>);

void test_results(const Golden& golden)
{
    CHECK(lacuna::init());
    lacuna::Result<lacuna::Image> image = lacuna::decode(golden.stream);
    CHECK(image && image.status() == LAC_OK);
    CHECK(lacuna::crc32c(image->pixels) == golden.check);

    const lacuna::Bytes bytes(golden.stream);
    const lacuna::Result<lacuna::Image> cut = lacuna::decode(bytes.subspan(0, bytes.size() / 2));
    CHECK(!cut && cut.status() == LAC_E_TRUNCATED && !cut.error().detail().empty());

    lacuna::Result<std::vector<std::uint8_t>> stream = lacuna::encode(*image);
    CHECK(stream && !stream->empty());
    CHECK(lacuna::encode(bytes, 0, 0, lacuna::Format::rgb).status() == LAC_E_INVALID_ARGUMENT);
    CHECK(lacuna::Model::open("no/such/file.lacm").status() == LAC_E_IO);

    lacuna::Result<lacuna::Decoder> made = lacuna::Decoder::create();
    CHECK(made);
    lacuna::Decoder decoder = std::move(*made);
    CHECK(decoder.send(golden.stream).value());
    int frames = 0;
    for (lacuna::Result<lacuna::Frame>& frame : decoder.frames()) {
        CHECK(frame);
        std::uint32_t check = 0;
        for (int y = 0; y < frame->height(); y++) {
            check = lacuna::crc32c(frame->row(y), check);
        }
        CHECK(check == golden.check);
        frames++;
    }
    CHECK(frames == 1);

    // An error is the last element of the range.
    CHECK(decoder.send(bytes.subspan(0, bytes.size() / 2)));
    CHECK(decoder.finish());
    lac_status last = LAC_OK;
    for (const lacuna::Result<lacuna::Frame>& frame : decoder.frames()) {
        CHECK(last == LAC_OK);
        last = frame.status();
    }
    CHECK(last == LAC_E_TRUNCATED);
}
