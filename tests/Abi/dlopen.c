/* Opens the shared library at run time, as players open plugins: by its name, so that the loader picks the level; calls it, closes it, and goes on
 * living: the runtime stays, on threads that called it too. Then opens it again. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef uint32_t version_function(void);
typedef size_t bound_function(int32_t width, int32_t height, int32_t format);

static void* resolve(void* library, const char* name)
{
    void* address = dlsym(library, name);
    if (address == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }

    return address;
}

static void* call(void* unused)
{
    void* library = dlopen("liblacuna.so.1", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }

    version_function* version = (version_function*)(intptr_t)resolve(library, "lac_abi_version");
    bound_function* bound = (bound_function*)(intptr_t)resolve(library, "lac_image_encode_bound");
    if (version() != 1 || bound(64, 64, 3) == 0 || dlclose(library) != 0) {
        fprintf(stderr, "a call failed\n");
        exit(1);
    }

    return unused;
}

int main(void)
{
    for (int round = 0; round < 3; round++) {
        pthread_t thread;
        call(NULL);
        if (pthread_create(&thread, NULL, call, NULL) != 0 || pthread_join(thread, NULL) != 0) {
            return 1;
        }
    }

    puts("done");
    return 0;
}
