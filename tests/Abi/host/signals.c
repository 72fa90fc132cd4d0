/* What the library does to its host: handlers, the signal mask, standard output. Each part runs in a process of its own, since a
 * library starts only once. */

#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../streams.h"

/* Runs a part in a child. What it came to, as waitpid tells. */
static int in_child(void (*work)(void))
{
    fflush(NULL);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        work();
        fflush(NULL);
        _exit(0);
    }

    int status;
    CHECK(waitpid(child, &status, 0) == child);
    return status;
}

static void passes(const char* name, void (*work)(void))
{
    int status = in_child(work);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "signals.c: %s ended with status 0x%x\n", name, (unsigned)status);
        exit(1);
    }
}

static void start(int32_t signals)
{
    lac_init_options options = LAC_INIT_OPTIONS_INIT;
    options.signals = signals;
    CHECK(lac_init(&options) == LAC_OK);
}

static void decode_something(int threads)
{
    coded stream = coded_make(40, 30, 3, 50);
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    lac_decoder* decoder = NULL;
    options.threads = threads;
    lac_packet packet = coded_packet(&stream);
    lac_frame frame = LAC_FRAME_INIT;
    CHECK(lac_decoder_create(&options, &decoder) == LAC_OK && lac_decoder_send(decoder, &packet) == LAC_OK);
    CHECK(lac_decoder_get(decoder, &frame) == LAC_OK && frame.width == 40);
    CHECK(lac_frame_release(&frame) == LAC_OK && lac_decoder_destroy(&decoder) == LAC_OK);
    coded_free(&stream);
}

static void own(int number)
{
    (void)number;
}

/* Gives every signal that can have one the same handler. */
static void set_all(struct sigaction* actions)
{
    for (int number = 1; number <= SIGRTMAX; number++) {
        struct sigaction mine;
        memset(&mine, 0, sizeof mine);
        mine.sa_handler = number % 3 == 0 ? SIG_IGN : number % 3 == 1 ? own : SIG_DFL;
        sigaction(number, &mine, NULL);
        memset(&actions[number], 0, sizeof *actions);
        sigaction(number, NULL, &actions[number]);
    }
}

/* Signals whose handlers are others than before, as bits. */
static uint64_t changed(const struct sigaction* before)
{
    uint64_t bits = 0;
    for (int number = 1; number <= SIGRTMAX && number < 64; number++) {
        struct sigaction now;
        memset(&now, 0, sizeof now);
        if (sigaction(number, NULL, &now) == 0) {
            bits |= now.sa_handler != before[number].sa_handler ? (uint64_t)1 << number : 0;
        }
    }

    return bits;
}

static void others_keep_their_handlers(int32_t signals, uint64_t allowed)
{
    static struct sigaction before[65];
    set_all(before);
    start(signals);
    decode_something(2);
    uint64_t bits = changed(before);
    if ((bits & ~allowed) != 0) {
        fprintf(stderr, "signals that changed: %llx\n", (unsigned long long)bits);
        exit(1);
    }
}

static void handlers_with_chain(void)
{
    others_keep_their_handlers(LAC_SIGNALS_CHAIN, (uint64_t)1 << SIGSEGV | (uint64_t)1 << SIGFPE | (uint64_t)1 << SIGRTMIN);
}

static void handlers_with_host(void)
{
    others_keep_their_handlers(LAC_SIGNALS_HOST, (uint64_t)1 << SIGRTMIN);
}

static void the_mask_is_kept(void)
{
    sigset_t mask, after;
    sigemptyset(&mask);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGUSR2);
    CHECK(pthread_sigmask(SIG_SETMASK, &mask, NULL) == 0);
    start(LAC_SIGNALS_CHAIN);
    decode_something(2);
    CHECK(pthread_sigmask(SIG_SETMASK, NULL, &after) == 0);
    for (int number = 1; number <= SIGRTMAX; number++) {
        CHECK(sigismember(&after, number) == sigismember(&mask, number));
    }
}

static sigjmp_buf back;
static volatile sig_atomic_t faults;
static char* page;

