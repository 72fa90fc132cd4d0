#include "picture.h"

static int sample(int x, int y, int width, int height, int channel)
{
    if (channel == 3) {
        return 255 - 255 * x / width;
    }

    int value = 40 + 120 * (channel == 1 ? y : x) / (channel == 1 ? height : width) + 8 * channel;
    int dx = x - width / 3, dy = y - height / 2, radius = height / 4;
    if (dx * dx + dy * dy < radius * radius) {
        value = 200 - 60 * channel;
    }

    return value + (x * 7 + y * 13) % 5;
}

void picture_fill(uint8_t* pixels, int width, int height, int channels)
{
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            for (int c = 0; c < channels; c++) {
                int alpha = channels % 2 == 0 && c == channels - 1;
                *pixels++ = (uint8_t)sample(x, y, width, height, alpha ? 3 : c);
            }
        }
    }
}

double picture_error(const uint8_t* a, const uint8_t* b, size_t length)
{
    double sum = 0;
    for (size_t i = 0; i < length; i++) {
        sum += (double)(a[i] - b[i]) * (a[i] - b[i]);
    }

    return sum / (double)length;
}

uint64_t picture_hash(const uint8_t* bytes, size_t length)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ bytes[i]) * 1099511628211u;
    }

    return hash;
}
