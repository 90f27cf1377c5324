#define _GNU_SOURCE
#include "CKernelHost.h"

#include "pool.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { FRAMES = 200, LINE = 32 + 19 * (FRAMES + 2) };

static int crash_descriptor = -1;
// Only this process reports; a cell may have made copies of it.
static pid_t reporter;

// Where a Swift error was thrown: when nobody catches it, the trap itself is far from there. Any thread may throw at any
// time, and an error may end another thread than the one that threw it; so places are kept by the errors' addresses.
struct throw {
    void *_Atomic error;
    int count;
    void *frames[FRAMES];
};
enum { THROWS = 1024 };
static struct throw throws[THROWS];
static struct throw *_Atomic last_throw = throws;
// The error that ends the process.
static void *uncaught;

static struct throw *slot_of(void *error) { return &throws[((uintptr_t)error >> 4) * 0x9E3779B97F4A7C15u >> 54]; }

static uintptr_t faulting_address(const void *context) {
    const ucontext_t *state = context;
#if defined(__linux__) && defined(__x86_64__)
    return (uintptr_t)state->uc_mcontext.gregs[REG_RIP];
#elif defined(__linux__) && defined(__aarch64__)
    return (uintptr_t)state->uc_mcontext.pc;
#elif defined(__APPLE__) && defined(__aarch64__)
    return (uintptr_t)state->uc_mcontext->__ss.__pc;
#elif defined(__APPLE__) && defined(__x86_64__)
    return (uintptr_t)state->uc_mcontext->__ss.__rip;
#else
    (void)state;
    return 0;
#endif
}

static size_t append_number(char *line, size_t at, uintptr_t value, unsigned base) {
    char digits[24];
    size_t count = 0;
    do {
        digits[count++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value);
    line[at++] = ' ';
    while (count) line[at++] = digits[--count];
    return at;
}

static size_t append_frames(char *line, size_t at, void *const *frames, int count) {
    for (int i = 0; i < count; i++) at = append_number(line, at, (uintptr_t)frames[i], 16);
    return at;
}

// Goes on from `frame` by the frame pointers that Swift and these C targets keep. Libraries of the system need not keep them,
// so a pointer that does not lead further up the same stack ends the way.
static int follow(const void *frame, void **frames, int count) {
    enum { FARTHEST = 1 << 20 };
    while (frame && count < FRAMES) {
        void *const *record = frame;
        frames[count++] = record[1];
        uintptr_t here = (uintptr_t)frame, next = (uintptr_t)record[0];
        if (next <= here || next - here > FARTHEST || next % sizeof(void *)) break;
        frame = record[0];
    }
    return count;
}

// The calls that led here. On a thread of the pool they go on with those of the thread that waits for it: otherwise the message
// would tell which thread had happened to take the task.
static int calls(void **frames) { return follow(kd_frame_of_caller(), frames, backtrace(frames, FRAMES)); }

static void write_line(char *line, size_t length) {
    line[length++] = '\n';
    for (size_t done = 0; done < length;) {
        ssize_t written = write(crash_descriptor, line + done, length - done);
        if (written <= 0) break;
        done += (size_t)written;
    }
}

static void report_crash(int signal_number, siginfo_t *info, void *context) {
    (void)info;
    static char line[LINE];
    static void *frames[FRAMES];
    // What asked for memory and got none fails next.
    int is_out_of_memory = errno == ENOMEM;
    if (getpid() != reporter) {
        raise(signal_number);
        return;
    }
    int count = calls(frames);
    // Another thread may have been in the middle of a line.
    write_line(line, 0);
    memcpy(line, "!memory", 7);
    if (is_out_of_memory) write_line(line, 7);
    const struct throw *thrown = slot_of(uncaught);
    // An error of a known type gets its address only where nobody catches it; the last one thrown is the best guess then.
    if (!uncaught || thrown->error != uncaught) thrown = last_throw;
    memcpy(line, "!thrown", 7);
    write_line(line, append_frames(line, 7, thrown->frames, thrown->count));
    memcpy(line, "!crash", 6);
    size_t length = append_number(line, 6, (uintptr_t)signal_number, 10);
    length = append_number(line, length, faulting_address(context), 16);
    write_line(line, append_frames(line, length, frames, count));
    // SA_RESETHAND has put the default action back: raising it again ends the process by this signal.
    raise(signal_number);
}

static void note_throw(void *error) {
    struct throw *place = slot_of(error);
    // A slot that two threads write to at once is nobody's.
    place->error = NULL;
    place->count = calls(place->frames);
    place->error = error;
    last_throw = place;
}

static void watch_throws(void) {
    // The Swift runtime calls what stands here whenever an error is thrown; its debuggers rely on it.
    void (*_Atomic *hook)(void *) = dlsym(RTLD_DEFAULT, "_swift_willThrow");
    if (hook) *hook = note_throw;
}

void kdbook_report_crashes(int descriptor) {
    crash_descriptor = descriptor;
    reporter = getpid();
    // The first call loads the unwinder, which a handler must not do.
    void *warm_up[2];
    backtrace(warm_up, 2);
    watch_throws();
    stack_t stack = {.ss_size = 1 << 17};
    stack.ss_sp = malloc(stack.ss_size);
    if (stack.ss_sp) sigaltstack(&stack, NULL);
    struct sigaction action = {.sa_sigaction = report_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    const int signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGXFSZ};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i], &action, NULL);
}

