/* lacuna/base.h - version, status and error text.
 *
 *   lac_status status = lac_image_info(stream, length, &properties);
 *   if (status != LAC_OK) {
 *       char detail[256];
 *       lac_error_detail(detail, sizeof detail);
 *       report(lac_status_name(status), detail);
 *   }
 *
 * Every function may be called from any thread. Nothing is printed, nothing
 * is thrown, no signal handler of the host is replaced but those for SIGSEGV,
 * SIGFPE and SIGRTMIN at the first call, which pass on what is not theirs.
 * docs/building.md tells how to link. */

#ifndef LAC_BASE_H
#define LAC_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define LAC_API __attribute__((visibility("default")))
#else
#define LAC_API
#endif

/* The contract of these headers. A library with the same number keeps it. */
#define LAC_ABI_VERSION 1

/* What a call came to: LAC_OK or below 0. The values never change. */
typedef int32_t lac_status;

enum {
    LAC_OK = 0,
    LAC_E_INVALID_ARGUMENT = -1,     /* the caller's mistake; the detail text names it */
    LAC_E_OUT_OF_MEMORY = -2,
    LAC_E_BUFFER_TOO_SMALL = -3,     /* the detail text says how many bytes it takes */
    LAC_E_INTERNAL = -4,             /* a fault of the library */
    LAC_E_TRUNCATED = -16,           /* the stream ends too soon */
    LAC_E_NOT_A_STREAM = -17,        /* the bytes do not begin as a stream does */
    LAC_E_UNSUPPORTED_VERSION = -18, /* the stream wants a newer library */
    LAC_E_UNKNOWN_MODEL = -19,       /* the stream wants a model that is not here */
    LAC_E_INVALID_DATA = -20,        /* a checksum, a length or a value is wrong */
    LAC_E_LIMIT_EXCEEDED = -21,      /* the picture is larger than allowed */
    LAC_E_CANCELLED = -22
};

/* Instruction sets that a library uses, slowest first. They never change a
 * bit of a result. */
enum {
    LAC_ISA_SCALAR = 0,
    LAC_ISA_VECTOR128 = 1, /* x86-64-v2 */
    LAC_ISA_AVX2 = 2,      /* x86-64-v3 */
    LAC_ISA_AVX512 = 3     /* x86-64-v4 */
};

/* The library's LAC_ABI_VERSION. */
LAC_API uint32_t lac_abi_version(void);

/* The library's version, such as "1.2.3". Constant; not to be freed. */
LAC_API const char* lac_version_string(void);

/* The instruction set in use, LAC_ISA_*: what this build of the library has,
 * lowered by the environment variable LACUNA_ISA where it is set (scalar,
 * vector128, avx2, avx512). */
LAC_API int32_t lac_isa_level(void);

/* One English sentence on a status, of any value. Constant; not to be freed. */
LAC_API const char* lac_status_name(lac_status status);

/* Copies what is known of the calling thread's last failed call.
 *   text          [capacity] bytes; receives UTF-8 closed by a zero, cut where
 *                 it is too long. May be null
 *   returns       bytes of the whole text without its zero; 0 where no call
 *                 of this thread has failed */
LAC_API size_t lac_error_detail(char* text, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
