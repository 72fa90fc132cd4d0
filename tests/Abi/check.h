/* CHECK(condition): prints what failed, with the library's own account of it, and ends the test. */

#ifndef LAC_TESTS_CHECK_H
#define LAC_TESTS_CHECK_H

#include <stdio.h>
#include <stdlib.h>

#include "lacuna/base.h"

#define CHECK(condition) ((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))

static inline void check_failed(const char* file, int line, const char* condition)
{
    char detail[512];
    lac_error_detail(detail, sizeof detail);
    fprintf(stderr, "%s:%d: %s\n  last error of the library: %s\n", file, line, condition, detail);
    exit(1);
}

static inline void* check_alloc(size_t bytes)
{
    void* memory = malloc(bytes);
    CHECK(memory != NULL);
    return memory;
}

#endif
