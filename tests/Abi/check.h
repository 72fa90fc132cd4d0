/* CHECK(condition): prints what failed, with the library's own account of it, and ends the test.
 * REFUSED(status, call): the call failed with this status and says why. */

#ifndef LAC_TESTS_CHECK_H
#define LAC_TESTS_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lacuna/base.h"

#define CHECK(condition) ((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))

/* Another call's text comes first, so that one which was left over does not count. */
#define REFUSED(expected, call) (check_mark(), check_refused(__FILE__, __LINE__, (expected), (call)))

static inline void check_failed(const char* file, int line, const char* condition)
{
    char detail[512];
    lac_error_detail(detail, sizeof detail);
    fprintf(stderr, "%s:%d: %s\n  last error of the library: %s\n", file, line, condition, detail);
    exit(1);
}

static inline void check_mark(void)
{
    lac_set_isa_level(-7777);
}

static inline void check_refused(const char* file, int line, lac_status expected, lac_status got)
{
    char detail[256] = "";
    lac_error_detail(detail, sizeof detail);
    if (got != expected || detail[0] == '\0' || strncmp(detail, "level is -7777;", 15) == 0) {
        fprintf(stderr, "%s:%d: status %d instead of %d, detail '%s'\n", file, line, (int)got, (int)expected, detail);
        exit(1);
    }
}

static inline void* check_alloc(size_t bytes)
{
    void* memory = malloc(bytes);
    CHECK(memory != NULL);
    return memory;
}

#endif
