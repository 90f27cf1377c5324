#define _GNU_SOURCE
#include "supervisor.h"

#include "CConfinement.h"
#include "room.h"
#include "usage.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

// As `KernelDescriptor` of the module Wire has them.
enum { EVENTS = 3, COMMANDS = 4, INTERVAL = 100 };

static volatile sig_atomic_t end_asked = 0;
static int signals_are_confined = 0;

static void note_signal(int number) {
    if (number != SIGCHLD) end_asked = 1;
}

static void set_handlers(void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    const int numbers[] = {SIGCHLD, SIGTERM, SIGINT, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
}

// Orphans come to this process, and signals that it and its descendants send reach none but these.
static void gather(const bounds *bounds) {
#ifdef __linux__
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    // A signal to a stranger must fail for that reason and no other: it is what makes a signal to all safe.
    signals_are_confined =
        kdbook_confine_signals(bounds->landlock) && kill(getppid(), 0) != 0 && errno == EPERM;
#else
    (void)bounds;
#endif
}

static void limit(int resource, unsigned long long most) {
    struct rlimit now;
    getrlimit(resource, &now);
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most) most = now.rlim_max;
    setrlimit(resource, &(struct rlimit){.rlim_cur = most, .rlim_max = most});
}

// The stacks of the runtime's own threads are set aside as a whole, though little of them is ever used.
static unsigned long long with_stacks(unsigned long long memory) {
    struct rlimit stack;
    getrlimit(RLIMIT_STACK, &stack);
    unsigned long long size = stack.rlim_cur == RLIM_INFINITY ? 8 << 20 : stack.rlim_cur;
    unsigned long long threads = 2 * (unsigned long long)sysconf(_SC_NPROCESSORS_ONLN) + 8;
    return memory + threads * size;
}

static void limit_resources(const bounds *bounds) {
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, bounds->file_size);
#ifdef __linux__
    // A process that asks for more gets none, and fails in the line that asks.
    limit(RLIMIT_DATA, with_stacks(bounds->memory));
#endif
}

static void signal_all(void) {
    if (signals_are_confined) {
        // At once: no process can start another meanwhile.
        kill(-1, SIGKILL);
        return;
    }
    static family found;
    find_descendants(getpid(), &found);
    for (long i = 0; i < found.count; i++) kill(found.processes[i], SIGKILL);
}

static void end_all(void) {
    do signal_all();
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR);
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status, (void)kind, (void)place;
    remove(path);
    return 0;
}

static void leave(const bounds *bounds) {
    end_all();
    // Leaves no folder that cannot be listed.
    room_on_disk(bounds->scratch, &(family){.count = 0});
    nftw(bounds->scratch, remove_entry, 32, FTW_DEPTH | FTW_PHYS);
}

static _Noreturn void end_by(int number) {
    sigset_t all;
    signal(number, SIG_DFL);
    sigfillset(&all);
    sigprocmask(SIG_UNBLOCK, &all, NULL);
    kill(getpid(), number);
    _exit(128 + number);
}

static _Noreturn void end_as(int status, const bounds *bounds) {
    leave(bounds);
    if (WIFSIGNALED(status)) end_by(WTERMSIG(status));
    _exit(WEXITSTATUS(status));
}

static _Noreturn void end_telling(const char *reason, const bounds *bounds) {
    leave(bounds);
    char line[64];
    // On a line of its own, whatever was being written.
    int length = snprintf(line, sizeof line, "\n!%s\n", reason);
    ssize_t written = write(EVENTS, line, (size_t)length);
    (void)written;
    end_by(SIGKILL);
}

static void check_usage(const bounds *bounds) {
    static family found;
    find_descendants(getpid(), &found);
    if (found.count > bounds->processes) end_telling("over processes", bounds);
    if (found.threads > bounds->threads) end_telling("over threads", bounds);
    unsigned long long most = with_stacks(bounds->memory);
    if (memory_of(&found, most) > most) end_telling("over memory", bounds);
    unsigned long long room = room_on_disk(bounds->scratch, &found);
    if (room == BEYOND_COUNT) end_telling("over nesting", bounds);
    if (room > bounds->scratch_size) end_telling("over scratch", bounds);
}

// Of processor time: on a busy machine, or one that a cell keeps busy, a look takes longer, and must not be rarer for it.
static long long nanoseconds_used(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static _Noreturn void watch(pid_t kernel, const bounds *bounds) {
    sigset_t none;
    sigemptyset(&none);
    long long pause = INTERVAL * 1000000LL;
    for (;;) {
        // The engine holds the other end of the commands' pipe for as long as it lives.
        struct pollfd engine = {.fd = COMMANDS, .events = 0};
        const struct timespec interval = {.tv_sec = pause / 1000000000, .tv_nsec = pause % 1000000000};
        int ready = ppoll(&engine, 1, &interval, &none);
        if (end_asked || ready > 0) {
            leave(bounds);
            end_by(SIGKILL);
        }
        int status;
        for (pid_t ended; (ended = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0;) {
            if (ended != kernel) continue;
            if (!WIFSTOPPED(status)) end_as(status, bounds);
            char reason[32];
            snprintf(reason, sizeof reason, "stopped %d", WSTOPSIG(status));
            end_telling(reason, bounds);
        }
        long long began = nanoseconds_used();
        check_usage(bounds);
        // To look may take long where there are many processes; it must not take the time from them.
        long long took = nanoseconds_used() - began;
        pause = 9 * took > INTERVAL * 1000000LL ? 9 * took : INTERVAL * 1000000LL;
    }
}

void supervise(const bounds *bounds) {
#ifdef __linux__
    // When the engine is killed there is still something to do; the commands' pipe tells.
    prctl(PR_SET_PDEATHSIG, 0);
#endif
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    set_handlers(note_signal);
    signal(SIGPIPE, SIG_IGN);
    gather(bounds);
    limit_resources(bounds);
    pid_t supervisor = getpid();
    pid_t kernel = fork();
    if (kernel > 0) {
        int null = open("/dev/null", O_RDWR);
        for (int descriptor = 0; descriptor < 3; descriptor++) dup2(null, descriptor);
        close(null);
        watch(kernel, bounds);
    }
    if (kernel < 0) _exit(127);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
    if (getppid() != supervisor) _exit(1);
    // A session of its own has no terminal to ask, and no process but its own gets what it sends to its group.
    setsid();
    set_handlers(SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &before, NULL);
}
