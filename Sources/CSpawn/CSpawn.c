#define _GNU_SOURCE
#include "CSpawn.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

// posix_spawn has no way to ask for the parent's-death signal, and asking for it in the program is too late: whoever
// was killed a moment before stays unnoticed.

static void end_with(pid_t parent) {
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
#else
    (void)parent;
#endif
}

static void close_all_from(int first) {
#if defined(__linux__) && defined(SYS_close_range)
    const unsigned close_on_exec = 1u << 2;
    syscall(SYS_close_range, (unsigned)first, ~0u, close_on_exec);
#else
    // All of ours are opened to be closed by exec.
    (void)first;
#endif
}

// Runs in the child, on the parent's memory where that waits: system calls only.
static int become(
    const char *program, char *const arguments[], char *const environment[], const int ours[], const int childs[],
    int count, const kdbook_cage *cage, pid_t parent) {
    end_with(parent);
    setpgid(0, 0);
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
    int last = STDERR_FILENO;
    for (int i = 0; i < count; i++) {
        if (dup2(ours[i], childs[i]) < 0) return errno;
        if (childs[i] > last) last = childs[i];
    }
    close_all_from(last + 1);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    const int failure = cage ? kdbook_enter_cage(cage) : 0;
    if (failure) return failure;
    execve(program, arguments, environment);
    return errno;
}

int kdbook_spawn(
    pid_t *pid, const char *program, char *const arguments[], char *const environment[], const int ours[],
    const int childs[], int count, const kdbook_cage *cage) {
    const pid_t parent = getpid();
    volatile int failure = 0;
    // A handler of ours that ran in the child would do so on our memory.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
#ifdef __linux__
    const pid_t child = vfork();
#else
    const pid_t child = fork();
#endif
    if (child == 0) {
        failure = become(program, arguments, environment, ours, childs, count, cage, parent);
        _exit(127);
    }
    if (child < 0) failure = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    *pid = child;
    return failure;
}
