#define _GNU_SOURCE
#include "confinement.h"

#include <string.h>

#ifdef __linux__
#include <dirent.h>
#include <errno.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Landlock and filters hold for the thread that asks for them, and for those it starts.
static int has_one_thread(void) {
    DIR *threads = opendir("/proc/self/task");
    if (!threads) return 0;
    int count = 0;
    for (struct dirent *entry; (entry = readdir(threads));) count += entry->d_name[0] != '.';
    closedir(threads);
    errno = EBUSY;
    return count == 1;
}

// A superuser without powers still owns the files that belong to it; which of them it reaches, Landlock says.
const char *drop_powers(void) {
    static const char failure[] = "dropping capabilities";
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct held[2], kept[2] = {0};
    if (syscall(SYS_capget, &header, held) != 0) return failure;
    kept[0].permitted = held[0].permitted & 1u << CAP_DAC_OVERRIDE;
    kept[0].effective = held[0].effective & 1u << CAP_DAC_OVERRIDE;
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    return syscall(SYS_capset, &header, kept) == 0 ? NULL : failure;
}

const char *kdbook_confine(
    const kdbook_grant *grants, long count, int network, int newest, kdbook_confinement *result) {
    if (!has_one_thread()) return "confining a process of one thread";
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return "giving up new privileges";
    const char *failure = drop_powers();
    if (failure) return failure;
    int ruleset = make_file_rules(grants, count, network, newest, &result->landlock, &failure);
    if (!failure) failure = confine_files(ruleset);
    int cause = errno;
    if (ruleset >= 0) close(ruleset);
    errno = cause;
    if (failure) return failure;
    static kdbook_instruction code[KDBOOK_MOST_INSTRUCTIONS];
    kdbook_caller caller = network ? KDBOOK_CELLS_ON_NETWORK : KDBOOK_CELLS;
    return confine_calls(write_calls(caller, code), &result->filter);
}

int kdbook_confine_signals(int newest) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && confine_signals(newest);
}
#else
const char *kdbook_confine(
    const kdbook_grant *grants, long count, int network, int newest, kdbook_confinement *result) {
    (void)grants, (void)count, (void)network, (void)newest;
    memset(result, 0, sizeof *result);
    return NULL;
}

int kdbook_confine_signals(int newest) {
    (void)newest;
    return 0;
}
#endif
