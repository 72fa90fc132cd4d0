/* lacuna - starts the program that was built for this processor.
 *
 * A NativeAOT program has the instruction sets that it was built with, so there is one a level, in ../libexec/lacuna:
 *
 *   lacuna-v4   AVX-512
 *   lacuna-v3   AVX2, FMA, BMI2
 *   lacuna-base any x86-64-v2 processor, and the only one elsewhere
 *
 * LACUNA_ISA lowers the level inside each of them (docs/building.md, "ISA levels"). */

#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char* level(void)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    int v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi")
        && __builtin_cpu_supports("bmi2");
    int v4 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    return v3 && v4 ? "v4" : v3 ? "v3" : "base";
#else
    return "base";
#endif
}

int main(int argc, char** argv)
{
    (void)argc;
    char program[PATH_MAX + 64];
    ssize_t length = readlink("/proc/self/exe", program, PATH_MAX);
    for (int up = 0; up < 2 && length > 0; up++) {
        program[length] = '\0';
        char* slash = strrchr(program, '/');
        length = slash ? slash - program : -1;
    }

    if (length < 0) {
        fprintf(stderr, "lacuna: cannot tell where this program lies: %s\n", strerror(errno));
        return 2;
    }

    snprintf(program + length, sizeof program - (size_t)length, "/libexec/lacuna/lacuna-%s", level());
    execv(program, argv);
    fprintf(stderr, "lacuna: cannot start %s: %s\n", program, strerror(errno));
    return 2;
}
