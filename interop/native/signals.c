/* The runtime sets SIGPIPE to ignore when it starts, which a library must not do to its host. Every request for a handler
 * made inside the library comes here (link.sh, --wrap), and those for SIGPIPE are dropped: the host's never changes. So are
 * those for faults, where the host has asked for it (lac_init). */

#define _DEFAULT_SOURCE
#include "signals.h"

#include <signal.h>
#include <stddef.h>

int lac__signals_are_the_hosts;

typedef void handler(int number);

handler* __real_signal(int number, handler* action);
handler* __wrap_signal(int number, handler* action);
int __real_sigaction(int number, const struct sigaction* action, struct sigaction* old);
int __wrap_sigaction(int number, const struct sigaction* action, struct sigaction* old);

static int is_the_hosts(int number)
{
    return number == SIGPIPE || (lac__signals_are_the_hosts && (number == SIGSEGV || number == SIGFPE));
}

handler* __wrap_signal(int number, handler* action)
{
    return is_the_hosts(number) ? SIG_DFL : __real_signal(number, action);
}

int __wrap_sigaction(int number, const struct sigaction* action, struct sigaction* old)
{
    return __real_sigaction(number, is_the_hosts(number) ? NULL : action, old);
}
