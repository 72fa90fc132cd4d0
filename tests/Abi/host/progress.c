/* Progress that cancels at each report, cancelling from another thread, and calls from inside a call. */

#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <semaphore.h>

#include "../picture.h"
#include "decoders.h"

static coded small, wide; /* one tile; two regions and two tiles */
static uint8_t *small_pixels, *wide_pixels;

/* Cancels at one report, cancels from another thread, or calls what it must not. */
typedef struct {
    int stops_at, reports, wrong;
    double last;
    pthread_t caller;
    lac_decoder* called_back;
    lac_decoder* cancelled_elsewhere;
    sem_t ask, answer;
} listener;

static void call_back(listener* ear)
{
    uint64_t hash;
    lac_frame frame = LAC_FRAME_INIT;
    lac_packet packet = coded_packet(&small);
    lac_decoder* same = ear->called_back;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_send(same, &packet));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_send(same, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_get(same, &frame));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_flush(same));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_state_hash(same, &hash));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_decoder_destroy(&same));
    CHECK(same == ear->called_back);
}

static int32_t hear(void* context, double done)
{
    listener* ear = context;
    ear->wrong += !(done >= ear->last && done <= 1) || !pthread_equal(ear->caller, pthread_self());
    ear->last = done;
    if (ear->called_back != NULL) {
        call_back(ear);
    }

    if (ear->cancelled_elsewhere != NULL) {
        sem_post(&ear->ask);
        sem_wait(&ear->answer);
    }

    return ++ear->reports == ear->stops_at;
}

static void* cancel_elsewhere(void* context)
{
    listener* ear = context;
    sem_wait(&ear->ask);
    CHECK(lac_decoder_cancel(ear->cancelled_elsewhere) == LAC_OK);
    ear->cancelled_elsewhere = NULL;
    sem_post(&ear->answer);
    return NULL;
}

static listener begin(void)
{
    listener ear;
    memset(&ear, 0, sizeof ear);
    ear.caller = pthread_self();
    CHECK(sem_init(&ear.ask, 0, 0) == 0 && sem_init(&ear.answer, 0, 0) == 0);
    return ear;
}

static void progress_may_cancel(int threads)
{
    listener ear = begin();
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    options.threads = threads;
    options.progress.context = &ear, options.progress.report = hear;
    lac_decoder* decoder = open_decoder(&options);
    send(decoder, &wide);
    succeeds(decoder, wide_pixels);
    int all = ear.reports;
    CHECK(all >= 2 && ear.last == 1 && ear.wrong == 0);
    for (int stop = 1; stop < (threads == 1 ? all : 2); stop++) {
        send(decoder, &wide);
        ear.reports = 0, ear.stops_at = stop, ear.last = 0;
        fails(decoder, LAC_E_CANCELLED);
        ear.stops_at = 0, ear.last = 0;
        succeeds(decoder, wide_pixels);
    }

    /* From another thread, while the call is under way. */
    pthread_t other;
    send(decoder, &wide);
    ear.last = 0, ear.cancelled_elsewhere = decoder;
    CHECK(pthread_create(&other, NULL, cancel_elsewhere, &ear) == 0);
    fails(decoder, LAC_E_CANCELLED);
    pthread_join(other, NULL);
    ear.last = 0;
    succeeds(decoder, wide_pixels);

    /* Before the call. */
    send(decoder, &wide);
    CHECK(lac_decoder_cancel(decoder) == LAC_OK && lac_decoder_cancel(decoder) == LAC_OK);
    ear.last = 0;
    fails(decoder, LAC_E_CANCELLED);
    ear.last = 0;
    succeeds(decoder, wide_pixels);

    /* From inside. */
    send(decoder, &small);
    ear.last = 0, ear.called_back = decoder;
    succeeds(decoder, small_pixels);
    CHECK(ear.wrong == 0 && lac_decoder_destroy(&decoder) == LAC_OK);
    sem_destroy(&ear.ask);
    sem_destroy(&ear.answer);
}

/* The same of an encoder. */
typedef struct {
    int reports, stops_at;
    lac_encoder* called_back;
    lac_encoder* cancelled_elsewhere;
    const lac_frame* frame;
    sem_t ask, answer;
} encoder_listener;

