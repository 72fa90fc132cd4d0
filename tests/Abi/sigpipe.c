/* The runtime inside the library starts at the first call. The host's answer to SIGPIPE must be the same after it. */

#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "lacuna/lacuna.h"

static void own(int number)
{
    (void)number;
}

/* In a process of its own, since a library starts only once. */
static void keeps(void (*handler)(int))
{
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        struct sigaction before, after;
        memset(&before, 0, sizeof before);
        before.sa_handler = handler;
        sigaction(SIGPIPE, &before, NULL);

        uint8_t pixels[3] = { 1, 2, 3 }, stream[64];
        size_t written;
        lac_abi_version();
        lac_image_encode(pixels, 3, 1, 1, 3, NULL, stream, sizeof stream, &written);

        sigaction(SIGPIPE, NULL, &after);
        _exit(after.sa_handler == handler ? 0 : 1);
    }

    int status;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
    keeps(SIG_DFL);
    keeps(SIG_IGN);
    keeps(own);
    return 0;
}
