/* Whose handlers serve SIGSEGV and SIGFPE: signals.c. */

#ifndef LAC_NATIVE_SIGNALS_H
#define LAC_NATIVE_SIGNALS_H

/* Not 0: the host's. Counts where it is set before the runtime starts. */
extern int lac__signals_are_the_hosts;

#endif
