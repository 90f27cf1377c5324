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

call_filter write_calls(kdbook_caller caller, kdbook_instruction *code) {
    return (call_filter){code, kdbook_write_filter(NATIVE, caller, code)};
}

const char *confine_calls(call_filter filter, int *enforced) {
    struct sock_fprog code = {.len = (unsigned short)filter.length, .filter = (struct sock_filter *)filter.code};
    *enforced = prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &code, 0, 0) == 0;
    // A system without filters is no failure; it is told.
    return *enforced || errno == EINVAL || errno == ENOSYS ? NULL : "filtering system calls";
}
#endif
