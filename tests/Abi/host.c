#define _POSIX_C_SOURCE 200809L
#include "host.h"

#include <pthread.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

/* In front of each block: the size that was asked for, and where it lies. */
typedef struct {
    size_t bytes;
    void* whole;
} head;

static void* give(void* context, size_t bytes, size_t alignment)
{
    host_heap* heap = context;
    pthread_mutex_lock(&gate);
    heap->calls++;
    heap->wrong += bytes == 0 || alignment == 0 || alignment > 64 || (alignment & (alignment - 1)) != 0;
    int refuse = heap->fails_from > 0 && heap->calls >= heap->fails_from
        && (heap->fails_until == 0 || heap->calls < heap->fails_until);
    void* memory = NULL;
    if (!refuse) {
        /* The block may not lie at a higher alignment by chance: its neighbours do not. */
        char* whole = check_alloc(bytes + 3 * 64 + sizeof(head));
        uintptr_t first = ((uintptr_t)whole + sizeof(head) + 63) / 64 * 64 + (alignment < 64 ? alignment : 0) + (heap->crooked ? 1 : 0);
        memory = (void*)first;
        head it = { bytes, whole };
        memcpy((char*)memory - sizeof it, &it, sizeof it);
        memset(memory, 0xA5, bytes);
        heap->live++;
        heap->bytes += (long long)bytes;
    }

    pthread_mutex_unlock(&gate);
    return memory;
}

static void take(void* context, void* memory, size_t bytes)
{
    host_heap* heap = context;
    head it;
    pthread_mutex_lock(&gate);
    memcpy(&it, (char*)memory - sizeof it, sizeof it);
    heap->wrong += it.bytes != bytes;
    heap->live--;
    heap->bytes -= (long long)it.bytes;
    memset(memory, 0x5A, it.bytes);
    free(it.whole);
    pthread_mutex_unlock(&gate);
}

lac_memory host_memory(host_heap* heap)
{
    lac_memory memory = { heap, give, take };
    return memory;
}

/* What the threads of one loop share. */
typedef struct {
    lac_work work;
    void* argument;
    uint32_t count, next;
} loop;

typedef struct {
    loop* shared;
    uint32_t worker;
} share;

static void* serve(void* argument)
{
    share* mine = argument;
    loop* all = mine->shared;
    for (;;) {
        pthread_mutex_lock(&gate);
        uint32_t index = all->next++;
        pthread_mutex_unlock(&gate);
        if (index >= all->count) {
            return NULL;
        }

        all->work(all->argument, index, mine->worker);
    }
}

static void run_threads(loop* all, uint32_t workers)
{
    pthread_t threads[16];
    share shares[16];
    CHECK(workers <= 16);
    for (uint32_t i = 0; i < workers; i++) {
        shares[i].shared = all;
        shares[i].worker = i;
        CHECK(pthread_create(&threads[i], NULL, serve, &shares[i]) == 0);
    }

    for (uint32_t i = 0; i < workers; i++) {
        pthread_join(threads[i], NULL);
    }
}

static int32_t run(void* context, lac_work work, void* argument, uint32_t count)
{
    host_threads* threads = context;
    loop all = { work, argument, count, 0 };
    threads->loops++;
    if (threads->behaviour == RUNNER_REFUSES) {
        return 1;
    }

    if (threads->behaviour == RUNNER_THREADS) {
        run_threads(&all, threads->workers);
        return 0;
    }

    for (uint32_t i = 0; i < count - (threads->behaviour == RUNNER_SKIPS); i++) {
        work(argument, threads->behaviour == RUNNER_BACKWARD ? count - 1 - i : i, 0);
    }

    if (threads->behaviour == RUNNER_REPEATS) {
        work(argument, 0, 0);
    } else if (threads->behaviour == RUNNER_WRONG_WORKER) {
        work(argument, 0, threads->workers);
    } else if (threads->behaviour == RUNNER_WRONG_INDEX) {
        work(argument, count, 0);
    }

    return 0;
}

lac_runner host_runner(host_threads* threads)
{
    lac_runner runner = { threads, threads->workers, run };
    return runner;
}
