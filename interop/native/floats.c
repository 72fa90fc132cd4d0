/* The floating-point mode in which results are defined: to the nearest, ties to even, small numbers kept, nothing trapped. A host may
 * have another one on its threads (interop/src/Host/FloatMode.cs). */

#include <stdint.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

uint64_t lac__floats_enter(void);
void lac__floats_leave(uint64_t former);

uint64_t lac__floats_enter(void)
{
#if defined(__x86_64__)
    enum { all_masked = 0x1F80 };
    uint64_t former = _mm_getcsr();
    _mm_setcsr(all_masked);
    return former;
#elif defined(__aarch64__)
    uint64_t former, standard = 0;
    __asm__ volatile("mrs %0, fpcr" : "=r"(former));
    __asm__ volatile("msr fpcr, %0" : : "r"(standard));
    return former;
#else
    return 0;
#endif
}

void lac__floats_leave(uint64_t former)
{
#if defined(__x86_64__)
    _mm_setcsr((unsigned)former);
#elif defined(__aarch64__)
    __asm__ volatile("msr fpcr, %0" : : "r"(former));
#else
    (void)former;
#endif
}
