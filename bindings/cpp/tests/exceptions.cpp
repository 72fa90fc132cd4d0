// The headers with exceptions on: what decodes and encodes, what is owned by whom, and what is thrown.

#include "check.hpp"
#include "lacuna/lacuna.hpp"

#include <array>
#include <cstring>
#include <type_traits>

namespace {

static_assert(!std::is_copy_constructible_v<lacuna::Decoder> && std::is_nothrow_move_constructible_v<lacuna::Decoder>);
static_assert(!std::is_copy_constructible_v<lacuna::Encoder> && std::is_nothrow_move_constructible_v<lacuna::Encoder>);
static_assert(std::is_copy_constructible_v<lacuna::Frame> && std::is_nothrow_move_constructible_v<lacuna::Frame>);
static_assert(std::is_same_v<lacuna::Returns<int>, int>);

/// The status of the Error that a function throws; LAC_OK where it throws none.
template <class F>
lac_status thrown(const F& function)
{
    try {
        function();
        return LAC_OK;
    } catch (const lacuna::Error& error) {
        CHECK(!error.detail().empty());
        CHECK(std::strstr(error.what(), lac_status_name(error.status())) != nullptr);
        return error.status();
    }
}

std::uint32_t check_of(const lacuna::Frame& frame)
{
    std::uint32_t check = 0;
    for (int y = 0; y < frame.height(); y++) {
        check = lacuna::crc32c(frame.row(y), check);
    }

    return check;
}

void one_shot(const Golden& golden)
{
    CHECK(lacuna::probe(golden.stream) == lacuna::Probe::yes);
    const lacuna::StreamInfo info = lacuna::info(golden.stream);
    CHECK(info.width == golden.width && info.height == golden.height && info.format == lacuna::Format::rgb && info.has_model);

    const lacuna::Image image = lacuna::decode(golden.stream);
    CHECK(image.width == golden.width && image.height == golden.height && image.format == lacuna::Format::rgb);
    CHECK(lacuna::crc32c(image.pixels) == golden.check);

    // Other formats, and rows with gaps.
    lacuna::DecodeOptions options;
    options.format = lacuna::Format::bgra;
    const lacuna::Image other = lacuna::decode(golden.stream, options);
    CHECK(other.pixels[0] == image.pixels[2] && other.pixels[2] == image.pixels[0] && other.pixels[3] == 255);
    std::vector<std::uint8_t> gaps(static_cast<std::size_t>(golden.height) * 256, 7);
    lacuna::decode_into(golden.stream, gaps, 256);
    CHECK(std::memcmp(&gaps[256], &image.pixels[static_cast<std::size_t>(3 * golden.width)], static_cast<std::size_t>(3 * golden.width)) == 0);
    CHECK(gaps[255] == 7);

    lacuna::EncodeOptions encode;
    encode.quality = 60;
    const std::vector<std::uint8_t> stream = lacuna::encode(image, encode);
    CHECK(lacuna::decode(stream).pixels.size() == image.pixels.size());
}

void errors(const Golden& golden)
{
    const lacuna::Bytes bytes(golden.stream);
    CHECK(thrown([&] { lacuna::decode(bytes.subspan(0, bytes.size() / 2)); }) == LAC_E_TRUNCATED);
    CHECK(thrown([&] { lacuna::info(bytes.subspan(1)); }) == LAC_E_NOT_A_STREAM);
    CHECK(thrown([&] {
        lacuna::DecodeOptions options;
        options.max_pixels = 10;
        lacuna::decode(bytes, options);
    }) == LAC_E_LIMIT_EXCEEDED);
    const std::array<std::uint8_t, 11> pixels{};
    CHECK(thrown([&] { lacuna::encode(pixels, 2, 2, lacuna::Format::rgb); }) == LAC_E_INVALID_ARGUMENT);
    CHECK(thrown([&] { lacuna::encode(pixels, 0, 2, lacuna::Format::rgb); }) == LAC_E_INVALID_ARGUMENT);
    CHECK(thrown([] { lacuna::Model::open("no/such/file.lacm"); }) == LAC_E_IO);
    CHECK(thrown([&] { lacuna::Model::from_memory(bytes); }) == LAC_E_INVALID_DATA);
    CHECK(thrown([] {
        lacuna::DecoderOptions options;
        options.threads = -1;
        lacuna::Decoder decoder(options);
    }) == LAC_E_INVALID_ARGUMENT);
}

/// The golden stream twice, in pieces of any length.
void decoding(const Golden& golden)
{
    std::vector<std::uint8_t> twice = golden.stream;
    twice.insert(twice.end(), golden.stream.begin(), golden.stream.end());
    lacuna::Decoder first;
    lacuna::Decoder decoder(std::move(first));
    std::vector<lacuna::Frame> frames;
    const lacuna::Bytes bytes(twice);
    for (std::size_t at = 0; at < bytes.size(); at += 100) {
        lacuna::Packet packet(bytes.subspan(at, bytes.size() - at < 100 ? bytes.size() - at : 100));
        packet.set_times(static_cast<std::int64_t>(at));
        while (!decoder.send(packet)) {
            for (const lacuna::Frame& frame : decoder.frames()) {
                frames.push_back(frame);
            }
        }
    }

    while (!decoder.finish()) {
        frames.push_back(decoder.get().value());
    }

    CHECK(!decoder.ended());
    for (lacuna::Frame& frame : decoder.frames()) {
        frames.push_back(std::move(frame));
        CHECK(!frame);
    }

    CHECK(decoder.ended() && frames.size() == 2);
    CHECK(decoder.state_hash() % (1ull << 32) == golden.check);
    CHECK(frames[0].pts() == 0 && frames[1].pts() / 100 == static_cast<std::int64_t>(golden.stream.size()) / 100);

    // Frames live on without their decoder, and copies without the first.
    decoder = lacuna::Decoder();
    CHECK(!decoder.get() && !decoder.ended());
    const lacuna::Frame copy = frames[1];
    frames.clear();
    CHECK(check_of(copy) == golden.check && copy.width() == golden.width);

    // A stream that ends too soon is an error, after which the decoder goes on.
    decoder.send(bytes.subspan(0, golden.stream.size() / 2));
    decoder.finish();
    CHECK(thrown([&] { decoder.get(); }) == LAC_E_TRUNCATED);
    decoder.flush();
    decoder.send(golden.stream);
    CHECK(check_of(decoder.get().value()) == golden.check);
}

void encoding()
{
    std::vector<std::uint8_t> pixels = picture(40, 30);
    lacuna::Encoder encoder;
    lacuna::Frame frame = lacuna::Frame::of(pixels.data(), 40, 30, lacuna::Format::rgb);
    const lacuna::Frame borrowed = frame;
    CHECK(borrowed.plane(0) == pixels.data());
    frame.set_times(5, 6, 7);
    frame.set_user_data(&pixels);
    CHECK(encoder.send(frame));
    CHECK(!encoder.send(frame));
    std::vector<lacuna::Packet> packets;
    for (const lacuna::Packet& packet : encoder.packets()) {
        packets.push_back(packet);
    }

    CHECK(packets.size() == 1 && packets[0].pts() == 5 && packets[0].duration() == 6 && packets[0].user_data() == &pixels);
    const std::vector<std::uint8_t> stream = lacuna::encode(pixels, 40, 30, lacuna::Format::rgb);
    CHECK(lacuna::Bytes(stream).size() == packets[0].data().size());
    CHECK(std::memcmp(stream.data(), packets[0].data().data(), stream.size()) == 0);
    encoder.finish();
    CHECK(!encoder.get() && encoder.ended());
}

void models(const Golden& golden)
{
    const lacuna::Model model = lacuna::Model::embedded();
    const lacuna::Model copy = model;
    CHECK(copy.info().embedded == 1 && copy.info().hash == lacuna::info(golden.stream).model);
    lacuna::DecoderOptions options;
    options.models.push_back(model);
    lacuna::Decoder decoder(options);
    decoder.send(golden.stream);
    CHECK(check_of(decoder.get().value()) == golden.check);
    CHECK(lacuna::estimate_memory(lacuna::Operation::decode, 640, 480, lacuna::Format::rgb, 1) > 640 * 480 * 3);
}

} // namespace

void test_exceptions(const Golden& golden)
{
    lacuna::init();
    CHECK(std::strchr(lacuna::version(), '.') != nullptr);
    const std::uint32_t handles = lacuna::counters().handles;
    one_shot(golden);
    errors(golden);
    decoding(golden);
    encoding();
    models(golden);
    CHECK(lacuna::counters().handles == handles);
}
