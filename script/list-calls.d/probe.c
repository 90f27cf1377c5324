// Tries every number of a system call, and prints what becomes of it: `0 allowed`. All arguments are such that nothing can
// be done with them: descriptors and pointers that are none. Each call has a process of its own, which some of them end or
// hold up: then it was allowed.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { UNTOLD = 255, PATIENCE_IN_MILLISECONDS = 300 };

static void attempt(long number) {
    // Without a known operation this one call says that it is missing.
    long second = number == SYS_futex ? 1 : -1;
    errno = 0;
    long result = syscall(number, -1L, second, -1L, -1L, -1L, -1L);
    _exit(result == -1 && errno < UNTOLD ? errno : UNTOLD);
}

static int cause_of_failure(long number) {
    pid_t child = fork();
    if (child == 0) attempt(number);
    int status = 0;
    for (int waited = 0; waited < PATIENCE_IN_MILLISECONDS; waited++) {
        if (waitpid(child, &status, WNOHANG) == child) return WIFEXITED(status) ? WEXITSTATUS(status) : UNTOLD;
        usleep(1000);
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return UNTOLD;
}

static const char *word(int cause) {
    switch (cause) {
    case EACCES: return "refused";
    case ENOSYS: return "absent";
    default: return "allowed";
    }
}

void list_calls(long last) {
    int null = open("/dev/null", O_WRONLY), errors = dup(2);
    for (long number = 0; number <= last; number++) {
        fflush(stdout);
        dup2(null, 2);
        int cause = cause_of_failure(number);
        dup2(errors, 2);
        printf("%ld %s\n", number, word(cause));
    }
    close(null);
    close(errors);
    // What the children of children left.
    while (waitpid(-1, NULL, 0) > 0) {}
}