static void on_fault(int number, siginfo_t* info, void* context)
{
    (void)context;
    faults += number == SIGSEGV && info->si_addr == page + 5;
    siglongjmp(back, 1);
}

/* A fault of the host's reaches its handler, which was there before the library. */
static void faults_reach_the_host(int32_t signals)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_SIGINFO;
    CHECK(sigaction(SIGSEGV, &action, NULL) == 0);
    start(signals);
    decode_something(2);
    page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(page != MAP_FAILED);
    for (int i = 0; i < 3; i++) {
        if (sigsetjmp(back, 1) == 0) {
            *(volatile char*)(page + 5) = 1;
            CHECK(!"the fault went by");
        }
    }

    CHECK(faults == 3);
    decode_something(2);
}

static void faults_with_chain(void)
{
    faults_reach_the_host(LAC_SIGNALS_CHAIN);
}

static void faults_with_host(void)
{
    faults_reach_the_host(LAC_SIGNALS_HOST);
}

static void fault_without_a_handler(void)
{
    start(LAC_SIGNALS_CHAIN);
    decode_something(1);
    page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    *(volatile char*)page = 1;
}

/* Failing calls of every kind leave standard output and standard error empty. */
static void nothing_is_printed(void)
{
    FILE* file = tmpfile();
    CHECK(file != NULL);
    int kept = dup(2);
    CHECK(dup2(fileno(file), 1) == 1 && dup2(fileno(file), 2) == 2);
    lac_init_options wrong = { sizeof wrong, 7 };
    lac_decoder* decoder = NULL;
    lac_model* model = NULL;
    lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
    lac_packet packet = LAC_PACKET_INIT;
    lac_frame frame = LAC_FRAME_INIT;
    uint8_t garbage[300], pixel[4];
    memset(garbage, 0x4C, sizeof garbage);
    int failed = lac_init(&wrong) < 0;
    failed += lac_decoder_create((lac_decoder_options*)garbage, &decoder) < 0;
    failed += lac_stream_info(garbage, sizeof garbage, &properties) < 0;
    failed += lac_model_open_memory(garbage, sizeof garbage, &model) < 0;
    failed += lac_model_open_file("/no/such/file", &model) < 0;
    failed += lac_image_decode_into(garbage, sizeof garbage, NULL, pixel, 4, 4) < 0;
    failed += lac_decoder_send((lac_decoder*)garbage, &packet) < 0;
    CHECK(lac_decoder_create(NULL, &decoder) == LAC_OK);
    packet.data = garbage, packet.size = sizeof garbage;
    CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
    failed += lac_decoder_get(decoder, &frame) < 0;
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);
    fflush(NULL);
    dup2(kept, 2);
    CHECK(failed == 8 && lseek(fileno(file), 0, SEEK_END) == 0);
}

static void wrong_ways_to_start(void)
{
    static struct sigaction before[65];
    lac_init_options options = { sizeof options, 2 };
    set_all(before);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_init(&options));
    options.signals = -1;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_init(&options));
    options.struct_size = 4, options.signals = 0;
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_init(&options));
    CHECK(lac_init(NULL) == LAC_OK && lac_init(NULL) == LAC_OK);
    options.struct_size = sizeof options, options.signals = LAC_SIGNALS_HOST;
    CHECK(lac_init(&options) == LAC_OK);
}

int main(void)
{
    passes("handlers with LAC_SIGNALS_CHAIN", handlers_with_chain);
    passes("handlers with LAC_SIGNALS_HOST", handlers_with_host);
    passes("the mask", the_mask_is_kept);
    passes("faults with LAC_SIGNALS_CHAIN", faults_with_chain);
    passes("faults with LAC_SIGNALS_HOST", faults_with_host);
    passes("standard output", nothing_is_printed);
    passes("wrong ways to start", wrong_ways_to_start);
    int status = in_child(fault_without_a_handler);
    CHECK(WIFSIGNALED(status) && (WTERMSIG(status) == SIGSEGV || WTERMSIG(status) == SIGABRT));
    return 0;
}
