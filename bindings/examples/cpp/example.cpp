// Reads a stream, decodes it, encodes a picture of its own and decodes that, and shows how an error is reported.
//
//   example GOLDEN.LAC
//
// The examples in C, Python and C# do the same and print the same lines: ../README.md.

#include <lacuna/lacuna.hpp>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <vector>

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes read_file(const char* path)
{
    std::ifstream file(path, std::ios::binary);
    file.exceptions(std::ios::badbit | std::ios::failbit);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

/// Decodes a stream to RGB and prints the check of its pixels, rows without gaps.
void decode(const char* name, lacuna::Bytes stream)
{
    lacuna::DecodeOptions options;
    options.format = lacuna::Format::rgb;
    const lacuna::Image image = lacuna::decode(stream, options);
    std::printf("%s: %d x %d, crc32c %08x\n", name, image.width, image.height, static_cast<unsigned>(lacuna::crc32c(image.pixels)));
}

/// A picture made here.
lacuna::Image gradient()
{
    lacuna::Image image;
    image.width = 256;
    image.height = 128;
    for (int y = 0; y < image.height; y++) {
        for (int x = 0; x < image.width; x++) {
            for (int value : {x, 2 * y, 255 - x}) {
                image.pixels.push_back(static_cast<std::uint8_t>(value));
            }
        }
    }

    return image;
}

void run(const char* path)
{
    const Bytes golden = read_file(path);
    decode("golden.lac", golden);

    lacuna::EncodeOptions options;
    options.quality = 60;
    const Bytes stream = lacuna::encode(gradient(), options);
    std::printf("gradient: encoded, %zu bytes\n", stream.size());
    decode("gradient", stream);

    // A stream cut short is an error, and nothing worse.
    try {
        decode("cut short", lacuna::Bytes(golden).subspan(0, golden.size() / 2));
    } catch (const lacuna::Error& error) {
        std::fprintf(stderr, "cut short: %s\n", error.what());
        std::printf("cut short: %s\n", error.status() == LAC_E_TRUNCATED ? "truncated" : "another status");
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: example GOLDEN.LAC\n");
        return 2;
    }

    try {
        run(argv[1]);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
