/* A host's thread may round otherwise, drop small numbers or trap on floating-point exceptions: bits are the same, and its mode is as
 * it was after every call. */

#define _GNU_SOURCE
#include <fenv.h>

#include "../picture.h"
#include "../streams.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

enum { width = 90, height = 70, channels = 4 };

typedef void set_mode(void);

static void upward(void)
{
    fesetround(FE_UPWARD);
}

static void downward(void)
{
    fesetround(FE_DOWNWARD);
}

static void toward_zero(void)
{
    fesetround(FE_TOWARDZERO);
}

static void trapping(void)
{
    feclearexcept(FE_ALL_EXCEPT);
    feenableexcept(FE_ALL_EXCEPT);
}

/* As start-up code of programs built with -ffast-math leaves it. */
static void small_dropped(void)
{
#if defined(__x86_64__)
    _mm_setcsr(_mm_getcsr() | 0x8040);
#endif
}

static uint64_t control(void)
{
#if defined(__x86_64__)
    return _mm_getcsr();
#else
    return (uint64_t)fegetround();
#endif
}

static coded stream;
static uint64_t expected;
static uint32_t others_expected;
static set_mode* runners_mode;

/* A host's thread may have another mode than the one that made the call. */
static int32_t run(void* context, lac_work work, void* argument, uint32_t count)
{
    (void)context;
    fenv_t kept;
    fegetenv(&kept);
    runners_mode();
    for (uint32_t i = 0; i < count; i++) {
        uint64_t before = control();
        work(argument, i, i % 2);
        CHECK(control() == before);
    }

    fesetenv(&kept);
    return 0;
}

static uint64_t decode(int threads)
{
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    lac_decoder* decoder = NULL;
    options.threads = threads;
    if (threads == 0) {
        options.runner.run = run, options.runner.workers = 2;
    }

    lac_packet packet = coded_packet(&stream);
    lac_frame frame = LAC_FRAME_INIT;
    uint64_t hash = 0;
    CHECK(lac_decoder_create(&options, &decoder) == LAC_OK && lac_decoder_send(decoder, &packet) == LAC_OK);
    CHECK(lac_decoder_get(decoder, &frame) == LAC_OK && lac_decoder_state_hash(decoder, &hash) == LAC_OK);
    CHECK((uint32_t)hash == frame_crc(&frame));
    CHECK(lac_frame_release(&frame) == LAC_OK && lac_decoder_destroy(&decoder) == LAC_OK);
    return hash;
}

static void encode(int threads)
{
    static uint8_t pixels[width * height * channels];
    picture_fill(pixels, width, height, channels);
    lac_encoder_options options = LAC_ENCODER_OPTIONS_INIT;
    lac_encoder* encoder = NULL;
    options.threads = threads;
    lac_frame frame = LAC_FRAME_INIT;
    frame.format = channels, frame.width = width, frame.height = height;
    frame.planes[0] = pixels, frame.strides[0] = width * channels;
    lac_packet packet = LAC_PACKET_INIT;
    CHECK(lac_encoder_create(&options, &encoder) == LAC_OK && lac_encoder_send(encoder, &frame) == LAC_OK);
    CHECK(lac_encoder_get(encoder, &packet) == LAC_OK);
    CHECK(packet.size == stream.length && memcmp(packet.data, stream.bytes, packet.size) == 0);
    CHECK(lac_packet_release(&packet) == LAC_OK && lac_encoder_destroy(&encoder) == LAC_OK);
}

/* CRC-32C of noise, of frequency tables and of what a header says. */
static uint32_t others(void)
{
    static const double deviations[] = { 0.11, 0.7, 3.3, 77.7 };
    float noise[500];
    uint8_t bytes[8192];
    size_t written = 0;
    lac_tables* tables = NULL;
    lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
    CHECK(lac_noise_philox(1, 2, 3, 4, noise, 500) == LAC_OK);
    CHECK(lac_tables_create_scales(LAC_SHAPE_GAUSSIAN, deviations, 4, &tables) == LAC_OK);
    CHECK(lac_tables_write(tables, bytes, sizeof bytes, &written) == LAC_OK && written > 100);
    CHECK(lac_tables_destroy(&tables) == LAC_OK);
    CHECK(lac_stream_info(stream.bytes, stream.length, &properties) == LAC_OK);
    CHECK(lac_probe(stream.bytes, stream.length) == LAC_PROBE_YES);
    uint32_t crc = crc32c(crc32c(0, bytes, written), (const uint8_t*)noise, sizeof noise);
    return crc32c(crc, (const uint8_t*)&properties, sizeof properties);
}

/* Everything that computes, in this mode. */
static void in_mode(set_mode* mode)
{
    fenv_t kept;
    fegetenv(&kept);
    mode();
    uint64_t before = control();
    CHECK(decode(1) == expected && decode(3) == expected && others() == others_expected);
    encode(1);
    encode(3);
    coded again = coded_make(width, height, channels, 50);
    CHECK(again.length == stream.length && memcmp(again.bytes, stream.bytes, again.length) == 0);
    uint8_t* pixels = coded_pixels(&again, LAC_PIXEL_STREAM);
    CHECK(crc32c(0, pixels, width * height * channels) == (uint32_t)expected);
    CHECK(control() == before);
    fesetenv(&kept);

    runners_mode = mode;
    CHECK(decode(0) == expected);
    free(pixels);
    coded_free(&again);
}

int main(void)
{
    static set_mode* const modes[] = { upward, downward, toward_zero, trapping, small_dropped };
    CHECK(lac_init(NULL) == LAC_OK);
    stream = coded_make(width, height, channels, 50);
    expected = decode(1);
    others_expected = others();
    for (int i = 0; i < 5; i++) {
        in_mode(modes[i]);
    }

    coded_free(&stream);
    return 0;
}
