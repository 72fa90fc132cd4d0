/* failing_memory decode|encode THREADS: the host's memory fails at every call in turn. Each failure is a status and a text, nothing
 * is lost, and the same object goes on once there is memory again. */

#include "../host.h"
#include "../picture.h"
#include "../streams.h"

enum { width = 50, height = 40, channels = 4, row = width * channels, most = 200 };

static coded stream;
static uint8_t* expected;
static uint8_t pixels[row * height];
static int threads;

/* Nothing is left, and nothing came back wrong. */
static void all_returned(const host_heap* heap)
{
    CHECK(heap->live == 0 && heap->bytes == 0 && heap->wrong == 0);
}

/* A call that may lack memory; then there is some again. Whether it failed. */
#define LACKED(heap, call) lacked((heap), (check_mark(), (call)), __LINE__)

static int lacked(host_heap* heap, lac_status status, int line)
{
    if (status == LAC_OK) {
        return 0;
    }

    check_refused(__FILE__, line, LAC_E_OUT_OF_MEMORY, status);
    CHECK(heap->fails_from > 0 && heap->calls >= heap->fails_from);
    heap->fails_from = 0;
    return 1;
}

/* Decodes a picture of which the nth block is refused, and all after it. Whether that was so. */
static int decode(int n, int only_one)
{
    host_heap heap = { 0, n, only_one ? n + 1 : 0, 0, 0, 0, 0 };
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    lac_decoder* decoder = (lac_decoder*)&heap;
    options.memory = host_memory(&heap), options.threads = threads;
    int failed = 0;
    if (LACKED(&heap, lac_decoder_create(&options, &decoder))) {
        failed++;
        CHECK(decoder == NULL);
        all_returned(&heap);
        CHECK(lac_decoder_create(&options, &decoder) == LAC_OK);
    }

    lac_packet packet = coded_packet(&stream);
    for (int turn = 0; turn < 2; turn++) {
        lac_frame frame = LAC_FRAME_INIT;
        if (LACKED(&heap, lac_decoder_send(decoder, &packet))) {
            failed++;
            CHECK(lac_decoder_get(decoder, &frame) == LAC_AGAIN);
            CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
        }

        frame.width = 7;
        if (LACKED(&heap, lac_decoder_get(decoder, &frame))) {
            failed++;
            CHECK(frame_is_empty(&frame));
            CHECK(lac_decoder_send(decoder, &packet) == LAC_AGAIN);
            CHECK(lac_decoder_get(decoder, &frame) == LAC_OK);
        }

        CHECK(frame_holds(&frame, expected));
        CHECK(lac_frame_release(&frame) == LAC_OK);
    }

    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
    all_returned(&heap);
    return failed;
}

static int encode(int n, int only_one)
{
    host_heap heap = { 0, n, only_one ? n + 1 : 0, 0, 0, 0, 0 };
    lac_encoder_options options = LAC_ENCODER_OPTIONS_INIT;
    lac_encoder* encoder = (lac_encoder*)&heap;
    options.memory = host_memory(&heap), options.threads = threads;
    int failed = 0;
    if (LACKED(&heap, lac_encoder_create(&options, &encoder))) {
        failed++;
        CHECK(encoder == NULL);
        all_returned(&heap);
        CHECK(lac_encoder_create(&options, &encoder) == LAC_OK);
    }

    lac_frame frame = LAC_FRAME_INIT;
    frame.format = channels, frame.width = width, frame.height = height;
    frame.planes[0] = pixels, frame.strides[0] = row;
    lac_packet packet = LAC_PACKET_INIT;
    if (LACKED(&heap, lac_encoder_send(encoder, &frame))) {
        failed++;
        CHECK(lac_encoder_get(encoder, &packet) == LAC_AGAIN && packet_is_empty(&packet));
        CHECK(lac_encoder_send(encoder, &frame) == LAC_OK);
    }

    CHECK(lac_encoder_get(encoder, &packet) == LAC_OK);
    CHECK(packet.size == stream.length && memcmp(packet.data, stream.bytes, packet.size) == 0);
    CHECK(lac_encoder_destroy(&encoder) == LAC_OK);
    CHECK(heap.live > 0);
    CHECK(lac_packet_release(&packet) == LAC_OK);
    all_returned(&heap);
    return failed;
}

/* Blocks that are not aligned as asked are a fault of the host's. */
static void crooked(void)
{
    host_heap heap = { 0, 0, 0, 1, 0, 0, 0 };
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    lac_decoder* decoder = NULL;
    lac_packet packet = coded_packet(&stream);
    lac_frame frame = LAC_FRAME_INIT;
    options.memory = host_memory(&heap), options.threads = threads;
    CHECK(lac_decoder_create(&options, &decoder) == LAC_OK);
    REFUSED(LAC_E_CALLBACK_FAILED, lac_decoder_send(decoder, &packet));
    CHECK(heap.live == 0);
    heap.crooked = 0;
    CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
    heap.crooked = 1;
    REFUSED(LAC_E_CALLBACK_FAILED, lac_decoder_get(decoder, &frame));
    CHECK(frame_is_empty(&frame));
    heap.crooked = 0;
    CHECK(lac_decoder_get(decoder, &frame) == LAC_AGAIN);
    CHECK(lac_decoder_send(decoder, &packet) == LAC_OK && lac_decoder_get(decoder, &frame) == LAC_OK);
    CHECK(frame_holds(&frame, expected) && lac_frame_release(&frame) == LAC_OK);
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
    all_returned(&heap);
}

int main(int argc, char** argv)
{
    CHECK(argc == 3);
    int (*work)(int, int) = strcmp(argv[1], "encode") == 0 ? encode : decode;
    threads = atoi(argv[2]);
    stream = coded_make(width, height, channels, 50);
    expected = coded_pixels(&stream, LAC_PIXEL_STREAM);
    picture_fill(pixels, width, height, channels);
    uint64_t native = counters().native_bytes;
    CHECK(work(0, 0) == 0);

    /* From the first failure on every call fails; then only one; until the work asks for no more blocks. */
    int failures = 0;
    for (int only_one = 0; only_one <= 1; only_one++) {
        int n = 1;
        while (n <= most && work(n, only_one) > 0) {
            failures++;
            n++;
        }

        printf("%s, %d threads: %d blocks, each refused once\n", argv[1], threads, n - 1);
        CHECK(n > 4);
    }

    crooked();
    CHECK(failures > 0 && counters().handles == 0 && counters().native_bytes == native);
    coded_free(&stream);
    free(expected);
    return 0;
}
