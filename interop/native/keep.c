/* Keeps the managed module through --gc-sections: nothing but the runtime's own start-up table names it. */

extern const char __Module[];

static const char* volatile kept;

__attribute__((constructor)) static void keep(void) { kept = __Module; }
