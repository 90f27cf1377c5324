#define _GNU_SOURCE
#include "confinement.h"

#include <errno.h>
#include <sys/resource.h>

// Both halves of a limit: what is given up is given up for good. Another may have set a lower one before.
static int limit(int resource, unsigned long long most) {
    struct rlimit now;
    if (getrlimit(resource, &now) != 0) return 0;
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most) most = now.rlim_max;
    const struct rlimit wanted = {.rlim_cur = most, .rlim_max = most};
    return setrlimit(resource, &wanted) == 0;
}

#ifdef __linux__
#include <pthread.h>
#include <sys/prctl.h>

static kdbook_instruction code[KDBOOK_BUILD_ON_NETWORK + 1][KDBOOK_MOST_INSTRUCTIONS];
static call_filter calls[KDBOOK_BUILD_ON_NETWORK + 1];

static void write_once(void) {
    for (int caller = 0; caller <= KDBOOK_BUILD_ON_NETWORK; caller++) calls[caller] = write_calls((kdbook_caller)caller, code[caller]);
}

const char *kdbook_make_cage(const kdbook_grant *grants, long count, int newest, kdbook_cage *cage) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, write_once);
    int version;
    const char *failure;
    cage->files = make_file_rules(grants, count, cage->caller == KDBOOK_BUILD_ON_NETWORK, newest, &version, &failure);
    return failure;
}

int kdbook_enter_cage(const kdbook_cage *cage) {
    int filters_calls;
    const int is_limited = limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, cage->file_size)
        && limit(RLIMIT_CPU, cage->seconds) && limit(RLIMIT_DATA, cage->memory);
    if (!is_limited || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || drop_powers() || confine_files(cage->files)
        || confine_calls(calls[cage->caller], &filters_calls))
        return errno;
    return 0;
}
#else
const char *kdbook_make_cage(const kdbook_grant *grants, long count, int newest, kdbook_cage *cage) {
    (void)grants, (void)count, (void)newest;
    cage->files = -1;
    return 0;
}

int kdbook_enter_cage(const kdbook_cage *cage) {
    return limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, cage->file_size) && limit(RLIMIT_CPU, cage->seconds) ? 0 : errno;
}
#endif
