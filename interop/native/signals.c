/* The runtime sets SIGPIPE to ignore when it starts, which a library must not do to its host. Every request for a handler
 * made inside the library comes here (link.sh, --wrap), and those for SIGPIPE are dropped: the host's never changes. */

#define _DEFAULT_SOURCE
#include <signal.h>
#include <stddef.h>

typedef void handler(int number);

handler* __real_signal(int number, handler* action);
handler* __wrap_signal(int number, handler* action);
int __real_sigaction(int number, const struct sigaction* action, struct sigaction* old);
int __wrap_sigaction(int number, const struct sigaction* action, struct sigaction* old);

handler* __wrap_signal(int number, handler* action)
{
    return number == SIGPIPE ? SIG_DFL : __real_signal(number, action);
}

int __wrap_sigaction(int number, const struct sigaction* action, struct sigaction* old)
{
    return __real_sigaction(number, number == SIGPIPE ? NULL : action, old);
}
