/* lacuna/base.h: versions, statuses, levels, start-up and counters, and what they refuse. */

#include "../streams.h"
#include "structures.h"

static lac_status init(void* options)
{
    return lac_init(options);
}

static lac_status read_counters(void* now)
{
    return lac_get_counters(now);
}

static void structures(void)
{
    lac_init_options options = LAC_INIT_OPTIONS_INIT;
    lac_counters now = LAC_COUNTERS_INIT;
    CHECK(lac_init(NULL) == LAC_OK);
    structure_rules(init, &options, sizeof options, 0);
    structure_rules(read_counters, &now, sizeof now, 1);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_get_counters(NULL));
    static const int32_t signals[] = { -1, 2, INT32_MAX, INT32_MIN };
    for (int i = 0; i < 4; i++) {
        options.signals = signals[i];
        REFUSED(LAC_E_INVALID_ARGUMENT, lac_init(&options));
    }
}

/* Every status has a sentence of its own; all others share one. */
static void statuses(void)
{
    const char* names[64];
    int count = 0;
    for (lac_status status = LAC_END; status >= LAC_E_CANCELLED; status--) {
        if (strcmp(lac_status_name(status), lac_status_name(INT32_MAX)) != 0) {
            names[count++] = lac_status_name(status);
        }
    }

    CHECK(count == 17);
    for (int i = 0; i < count; i++) {
        CHECK(names[i][strlen(names[i]) - 1] == '.');
        for (int other = 0; other < i; other++) {
            CHECK(strcmp(names[i], names[other]) != 0);
        }
    }

    CHECK(strcmp(lac_status_name(INT32_MIN), lac_status_name(-8)) == 0 && strlen(lac_status_name(-8)) > 5);
}

static void versions(void)
{
    int major, minor, patch;
    CHECK(lac_abi_version() == LAC_ABI_VERSION);
    CHECK(sscanf(lac_version_string(), "%d.%d.%d", &major, &minor, &patch) == 3);
    CHECK(lac_version_string() == lac_version_string());
}

/* A reason stays until the thread's next failure; calls that go well leave it. */
static void reasons(void)
{
    char first[256], second[256];
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_set_isa_level(99));
    size_t bytes = lac_error_detail(first, sizeof first);
    CHECK(strstr(first, "99") != NULL);
    CHECK(lac_set_isa_level(LAC_ISA_AVX512) == LAC_OK && lac_init(NULL) == LAC_OK);
    CHECK(lac_error_detail(second, sizeof second) == bytes && strcmp(first, second) == 0);
    for (size_t capacity = 0; capacity <= bytes + 1; capacity++) {
        memset(second, 0x7E, sizeof second);
        CHECK(lac_error_detail(second, capacity) == bytes && second[capacity] == 0x7E);
        CHECK(capacity == 0 || (second[capacity - 1] == 0 && strncmp(first, second, capacity - 1) == 0));
    }

    CHECK(lac_error_detail(NULL, sizeof first) == bytes);
}

int main(void)
{
    CHECK(lac_error_detail(NULL, 0) == 0);
    versions();
    structures();
    statuses();
    reasons();
    CHECK(counters().handles == 0);
    return 0;
}
