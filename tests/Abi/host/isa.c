/* isa [here|nehalem|haswell]: the process's level goes down, never up, and no bit changes; what the processor has is told. */

#include <inttypes.h>

#include "../streams.h"

static uint64_t decode(const coded* stream)
{
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    lac_decoder* decoder = NULL;
    options.threads = 2;
    lac_packet packet = coded_packet(stream);
    lac_frame frame = LAC_FRAME_INIT;
    uint64_t hash;
    CHECK(lac_decoder_create(&options, &decoder) == LAC_OK && lac_decoder_send(decoder, &packet) == LAC_OK);
    CHECK(lac_decoder_get(decoder, &frame) == LAC_OK && lac_decoder_state_hash(decoder, &hash) == LAC_OK);
    CHECK(lac_frame_release(&frame) == LAC_OK && lac_decoder_destroy(&decoder) == LAC_OK);
    return hash;
}

static void levels(void)
{
    coded stream = coded_make(33, 20, 4, 60);
    uint64_t expected = decode(&stream);
    int32_t level = lac_isa_level();
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_set_isa_level(-1));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_set_isa_level(LAC_ISA_AVX512 + 1));
    CHECK(lac_set_isa_level(LAC_ISA_AVX512) == LAC_OK && lac_isa_level() == level);
    for (int32_t lower = level - 1; lower >= LAC_ISA_SCALAR; lower--) {
        CHECK(lac_set_isa_level(lower) == LAC_OK && lac_isa_level() == lower);
        CHECK(lac_set_isa_level(lower + 1) == LAC_OK && lac_isa_level() == lower);
        CHECK(decode(&stream) == expected);
        coded again = coded_make(33, 20, 4, 60);
        CHECK(again.length == stream.length && memcmp(again.bytes, stream.bytes, stream.length) == 0);
        coded_free(&again);
    }

    CHECK(level >= LAC_ISA_SCALAR && lac_isa_level() == LAC_ISA_SCALAR);
    printf("from level %d to 0: %016" PRIx64 "\n", (int)level, expected);
    coded_free(&stream);
}

/* The flags of /proc/cpuinfo that stand for each bit. */
static const struct {
    uint32_t bit;
    const char* flags[5];
} meaning[] = {
    { LAC_CPU_SSE42, { "sse4_2" } },
    { LAC_CPU_AVX, { "avx" } },
    { LAC_CPU_AVX2, { "avx2" } },
    { LAC_CPU_FMA, { "fma" } },
    { LAC_CPU_BMI2, { "bmi2" } },
    { LAC_CPU_AVX512, { "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl" } },
    { LAC_CPU_AVX512_VBMI, { "avx512vbmi" } },
    { LAC_CPU_AVX512_VBMI2, { "avx512_vbmi2" } },
    { LAC_CPU_NEON, { "asimd" } },
};

static int has_flag(const char* line, const char* flag)
{
    size_t length = strlen(flag);
    for (const char* at = strstr(line, flag); at != NULL; at = strstr(at + 1, flag)) {
        if ((at[-1] == ' ' || at[-1] == '\t') && (at[length] == ' ' || at[length] == '\n' || at[length] == '\0')) {
            return 1;
        }
    }

    return 0;
}

static uint32_t of_cpuinfo(void)
{
    static char line[1 << 14];
    uint32_t features = 0;
    FILE* file = fopen("/proc/cpuinfo", "r");
    CHECK(file != NULL);
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "flags", 5) != 0 && strncmp(line, "Features", 8) != 0) {
            continue;
        }

        for (size_t i = 0; i < sizeof meaning / sizeof *meaning; i++) {
            int all = 1;
            for (int flag = 0; flag < 5 && meaning[i].flags[flag] != NULL; flag++) {
                all &= has_flag(line, meaning[i].flags[flag]);
            }

            features |= all ? meaning[i].bit : 0;
        }

        break;
    }

    fclose(file);
    return features;
}

int main(int argc, char** argv)
{
    CHECK(argc == 2);
    uint32_t features = lac_cpu_features();
    printf("features %x\n", (unsigned)features);
    if (strcmp(argv[1], "nehalem") == 0) {
        CHECK(features == LAC_CPU_SSE42 && lac_isa_level() == LAC_ISA_VECTOR128);
    } else if (strcmp(argv[1], "haswell") == 0) {
        CHECK(features == (LAC_CPU_SSE42 | LAC_CPU_AVX | LAC_CPU_AVX2 | LAC_CPU_FMA | LAC_CPU_BMI2));
        CHECK(lac_isa_level() == LAC_ISA_AVX2);
    } else {
        CHECK(features == of_cpuinfo());
        levels();
    }

    return 0;
}
