#define _GNU_SOURCE
#include "CallFilter.h"
#include "confinement.h"

#ifdef __linux__
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>

#if defined(__x86_64__)
#define NATIVE KDBOOK_X86_64
#elif defined(__aarch64__)
#define NATIVE KDBOOK_ARM64
#endif

_Static_assert(sizeof(kdbook_instruction) == sizeof(struct sock_filter), "an instruction is the system's");

const char *confine_calls(int network, int *enforced) {
    static kdbook_instruction filter[KDBOOK_MOST_INSTRUCTIONS];
    long length = kdbook_write_filter(NATIVE, network, filter);
    struct sock_fprog code = {.len = (unsigned short)length, .filter = (struct sock_filter *)filter};
    *enforced = prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &code, 0, 0) == 0;
    // A system without filters is no failure; it is told.
    return *enforced || errno == EINVAL || errno == ENOSYS ? NULL : "filtering system calls";
}
#endif
