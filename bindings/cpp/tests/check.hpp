// What the tests of the C++ headers share.

#ifndef LACUNA_TESTS_CHECK_HPP
#define LACUNA_TESTS_CHECK_HPP

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#define CHECK(condition) ((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))

[[noreturn]] inline void check_failed(const char* file, int line, const char* condition)
{
    std::fprintf(stderr, "%s:%d: %s\n", file, line, condition);
    std::exit(1);
}

/// The golden stream and what its text says of it.
struct Golden {
    std::vector<std::uint8_t> stream;
    int width = 0;
    int height = 0;
    std::uint32_t check = 0;
};

/// A picture whose pixels all differ from their neighbours.
inline std::vector<std::uint8_t> picture(int width, int height)
{
    std::vector<std::uint8_t> pixels;
    for (int i = 0; i < width * height; i++) {
        for (int value : {i * 3, i / width * 5, 255 - i}) {
            pixels.push_back(static_cast<std::uint8_t>(value));
        }
    }

    return pixels;
}

void test_exceptions(const Golden& golden);
void test_callbacks(const Golden& golden);
void test_coding();
void test_sampling();
void test_results(const Golden& golden);

#endif
