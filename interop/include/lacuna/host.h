/* lacuna/host.h - what a host may give: memory, threads, progress.
 *
 * All are structures of functions and one pointer that they receive back.
 * All zero means that the library uses its own. The functions must return
 * (no longjmp, no C++ exception through them), may be called from any thread
 * that the library works on, and must not call the object that calls them,
 * but for its cancel function. */

#ifndef LAC_HOST_H
#define LAC_HOST_H

#include "lacuna/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Gives the large blocks: working memory and frames. Small things (some
 * hundred KB a process) lie on the library's own heap. */
typedef struct lac_memory {
    void* context;
    /* Returns `bytes` (1 or more) at a multiple of `alignment` (a power of
     * two, 64 at most), or null: the call then ends with
     * LAC_E_OUT_OF_MEMORY, and the object stays usable. */
    void* (*allocate)(void* context, size_t bytes, size_t alignment);
    /* Takes a block back, with the size it was asked for. */
    void (*release)(void* context, void* memory, size_t bytes);
} lac_memory;

/* One piece of work: called once for each index, from any thread.
 *   worker        0 to lac_runner.workers - 1; no two calls at the same time
 *                 may have the same */
typedef void (*lac_work)(void* work, uint32_t index, uint32_t worker);

/* Runs the library's loops on the host's threads. */
typedef struct lac_runner {
    void* context;
    uint32_t workers; /* calls that may run at the same time, 1 to 256 */
    /* Calls work(argument, i, worker) for each i below `count` and returns 0
     * when all have returned; another value where that could not be done.
     * The call then ends with LAC_E_CALLBACK_FAILED. */
    int32_t (*run)(void* context, lac_work work, void* argument, uint32_t count);
} lac_runner;

/* Hears how far a long call is. */
typedef struct lac_progress {
    void* context;
    /* Receives the share done, 0 to 1, on the calling thread. Another value
     * than 0 ends the call with LAC_E_CANCELLED. */
    int32_t (*report)(void* context, double done);
} lac_progress;

#ifdef __cplusplus
}
#endif
#endif
