/* Native threads: a decoder each, one decoder for all, and a thousand that live for one call. */

#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <unistd.h>

#include "../streams.h"

enum { crowd = 8, turns = 6, shapes = 3, short_lives = 1000 };

static coded streams[shapes];
static uint64_t hashes[shapes];
static lac_model* model;
static lac_decoder* shared;
static int taken; /* pictures from the shared decoder, guarded by `gate` */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static lac_decoder* open_decoder(int threads)
{
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    lac_decoder* decoder = NULL;
    options.threads = threads, options.models = (const lac_model* const*)&model, options.model_count = 1;
    CHECK(lac_decoder_create(&options, &decoder) == LAC_OK);
    return decoder;
}

static uint64_t decode(lac_decoder* decoder, const coded* stream)
{
    lac_packet packet = coded_packet(stream);
    lac_frame frame = LAC_FRAME_INIT;
    uint64_t hash;
    CHECK(lac_decoder_send(decoder, &packet) == LAC_OK && lac_decoder_get(decoder, &frame) == LAC_OK);
    CHECK(lac_decoder_state_hash(decoder, &hash) == LAC_OK && (uint32_t)hash == frame_crc(&frame));
    CHECK(lac_frame_release(&frame) == LAC_OK);
    return hash;
}

/* Each thread begins with another picture, and every second one has workers of its own. */
static void* alone(void* argument)
{
    int number = (int)(intptr_t)argument;
    lac_decoder* decoder = open_decoder(1 + number % 2);
    for (int turn = 0; turn < turns; turn++) {
        int which = (number + turn) % shapes;
        CHECK(decode(decoder, &streams[which]) == hashes[which]);
    }

    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_send((lac_decoder*)&number, NULL));
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
    return NULL;
}

/* All send the same picture to one decoder, and take what is there; frames are released elsewhere than they were taken. */
static void* together(void* argument)
{
    int sent = 0;
    lac_packet packet = coded_packet(&streams[0]);
    (void)argument;
    while (sent < turns) {
        lac_status status = lac_decoder_send(shared, &packet);
        CHECK(status == LAC_OK || status == LAC_AGAIN);
        sent += status == LAC_OK;
        lac_frame frame = LAC_FRAME_INIT;
        status = lac_decoder_get(shared, &frame);
        CHECK(status == LAC_OK || (status == LAC_AGAIN && frame_is_empty(&frame)));
        if (status == LAC_OK) {
            CHECK(frame_crc(&frame) == (uint32_t)hashes[0]);
            CHECK(lac_frame_release(&frame) == LAC_OK);
            pthread_mutex_lock(&gate);
            taken++;
            pthread_mutex_unlock(&gate);
        }
    }

    return NULL;
}

static void run(void* (*work)(void*))
{
    pthread_t threads[crowd];
    for (int i = 0; i < crowd; i++) {
        CHECK(pthread_create(&threads[i], NULL, work, (void*)(intptr_t)i) == 0);
    }

    for (int i = 0; i < crowd; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
}

static void* one_call(void* argument)
{
    lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
    (void)argument;
    CHECK(lac_error_detail(NULL, 0) == 0);
    REFUSED(LAC_E_NOT_A_STREAM, lac_stream_info((const uint8_t*)"nothing at all", 14, &properties));
    CHECK(lac_stream_info(streams[0].bytes, streams[0].length, &properties) == LAC_OK);
    return NULL;
}

static long resident_pages(void)
{
    long all = 0, resident = 0;
    FILE* file = fopen("/proc/self/statm", "r");
    CHECK(file != NULL && fscanf(file, "%ld %ld", &all, &resident) == 2);
    fclose(file);
    return resident;
}

static void threads_that_come_and_go(void)
{
    enum { most_growth = 4 << 20 };
    long before = 0;
    for (int i = 0; i < short_lives; i++) {
        pthread_t thread;
        CHECK(pthread_create(&thread, NULL, one_call, NULL) == 0 && pthread_join(thread, NULL) == 0);
        before = i == short_lives / 4 ? resident_pages() : before;
    }

    long grown = (resident_pages() - before) * sysconf(_SC_PAGESIZE);
    printf("%d threads: %ld bytes more\n", short_lives - short_lives / 4, grown);
    CHECK(grown < most_growth);
}

int main(void)
{
    for (int i = 0; i < shapes; i++) {
        streams[i] = coded_make(40 + 9 * i, 50 - 9 * i, 1 + i, 40 + 20 * i);
    }

    CHECK(lac_model_default(&model) == LAC_OK);
    lac_decoder* first = open_decoder(1);
    for (int i = 0; i < shapes; i++) {
        hashes[i] = decode(first, &streams[i]);
        CHECK(i == 0 || hashes[i] != hashes[i - 1]);
    }

    CHECK(lac_decoder_destroy(&first) == LAC_OK);
    run(alone);

    shared = open_decoder(2);
    run(together);
    lac_frame frame = LAC_FRAME_INIT;
    while (lac_decoder_get(shared, &frame) == LAC_OK) {
        CHECK(lac_frame_release(&frame) == LAC_OK);
        taken++;
    }

    CHECK(taken == crowd * turns);
    CHECK(lac_decoder_destroy(&shared) == LAC_OK && lac_model_release(&model) == LAC_OK);
    threads_that_come_and_go();
    CHECK(counters().handles == 0);
    for (int i = 0; i < shapes; i++) {
        coded_free(&streams[i]);
    }

    return 0;
}
