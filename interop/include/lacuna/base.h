/* lacuna/base.h - version, status, error text, instruction sets, start-up.
 *
 *   lac_status status = lac_stream_info(stream, length, &properties);
 *   if (status < LAC_OK) {
 *       char detail[256];
 *       lac_error_detail(detail, sizeof detail);
 *       report(lac_status_name(status), detail);
 *   }
 *
 * Every function may be called from any thread. Nothing is printed, nothing
 * is thrown, errno is not used, and nothing of the host is changed but what
 * lac_init tells.
 *
 * Each structure begins with its size: set struct_size to sizeof, or start
 * from LAC_..._INIT. A library takes the structures of older headers, and
 * those of newer ones where what it does not know is zero. Reserved members
 * and unknown flags must be zero.
 *
 * A handle belongs to the library and is told from a destroyed one, from a
 * handle of another type and from any other address: such a call returns
 * LAC_E_INVALID_ARGUMENT.
 *
 * docs/abi.md holds what is promised from version to version,
 * docs/linking.md how to link. */

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

/* What a call came to: LAC_OK; above 0 where there was nothing to do; below
 * 0 where it failed. The values never change. */
typedef int32_t lac_status;

enum {
    LAC_OK = 0,
    LAC_AGAIN = 1,                   /* first call the other half: get before send, or send before get */
    LAC_END = 2,                     /* all is delivered */
    LAC_E_INVALID_ARGUMENT = -1,     /* the caller's mistake; the detail text names it */
    LAC_E_OUT_OF_MEMORY = -2,
    LAC_E_BUFFER_TOO_SMALL = -3,     /* the detail text says how many bytes it takes */
    LAC_E_INTERNAL = -4,             /* a fault of the library */
    LAC_E_CALLBACK_FAILED = -5,      /* a function of the caller's failed, or broke its contract */
    LAC_E_IO = -6,                   /* a file could not be read */
    LAC_E_UNSUPPORTED = -7,          /* valid, but not in this library */
    LAC_E_TRUNCATED = -16,           /* the stream ends too soon */
    LAC_E_NOT_A_STREAM = -17,        /* the bytes do not begin as a stream does */
    LAC_E_UNSUPPORTED_VERSION = -18, /* the stream wants a newer library */
    LAC_E_UNKNOWN_MODEL = -19,       /* the stream wants a model that is not here */
    LAC_E_INVALID_DATA = -20,        /* a checksum, a length or a value is wrong */
    LAC_E_LIMIT_EXCEEDED = -21,      /* larger than the caller allows */
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

/* What a processor has, as its operating system allows it: bits of
 * lac_cpu_features. */
#define LAC_CPU_SSE42 (1u << 0)
#define LAC_CPU_AVX (1u << 1)
#define LAC_CPU_AVX2 (1u << 2)
#define LAC_CPU_FMA (1u << 3)
#define LAC_CPU_BMI2 (1u << 4)
#define LAC_CPU_AVX512 (1u << 5) /* F, BW, CD, DQ, VL */
#define LAC_CPU_AVX512_VBMI (1u << 6)
#define LAC_CPU_AVX512_VBMI2 (1u << 7)
#define LAC_CPU_NEON (1u << 16)

/* The library's LAC_ABI_VERSION. */
LAC_API uint32_t lac_abi_version(void);

/* The library's version, such as "1.2.3". Constant; not to be freed. */
LAC_API const char* lac_version_string(void);

/* One English sentence on a status, of any value. Constant; not to be freed. */
LAC_API const char* lac_status_name(lac_status status);

/* Copies what is known of the calling thread's last failed call.
 *   text          [capacity] bytes; receives UTF-8 closed by a zero, cut where
 *                 it is too long. May be null
 *   returns       bytes of the whole text without its zero; 0 where no call
 *                 of this thread has failed */
LAC_API size_t lac_error_detail(char* text, size_t capacity);

/* The instruction set in use, LAC_ISA_*: what this build of the library has,
 * lowered by the environment variable LACUNA_ISA where it is set (scalar,
 * vector128, avx2, avx512) and by lac_set_isa_level. */
LAC_API int32_t lac_isa_level(void);

/* Lowers the instruction set of the whole process; never raises it. Calls
 * that are under way may finish with the former one.
 *   level         LAC_ISA_*; one above the present changes nothing
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_set_isa_level(int32_t level);

/* What this processor has, LAC_CPU_*, whatever the library uses of it. */
LAC_API uint32_t lac_cpu_features(void);

/* Whose handlers serve SIGSEGV and SIGFPE once the library has started. */
enum {
    /* The library's: they turn a fault inside it into LAC_E_INTERNAL, and
     * pass what is not theirs on to the handlers that they found. */
    LAC_SIGNALS_CHAIN = 0,
    /* The host's, untouched: for hosts with crash handlers of their own. */
    LAC_SIGNALS_HOST = 1
};

/* How to start. */
typedef struct lac_init_options {
    uint32_t struct_size; /* sizeof(lac_init_options) */
    int32_t signals;      /* LAC_SIGNALS_* */
} lac_init_options;

#define LAC_INIT_OPTIONS_INIT { (uint32_t)sizeof(lac_init_options), LAC_SIGNALS_CHAIN }

/* Starts the library, which the first call does otherwise: some 0.7 ms, one
 * thread, address space. SIGPIPE and the signal mask stay as they are; one
 * real-time signal (SIGRTMIN) is taken. Later calls change nothing.
 *   options       null: LAC_INIT_OPTIONS_INIT
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_init(const lac_init_options* options);

/* What the library holds: for tests of leaks, and for monitoring. */
typedef struct lac_counters {
    uint32_t struct_size;       /* sizeof(lac_counters), set by the caller */
    uint32_t handles;           /* not yet destroyed: decoders, encoders, models, frames, packets, ... */
    uint64_t native_bytes;      /* working memory and frames, from the system or the caller's lac_memory */
    uint64_t managed_bytes;     /* the collected heap's present size */
    uint64_t managed_allocated; /* bytes ever allocated on it by all threads */
} lac_counters;

#define LAC_COUNTERS_INIT { (uint32_t)sizeof(lac_counters), 0, 0, 0, 0 }

/* Reads the counters.
 *   counters      struct_size set; zeros but for that on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_get_counters(lac_counters* counters);

#ifdef __cplusplus
}
#endif
#endif
