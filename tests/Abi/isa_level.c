/* isa_level EXPECTED: lac_isa_level answers this number, or with `best` the level of the processor. */

#include <string.h>

#include "check.h"

static int best(void)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    int v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
    int v4 = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    return v3 && v4 ? LAC_ISA_AVX512 : v3 ? LAC_ISA_AVX2 : LAC_ISA_VECTOR128;
#else
    return LAC_ISA_VECTOR128;
#endif
}

int main(int argc, char** argv)
{
    int level = lac_isa_level();
    printf("level %d, the processor's %d\n", level, best());
    CHECK(argc == 2);
    CHECK(level == (strcmp(argv[1], "best") == 0 ? best() : atoi(argv[1])));
    return 0;
}