static int32_t hear_encoder(void* context, double done)
{
    encoder_listener* ear = context;
    CHECK(done >= 0 && done <= 1);
    if (ear->called_back != NULL) {
        lac_packet packet = LAC_PACKET_INIT;
        lac_encoder* same = ear->called_back;
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_encoder_send(same, ear->frame));
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_encoder_get(same, &packet));
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_encoder_flush(same));
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_encoder_destroy(&same));
    }

    if (ear->cancelled_elsewhere != NULL) {
        sem_post(&ear->ask);
        sem_wait(&ear->answer);
    }

    return ++ear->reports == ear->stops_at;
}

static void* cancel_encoder_elsewhere(void* context)
{
    encoder_listener* ear = context;
    sem_wait(&ear->ask);
    CHECK(lac_encoder_cancel(ear->cancelled_elsewhere) == LAC_OK);
    ear->cancelled_elsewhere = NULL;
    sem_post(&ear->answer);
    return NULL;
}

static void encoder_gives(lac_encoder* encoder, const lac_frame* frame)
{
    lac_packet packet = LAC_PACKET_INIT;
    CHECK(lac_encoder_send(encoder, frame) == LAC_OK && lac_encoder_get(encoder, &packet) == LAC_OK);
    CHECK(packet.size == wide.length && memcmp(packet.data, wide.bytes, packet.size) == 0);
    CHECK(lac_packet_release(&packet) == LAC_OK);
}

static void encoders_may_be_cancelled(void)
{
    uint8_t* pixels = check_alloc((size_t)wide.width * wide.height * wide.channels);
    picture_fill(pixels, wide.width, wide.height, wide.channels);
    lac_frame frame = LAC_FRAME_INIT;
    frame.format = wide.channels, frame.width = wide.width, frame.height = wide.height;
    frame.planes[0] = pixels, frame.strides[0] = (ptrdiff_t)wide.width * wide.channels;
    encoder_listener ear;
    memset(&ear, 0, sizeof ear);
    ear.frame = &frame;
    CHECK(sem_init(&ear.ask, 0, 0) == 0 && sem_init(&ear.answer, 0, 0) == 0);
    lac_encoder_options options = LAC_ENCODER_OPTIONS_INIT;
    lac_encoder* encoder = NULL;
    lac_packet packet = LAC_PACKET_INIT;
    options.quality = 30, options.threads = 1, options.progress.context = &ear, options.progress.report = hear_encoder;
    CHECK(lac_encoder_create(&options, &encoder) == LAC_OK);
    encoder_gives(encoder, &frame);
    int all = ear.reports;
    CHECK(all >= 2);
    for (int stop = 1; stop < all; stop++) {
        ear.reports = 0, ear.stops_at = stop;
        REFUSED(LAC_E_CANCELLED, lac_encoder_send(encoder, &frame));
        CHECK(lac_encoder_get(encoder, &packet) == LAC_AGAIN);
    }

    pthread_t other;
    ear.stops_at = 0, ear.cancelled_elsewhere = encoder;
    CHECK(pthread_create(&other, NULL, cancel_encoder_elsewhere, &ear) == 0);
    REFUSED(LAC_E_CANCELLED, lac_encoder_send(encoder, &frame));
    pthread_join(other, NULL);
    ear.called_back = encoder;
    encoder_gives(encoder, &frame);
    CHECK(lac_encoder_destroy(&encoder) == LAC_OK);
    sem_destroy(&ear.ask);
    sem_destroy(&ear.answer);
    free(pixels);
}

int main(void)
{
    small = coded_make(48, 40, 4, 50);
    wide = coded_make(1030, 12, 3, 30);
    small_pixels = coded_pixels(&small, LAC_PIXEL_STREAM);
    wide_pixels = coded_pixels(&wide, LAC_PIXEL_STREAM);
    progress_may_cancel(1);
    progress_may_cancel(3);
    encoders_may_be_cancelled();
    CHECK(counters().handles == 0);
    coded_free(&small);
    free(small_pixels);
    coded_free(&wide);
    free(wide_pixels);
    return 0;
}