static void end_with(pid_t parent) {
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent) _exit(1);
}

void kdbook_report_crashes_here(void) { reporter = getpid(); }

static int lacks_threads = 0;

int kdbook_lacks_threads(void) { return lacks_threads; }

pid_t kdbook_copy_process(void) {
    pid_t original = getpid();
    int has_threads = kdbook_has_dispatched();
    pid_t copy = fork();
    if (copy == 0) {
        kdbook_renumber_thread(original);
        lacks_threads = has_threads;
        kdbook_report_crashes_here();
        end_with(original);
    }
    return copy;
}

int kdbook_wait_for_copy(pid_t copy) {
    int status;
    while (waitpid(copy, &status, WUNTRACED) < 0)
        if (errno != EINTR) return SIGKILL;
    if (!WIFSTOPPED(status)) return status;
    kill(copy, SIGKILL);
    int ignored;
    while (waitpid(copy, &ignored, 0) < 0 && errno == EINTR) {}
    return WSTOPSIG(status);
}

int kdbook_has_children(void) {
    siginfo_t info = {0};
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

int kdbook_is_same_file(int one, int other) {
    struct stat first, second;
    return fstat(one, &first) == 0 && fstat(other, &second) == 0 && first.st_dev == second.st_dev
        && first.st_ino == second.st_ino;
}

void *kdbook_load_cell(const char *path, uint64_t *base, const char **reason) {
    void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
    if (!library) {
        *reason = dlerror();
        return NULL;
    }
    void *entry = dlsym(library, "main");
    Dl_info place;
    if (!entry || !dladdr(entry, &place)) {
        *reason = "it has no entry point";
        return NULL;
    }
    *base = (uint64_t)(uintptr_t)place.dli_fbase;
    return library;
}

static jmp_buf behind_cell;
static void (*wait_for_cell)(void);

// The Swift runtime calls this in place of running the main queue until the process ends.
static void run_main_queue(void *original, void *override) {
    (void)original;
    (void)override;
    wait_for_cell();
    longjmp(behind_cell, 1);
}

void kdbook_run_cell(void *cell, void (*wait)(void)) {
    static char name[] = "kdbook-kernel";
    static char *arguments[] = {name, NULL};
    void (**hook)(void *, void *) = dlsym(RTLD_DEFAULT, "swift_task_asyncMainDrainQueue_hook");
    if (hook) *hook = run_main_queue;
    wait_for_cell = wait;
    union {
        void *address;
        int (*run)(int, char **);
    } entry = {.address = dlsym(cell, "main")};
    if (!setjmp(behind_cell)) entry.run(1, arguments);
}

static void (*run_deferred)(void);

void kdbook_before_uncaught_error(void (*body)(void)) { run_deferred = body; }

// Cells are linked so that they call these where their code names Swift's own, which have an error that nobody catches end
// the process.
_Noreturn void __wrap_swift_errorInMain(void *error) {
    uncaught = error;
    if (run_deferred) run_deferred();
    void (*end)(void *) = (void (*)(void *))dlsym(RTLD_DEFAULT, "swift_errorInMain");
    if (end) end(error);
    abort();
}

_Noreturn void __wrap_swift_unexpectedError(void *error, const char *file, long length, _Bool is_ascii, unsigned long line) {
    uncaught = error;
    void (*end)(void *, const char *, long, _Bool, unsigned long) =
        (void (*)(void *, const char *, long, _Bool, unsigned long))dlsym(RTLD_DEFAULT, "swift_unexpectedError");
    if (end) end(error, file, length, is_ascii, line);
    abort();
}
