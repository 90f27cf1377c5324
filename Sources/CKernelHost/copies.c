#define _GNU_SOURCE
#include "CKernelHost.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { DESCRIPTORS = 1024 };

static struct {
    int is_open;
    dev_t device;
    ino_t file;
} at_first[DESCRIPTORS];
static char scratch[4096];

void kdbook_note_descriptors(const char *home) {
    for (int i = 0; i < DESCRIPTORS; i++) {
        struct stat state;
        at_first[i].is_open = fstat(i, &state) == 0;
        at_first[i].device = at_first[i].is_open ? state.st_dev : 0;
        at_first[i].file = at_first[i].is_open ? state.st_ino : 0;
    }
    snprintf(scratch, sizeof scratch, "%s", home);
}

// Whether a descriptor is open that is beyond those that are remembered.
static int has_high_descriptors(void) {
    DIR *open = opendir("/proc/self/fd");
    if (!open) return 1;
    int found = 0;
    for (struct dirent *entry; !found && (entry = readdir(open));) found = atoi(entry->d_name) >= DESCRIPTORS;
    closedir(open);
    return found;
}

static int has_other_descriptors(void) {
    for (int i = 0; i < DESCRIPTORS; i++) {
        struct stat state;
        int is_open = fstat(i, &state) == 0;
        if (is_open != at_first[i].is_open) return 1;
        if (is_open && (state.st_dev != at_first[i].device || state.st_ino != at_first[i].file)) return 1;
    }
    return has_high_descriptors();
}

static int has_files(void) {
    DIR *folder = opendir(scratch);
    if (!folder) return 1;
    int count = 0;
    while (readdir(folder)) count++;
    closedir(folder);
    // The folder itself and its parent.
    return count > 2;
}

static int has_timers(void) {
    const int kinds[] = {ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct itimerval timer;
        if (getitimer(kinds[i], &timer) == 0 && (timer.it_value.tv_sec || timer.it_value.tv_usec)) return 1;
    }
    return 0;
}

int kdbook_has_dispatched(void) {
    union {
        void *address;
        _Bool (*ask)(void);
    } question = {.address = dlsym(RTLD_DEFAULT, "_dispatch_is_multithreaded")};
    return question.address && question.ask();
}

#ifdef __linux__
static int thread_count(void) {
    DIR *threads = opendir("/proc/self/task");
    if (!threads) return 0;
    int count = 0;
    for (struct dirent *entry; (entry = readdir(threads));) count += entry->d_name[0] != '.';
    closedir(threads);
    return count;
}

static int has_shared_memory(void) {
    FILE *maps = fopen("/proc/self/maps", "re");
    if (!maps) return 1;
    char line[512], permissions[5];
    int found = 0;
    while (!found && fgets(line, sizeof line, maps))
        found = sscanf(line, "%*s %4s", permissions) == 1 && permissions[1] == 'w' && permissions[3] == 's';
    fclose(maps);
    return found;
}
#else
// What cannot be asked here counts as there.
static int thread_count(void) { return 0; }
static int has_shared_memory(void) { return 1; }
#endif

kdbook_obstacle kdbook_obstacle_to_copy(int helpers) {
    if (thread_count() != 1 + helpers || kdbook_has_dispatched()) return KDBOOK_THREADS;
    if (has_other_descriptors()) return KDBOOK_DESCRIPTORS;
    if (has_files()) return KDBOOK_FILES;
    if (has_shared_memory()) return KDBOOK_SHARED_MEMORY;
    return has_timers() ? KDBOOK_TIMERS : KDBOOK_NO_OBSTACLE;
}

pid_t kdbook_leave_copy(void) {
    pid_t original = getpid();
    pid_t copy = fork();
    if (copy != 0) return copy;
    kdbook_renumber_thread(original);
    kdbook_report_crashes_here();
#ifdef __linux__
    // What a cell starts and leaves behind comes to the process that ran the cell, in a copy as in the first.
    prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
    return 0;
}

static void ignore(int number) { (void)number; }

int kdbook_await(int descriptor, pid_t *child, int *status) {
    struct sigaction mine = {.sa_handler = ignore}, before;
    sigset_t ends, mask;
    sigemptyset(&mine.sa_mask);
    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ends, &mask);
    sigaction(SIGCHLD, &mine, &before);
    sigset_t waiting = mask;
    sigdelset(&waiting, SIGCHLD);
    int is_ready = 0;
    for (;;) {
        *child = waitpid(-1, status, WNOHANG | WUNTRACED);
        if (*child > 0) break;
        fd_set descriptors;
        FD_ZERO(&descriptors);
        FD_SET(descriptor, &descriptors);
        if (pselect(descriptor + 1, &descriptors, NULL, NULL, NULL, &waiting) < 0 && errno == EINTR) continue;
        is_ready = 1;
        break;
    }
    sigaction(SIGCHLD, &before, NULL);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    if (!is_ready && WIFSTOPPED(*status)) {
        int stop = WSTOPSIG(*status), ignored;
        kill(*child, SIGKILL);
        while (waitpid(*child, &ignored, 0) < 0 && errno == EINTR) {}
        *status = stop;
    }
    return is_ready;
}

#ifdef __linux__
static void kill_children(void) {
    DIR *threads = opendir("/proc/self/task");
    if (!threads) return;
    for (struct dirent *entry; (entry = readdir(threads));) {
        if (entry->d_name[0] == '.') continue;
        char path[64];
        snprintf(path, sizeof path, "/proc/self/task/%.20s/children", entry->d_name);
        FILE *file = fopen(path, "re");
        if (!file) continue;
        for (int child; fscanf(file, "%d", &child) == 1;) kill(child, SIGKILL);
        fclose(file);
    }
    closedir(threads);
}
#else
static void kill_children(void) {}
#endif

static int remove_entry(const char *path, const struct stat *state, int kind, struct FTW *place) {
    (void)state, (void)kind;
    if (place->level > 0) remove(path);
    return 0;
}

void kdbook_end_copies(void) {
    // Orphans of a child that ends come to this process: until none is left.
    do kill_children();
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR);
    nftw(scratch, remove_entry, 32, FTW_DEPTH | FTW_PHYS);
}
