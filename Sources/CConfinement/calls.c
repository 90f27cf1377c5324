#define _GNU_SOURCE
#include "confinement.h"

#ifdef __linux__
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#endif

// What Landlock does not guard. Calls that a system has not are left out of its list.
static const uint32_t forbidden[] = {
    // Other processes.
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_ioprio_set,
    SYS_sched_setscheduler, SYS_sched_setparam, SYS_sched_setattr, SYS_migrate_pages, SYS_move_pages,
#ifdef SYS_pidfd_getfd
    SYS_pidfd_getfd,
#endif
    // Ways around this filter, and to more powers.
    SYS_io_uring_setup, SYS_unshare, SYS_setns, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd,
    // What outlives the process that made it.
    SYS_shmget, SYS_semget, SYS_msgget, SYS_mq_open, SYS_add_key, SYS_request_key, SYS_keyctl,
    // Owners, modes and attributes of files, which need not be open to be changed.
    SYS_fchmodat, SYS_fchownat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_removexattr, SYS_lremovexattr,
    SYS_fremovexattr,
#ifdef SYS_fchmodat2
    SYS_fchmodat2,
#endif
#ifdef SYS_chmod
    SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
};

// What copying and saving a file does on the way, to open files or to new ones. It is of no use to a cell, and of harm to
// a file that it can only read: these do nothing, and say that they did it. So does the change of a priority, which
// Dispatch makes for each of its threads and takes ill when it is refused.
static const uint32_t idle[] = {SYS_fchmod, SYS_fchown, SYS_utimensat, SYS_setpriority};

enum {
    FORBIDDEN = sizeof forbidden / sizeof *forbidden,
    IDLE = sizeof idle / sizeof *idle,
    LONGEST = 2 * (FORBIDDEN + IDLE) + 32,
};

typedef struct {
    struct sock_filter code[LONGEST];
    unsigned short length;
} program;

static void add(program *p, uint16_t code, uint32_t value, uint8_t if_so, uint8_t if_not) {
    p->code[p->length++] = (struct sock_filter){code, if_so, if_not, value};
}
static void load(program *p, size_t offset) { add(p, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0); }
static void refuse(program *p) { add(p, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES, 0, 0); }
static void permit(program *p) { add(p, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0); }
static void when_equal(program *p, uint32_t value, uint8_t skipped_if_not) {
    add(p, BPF_JMP | BPF_JEQ | BPF_K, value, 0, skipped_if_not);
}
static void refuse_call(program *p, uint32_t number) {
    when_equal(p, number, 1);
    refuse(p);
}

// Both processors that this runs on keep an argument's low half first.
#define ARGUMENT(index) (offsetof(struct seccomp_data, args) + 8 * (index))

// A pair of sockets that are connected to each other is of use within a program, and reaches nobody as long as nothing is
// sent to an address.
static void write_sockets(program *p, int network) {
    if (network) {
        // Programs that serve other users listen on local sockets, not on the network.
        when_equal(p, SYS_socket, 4);
        load(p, ARGUMENT(0));
        when_equal(p, AF_UNIX, 1);
        refuse(p);
        permit(p);
        return;
    }
    const uint32_t calls[] = {SYS_socket, SYS_connect, SYS_bind, SYS_sendmsg, SYS_sendmmsg};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) refuse_call(p, calls[i]);
    when_equal(p, SYS_sendto, 6);
    load(p, ARGUMENT(4));
    when_equal(p, 0, 2);
    load(p, ARGUMENT(4) + 4);
    add(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
    refuse(p);
    permit(p);
}

static void write_program(program *p, int network) {
    load(p, offsetof(struct seccomp_data, arch));
    add(p, BPF_JMP | BPF_JEQ | BPF_K, NATIVE, 1, 0);
    refuse(p);
    load(p, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
    // Another table of the same calls.
    add(p, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    refuse(p);
#endif
    for (int i = 0; i < FORBIDDEN; i++) refuse_call(p, forbidden[i]);
    for (int i = 0; i < IDLE; i++) {
        when_equal(p, idle[i], 1);
        add(p, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 0, 0, 0);
    }
    write_sockets(p, network);
    // A process's own limits; another's are none of its business.
    when_equal(p, SYS_prlimit64, 3);
    load(p, ARGUMENT(0));
    add(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
    refuse(p);
    permit(p);
}

const char *confine_calls(int network, int *enforced) {
    static program filter;
    filter.length = 0;
    write_program(&filter, network);
    struct sock_fprog code = {.len = filter.length, .filter = filter.code};
    *enforced = prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &code, 0, 0) == 0;
    // A system without filters is no failure; it is told.
    return *enforced || errno == EINVAL || errno == ENOSYS ? NULL : "filtering system calls";
}
#endif
