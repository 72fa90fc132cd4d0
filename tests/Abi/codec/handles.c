#include "handles.h"

typedef struct {
    lac_decoder* decoder;
    lac_encoder* encoder;
    lac_model* model;
} set;

static set open_set(void)
{
    lac_decoder_options decode = LAC_DECODER_OPTIONS_INIT;
    lac_encoder_options encode = LAC_ENCODER_OPTIONS_INIT;
    set all = { NULL, NULL, NULL };
    decode.threads = encode.threads = 1;
    CHECK(lac_decoder_create(&decode, &all.decoder) == LAC_OK);
    CHECK(lac_encoder_create(&encode, &all.encoder) == LAC_OK);
    CHECK(lac_model_default(&all.model) == LAC_OK);
    return all;
}

static void close_set(set* all)
{
    CHECK(lac_decoder_destroy(&all->decoder) == LAC_OK && all->decoder == NULL);
    CHECK(lac_encoder_destroy(&all->encoder) == LAC_OK && all->encoder == NULL);
    CHECK(lac_model_release(&all->model) == LAC_OK && all->model == NULL);
}

static void* of_type(const set* all, handle_type type)
{
    return type == HANDLE_DECODER ? (void*)all->decoder : type == HANDLE_ENCODER ? (void*)all->encoder : (void*)all->model;
}

static uintptr_t random_number(void)
{
    static uint64_t state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uintptr_t)(state ^ state >> 29);
}

void handle_rules(handle_type type, handle_call* call, int null_is_fine)
{
    set dead = open_set();
    void* destroyed = of_type(&dead, type);
    close_set(&dead);
    REFUSED(LAC_E_INVALID_ARGUMENT, call(destroyed));

    /* The slot is taken again: the former handle still is none. */
    set live = open_set();
    REFUSED(LAC_E_INVALID_ARGUMENT, call(destroyed));
    for (handle_type other = HANDLE_DECODER; other <= HANDLE_MODEL; other++) {
        if (other != type) {
            REFUSED(LAC_E_INVALID_ARGUMENT, call(of_type(&live, other)));
        }
    }

    uintptr_t mine = (uintptr_t)of_type(&live, type);
    for (int bit = 0; bit < 64; bit++) {
        REFUSED(LAC_E_INVALID_ARGUMENT, call((void*)(mine ^ (uintptr_t)1 << bit)));
    }

    static int global;
    int local = 0;
    void* heap = check_alloc(16);
    void* const addresses[] = { &local, &global, heap, (char*)heap + 1, &live, (void*)(uintptr_t)1,
        (void*)(uintptr_t)2, (void*)(uintptr_t)4096, (void*)UINTPTR_MAX, (void*)INTPTR_MIN };
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        REFUSED(LAC_E_INVALID_ARGUMENT, call(addresses[i]));
    }

    for (int i = 0; i < 200; i++) {
        REFUSED(LAC_E_INVALID_ARGUMENT, call((void*)random_number()));
    }

    if (null_is_fine) {
        CHECK(call(NULL) == LAC_OK);
    } else {
        REFUSED(LAC_E_INVALID_ARGUMENT, call(NULL));
    }

    free(heap);
    close_set(&live);
}
