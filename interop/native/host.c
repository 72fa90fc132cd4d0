/* The exports that are C: what must happen before the runtime starts, and what only C can ask the processor. */

#include "lacuna/base.h"
#include "signals.h"

#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__)
#include <sys/auxv.h>
#endif

/* The managed half of lac_init (interop/src/Base/BaseExports.cs); local to the library. */
lac_status lac__init(const lac_init_options* options);

lac_status lac_init(const lac_init_options* options)
{
    if (options && options->struct_size >= sizeof *options && options->signals == LAC_SIGNALS_HOST) {
        lac__signals_are_the_hosts = 1;
    }

    return lac__init(options);
}

#if defined(__x86_64__)

/* The state that the operating system saves for each thread: bits of XCR0. */
static uint32_t saved_state(void)
{
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

static uint32_t when(uint32_t word, uint32_t bits, uint32_t feature)
{
    return (word & bits) == bits ? feature : 0;
}

uint32_t lac_cpu_features(void)
{
    enum { ymm_state = 0x6, zmm_state = 0xE6 };
    uint32_t eax, ebx, ecx, edx, features;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx)) {
        return 0;
    }

    features = when(ecx, bit_SSE4_2, LAC_CPU_SSE42);
    uint32_t state = ecx & bit_OSXSAVE ? saved_state() : 0;
    if ((state & ymm_state) != ymm_state) {
        return features;
    }

    features |= when(ecx, bit_AVX, LAC_CPU_AVX) | when(ecx, bit_FMA, LAC_CPU_FMA);
    if (!__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx)) {
        return features;
    }

    features |= when(ebx, bit_AVX2, LAC_CPU_AVX2) | when(ebx, bit_BMI2, LAC_CPU_BMI2);
    if ((state & zmm_state) == zmm_state) {
        features |= when(ebx, bit_AVX512F | bit_AVX512BW | bit_AVX512CD | bit_AVX512DQ | bit_AVX512VL, LAC_CPU_AVX512)
            | when(ecx, bit_AVX512VBMI, LAC_CPU_AVX512_VBMI) | when(ecx, bit_AVX512VBMI2, LAC_CPU_AVX512_VBMI2);
    }

    return features;
}

#elif defined(__aarch64__)

uint32_t lac_cpu_features(void)
{
    enum { advanced_simd = 1 << 1 };
    return getauxval(AT_HWCAP) & advanced_simd ? LAC_CPU_NEON : 0;
}

#else

uint32_t lac_cpu_features(void)
{
    return 0;
}

#endif
