/* A host's functions that can be made to fail: memory that counts, threads, frames, progress. */

#ifndef LAC_TESTS_HOST_H
#define LAC_TESTS_HOST_H

#include "check.h"
#include "lacuna/lacuna.h"

/* Memory that counts its blocks and refuses some. */
typedef struct {
    int calls;        /* of allocate */
    int fails_from;   /* the first call that gets null; 0: none */
    int fails_until;  /* the first one after that which gets memory again; 0: never */
    int crooked;      /* every block is one byte beyond what it should be */
    int live;         /* blocks that are out */
    long long bytes;  /* in them */
    int wrong;        /* blocks that came back with another size, or alignments out of the contract */
} host_heap;

/* Functions over a heap; safe between threads. */
lac_memory host_memory(host_heap* heap);

/* How a runner behaves. */
typedef enum {
    RUNNER_SERIAL,       /* all on the caller's thread */
    RUNNER_THREADS,      /* on as many threads of its own as there are workers */
    RUNNER_BACKWARD,     /* the last index first */
    RUNNER_REFUSES,      /* returns 1 without a call */
    RUNNER_SKIPS,        /* leaves the last index out */
    RUNNER_REPEATS,      /* calls the first one twice */
    RUNNER_WRONG_WORKER, /* a worker that there is not */
    RUNNER_WRONG_INDEX   /* an index that there is not */
} host_behaviour;

typedef struct {
    host_behaviour behaviour;
    uint32_t workers;
    int loops; /* run so far */
} host_threads;

lac_runner host_runner(host_threads* threads);

#endif
