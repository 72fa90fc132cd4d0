/* What the C library costs a host: loading, the first call, a call, memory. Prints a table in Markdown.
 *   abi_cost [LIBRARY] [PICTURE.lac]      LIBRARY: as dlopen takes it; liblacuna.so.1 by default
 * `./build.sh cost` runs it. Loading is timed in processes of their own, since a library starts once. docs/performance.md holds what
 * was measured. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lacuna/lacuna.h"

enum { processes = 101, batches = 101, calls = 20000 };

static const char* library = "liblacuna.so.1";

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int ascending(const void* a, const void* b)
{
    double x = *(const double*)a, y = *(const double*)b;
    return (x > y) - (x < y);
}

static double median(double* values, size_t count)
{
    qsort(values, count, sizeof *values, ascending);
    return values[count / 2];
}

static void* symbol(void* handle, const char* name)
{
    void* found = dlsym(handle, name);
    if (!found) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }

    return found;
}

static void* open_library(void)
{
    void* handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }

    return handle;
}

/* What is called of the library. */
typedef struct {
    uint32_t (*version)(void);
    lac_status (*create)(const lac_decoder_options*, lac_decoder**);
    lac_status (*send)(lac_decoder*, const lac_packet*);
    lac_status (*get)(lac_decoder*, lac_frame*);
    lac_status (*release)(lac_frame*);
    lac_status (*destroy)(lac_decoder**);
} functions;

static functions bind_functions(void* handle)
{
    functions call;
    *(void**)&call.version = symbol(handle, "lac_abi_version");
    *(void**)&call.create = symbol(handle, "lac_decoder_create");
    *(void**)&call.send = symbol(handle, "lac_decoder_send");
    *(void**)&call.get = symbol(handle, "lac_decoder_get");
    *(void**)&call.release = symbol(handle, "lac_frame_release");
    *(void**)&call.destroy = symbol(handle, "lac_decoder_destroy");
    return call;
}

/* Resident memory in KiB. */
static long resident(void)
{
    long pages = 0;
    FILE* file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%*s %ld", &pages) != 1) {
        exit(1);
    }

    fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

/* Seconds of dlopen, and of the first call behind it. */
static void start(double times[2])
{
    double before = now();
    void* handle = open_library();
    double opened = now();
    uint32_t (*version)(void);
    *(void**)&version = symbol(handle, "lac_abi_version");
    if (version() != LAC_ABI_VERSION) {
        exit(1);
    }

    times[0] = opened - before;
    times[1] = now() - opened;
}

static void measure_start(void)
{
    static double open_times[processes], call_times[processes], sums[processes];
    for (int i = 0; i < processes; i++) {
        int ends[2];
        double times[2];
        if (pipe(ends)) {
            exit(1);
        }

        pid_t child = fork();
        if (child == 0) {
            start(times);
            _exit(write(ends[1], times, sizeof times) == sizeof times ? 0 : 1);
        }

        int status;
        if (read(ends[0], times, sizeof times) != sizeof times || waitpid(child, &status, 0) != child || status) {
            fprintf(stderr, "a child failed\n");
            exit(1);
        }

        close(ends[0]);
        close(ends[1]);
        open_times[i] = times[0];
        call_times[i] = times[1];
        sums[i] = times[0] + times[1];
    }

    printf("| dlopen | %.2f ms |\n", 1e3 * median(open_times, processes));
    printf("| first call | %.2f ms |\n", 1e3 * median(call_times, processes));
    printf("| dlopen and first call | %.2f ms |\n", 1e3 * median(sums, processes));
}

static void measure_calls(functions call)
{
    static double empty[batches], asked[batches], made[batches];
    volatile uint32_t sink = 0;
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    options.threads = 1;
    lac_decoder* decoder = NULL;
    call.create(&options, &decoder);
    lac_frame frame = LAC_FRAME_INIT;
    for (int b = 0; b < batches; b++) {
        double before = now();
        for (int i = 0; i < calls; i++) {
            sink += call.version();
        }

        double between = now();
        for (int i = 0; i < calls; i++) {
            sink += (uint32_t)call.get(decoder, &frame);
        }

        empty[b] = (between - before) / calls;
        asked[b] = (now() - between) / calls;
        before = now();
        lac_decoder* other = NULL;
        call.create(&options, &other);
        call.destroy(&other);
        made[b] = now() - before;
    }

    call.destroy(&decoder);
    printf("| call without work (lac_abi_version) | %.1f ns |\n", 1e9 * median(empty, batches));
    printf("| call on a handle (lac_decoder_get, nothing there) | %.1f ns |\n", 1e9 * median(asked, batches));
    printf("| create and destroy a decoder of one thread | %.1f us |\n", 1e6 * median(made, batches));
}

/* The stream in `path`. */
static lac_packet read_packet(const char* path)
{
    static uint8_t bytes[1 << 22];
    FILE* file = fopen(path, "rb");
    lac_packet packet = LAC_PACKET_INIT;
    packet.size = file ? fread(bytes, 1, sizeof bytes, file) : 0;
    packet.data = bytes;
    if (file) {
        fclose(file);
    }

    return packet;
}

/* One picture with a decoder of one thread: memory after the first, then times of a decoder that is kept and of new ones. */
static void measure_picture(functions call, const char* path, long baseline)
{
    enum { pictures = 31 };
    static double kept[pictures], once[pictures];
    lac_packet packet = read_packet(path);
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    options.threads = 1;
    lac_decoder* decoder = NULL;
    lac_frame frame = LAC_FRAME_INIT;
    if (call.create(&options, &decoder) != LAC_OK || call.send(decoder, &packet) != LAC_OK || call.get(decoder, &frame) != LAC_OK) {
        fprintf(stderr, "%s cannot be decoded\n", path);
        exit(1);
    }

    int width = frame.width, height = frame.height;
    printf("| resident after the first picture of %d x %d, above the program's | %.1f MB |\n", width, height,
        (double)(resident() - baseline) / 1024);
    call.release(&frame);
    for (int i = 0; i < pictures; i++) {
        double before = now();
        call.send(decoder, &packet);
        call.get(decoder, &frame);
        call.release(&frame);
        double between = now();
        lac_decoder* other = NULL;
        call.create(&options, &other);
        call.send(other, &packet);
        call.get(other, &frame);
        call.release(&frame);
        call.destroy(&other);
        kept[i] = between - before;
        once[i] = now() - between;
    }

    call.destroy(&decoder);
    printf("| decode it, one thread, with a decoder that is kept | %.1f ms |\n", 1e3 * median(kept, pictures));
    printf("| the same with a new decoder | %.1f ms |\n", 1e3 * median(once, pictures));
}

int main(int argc, char** argv)
{
    library = argc > 1 ? argv[1] : library;
    printf("| what | median |\n|---|---:|\n");
    measure_start();
    long baseline = resident();
    void* handle = open_library();
    functions call = bind_functions(handle);
    struct stat file;
    Dl_info place;
    if (argc > 2) {
        measure_picture(call, argv[2], baseline);
    }

    measure_calls(call);
    if (dladdr(symbol(handle, "lac_abi_version"), &place) && stat(place.dli_fname, &file) == 0) {
        printf("| the library, its model of 3.99 MB included | %.2f MB |\n", (double)file.st_size / 1e6);
    }

    return 0;
}
