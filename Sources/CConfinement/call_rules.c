#define _GNU_SOURCE
#include "CallFilter.h"

#ifdef __linux__
#include "call_rules.h"

#include <asm/ioctls.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/sockios.h>
#include <sys/mman.h>
#include <sys/socket.h>

void append(filter *f, uint16_t code, uint32_t value, uint8_t if_so, uint8_t if_not) {
    assert(f->length < KDBOOK_MOST_INSTRUCTIONS);
    f->code[f->length++] = (kdbook_instruction){code, if_so, if_not, value};
}

void load(filter *f, size_t offset) { append(f, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0); }

void give(filter *f, kdbook_rule rule) {
    const uint32_t verdicts[] = {
        [KDBOOK_ABSENT] = SECCOMP_RET_ERRNO | ENOSYS,
        [KDBOOK_ALLOWED] = SECCOMP_RET_ALLOW,
        [KDBOOK_REFUSED] = SECCOMP_RET_ERRNO | EACCES,
        [KDBOOK_UNSUPPORTED] = SECCOMP_RET_ERRNO | EOPNOTSUPP,
        [KDBOOK_IDLE] = SECCOMP_RET_ERRNO | 0,
    };
    append(f, BPF_RET | BPF_K, verdicts[rule], 0, 0);
}

static int has_network(const filter *f) { return f->caller == KDBOOK_CELLS_ON_NETWORK || f->caller == KDBOOK_BUILD_ON_NETWORK; }

// Without the network there are no sockets but pairs; with it, what the C library asks with is allowed, too.
static kdbook_rule with_network(kdbook_rule rule, int network) {
    switch (rule) {
    case KDBOOK_NETWORK: return network ? KDBOOK_ALLOWED : KDBOOK_REFUSED;
    case KDBOOK_SOCKET: return network ? rule : KDBOOK_REFUSED;
    case KDBOOK_SENDTO: return network ? KDBOOK_ALLOWED : rule;
    default: return rule;
    }
}

void decide(filter *f, kdbook_rule rule) {
    rule = with_network(rule, has_network(f));
    if (rule <= KDBOOK_IDLE) return give(f, rule);
    f->pending[f->length] = rule;
    append(f, BPF_JMP | BPF_JA, 0, 0, 0);
}

// Both processors that this runs on keep an argument's low half first; the system itself takes the low half of what is
// looked at here, but for an address.
static void load_argument(filter *f, int index) { load(f, offsetof(struct seccomp_data, args) + 8 * (size_t)index); }

static void give_when_equal(filter *f, uint32_t value, kdbook_rule rule) {
    append(f, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    give(f, rule);
}

static void allow_these(filter *f, const uint32_t *values, size_t count) {
    for (size_t i = 0; i < count; i++) give_when_equal(f, values[i], KDBOOK_ALLOWED);
}
#define ALLOW_THESE(f, ...) \
    allow_these(f, (const uint32_t[]){__VA_ARGS__}, sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

static void write_own(filter *f) {
    load_argument(f, 0);
    ALLOW_THESE(f, 0);
    give(f, KDBOOK_REFUSED);
}

static void write_clone(filter *f) {
    load_argument(f, 0);
    append(
        f, BPF_JMP | BPF_JSET | BPF_K,
        CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET, 0, 1);
    give(f, KDBOOK_REFUSED);
    if (f->caller == KDBOOK_TOOL) {
        append(f, BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0);
        give(f, KDBOOK_REFUSED);
    }
    give(f, KDBOOK_ALLOWED);
}

// What is no request to such a file is told as the system tells it.
static void write_ioctl(filter *f) {
    load_argument(f, 1);
    ALLOW_THESE(f, TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX);
    if (has_network(f)) ALLOW_THESE(f, SIOCGIFNAME, SIOCGIFCONF, SIOCGIFFLAGS, SIOCGIFADDR, SIOCGIFINDEX);
    append(f, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOTTY, 0, 0);
}

// No leases, no notices and no owners to be told: they hold up or watch others. An exclusive lock needs the right to write.
static void write_fcntl(filter *f) {
    const uint32_t duplicate_query = 1027, created_query = 1028;
    load_argument(f, 1);
    ALLOW_THESE(
        f, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD, F_DUPFD_CLOEXEC, F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK,
        F_OFD_SETLK, F_OFD_SETLKW, F_GETPIPE_SZ, F_SETPIPE_SZ, duplicate_query, created_query);
    give(f, KDBOOK_REFUSED);
}

// A process that hid itself (PR_SET_DUMPABLE) would hide its memory from the supervisor.
static void write_prctl(filter *f) {
    const uint32_t name_memory = 0x53564d41, get_auxiliary_vector = 0x41555856;
    load_argument(f, 0);
    ALLOW_THESE(
        f, PR_SET_NAME, PR_GET_NAME, PR_SET_PDEATHSIG, PR_GET_PDEATHSIG, PR_SET_CHILD_SUBREAPER, PR_GET_CHILD_SUBREAPER,
        PR_GET_DUMPABLE, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_GET_SECCOMP, PR_CAPBSET_READ, PR_SET_TIMERSLACK,
        PR_GET_TIMERSLACK, name_memory, get_auxiliary_vector);
    give(f, KDBOOK_REFUSED);
}

static void write_kill(filter *f) {
    load_argument(f, 0);
    give_when_equal(f, (uint32_t)-1, KDBOOK_REFUSED);
    give(f, KDBOOK_ALLOWED);
}

static void write_mmap(filter *f) {
    load_argument(f, 3);
    append(f, BPF_ALU | BPF_AND | BPF_K, MAP_SHARED | MAP_ANONYMOUS, 0, 0);
    give_when_equal(f, MAP_SHARED | MAP_ANONYMOUS, KDBOOK_REFUSED);
    give(f, KDBOOK_ALLOWED);
}

static void write_socket(filter *f) {
    // Programs that serve other users listen on local sockets, not on the network. Names are looked up with the help of
    // netlink's first protocol.
    load_argument(f, 0);
    ALLOW_THESE(f, AF_INET, AF_INET6);
    append(f, BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 1, 0);
    give(f, KDBOOK_REFUSED);
    load_argument(f, 2);
    ALLOW_THESE(f, 0);
    give(f, KDBOOK_REFUSED);
}

static void write_socketpair(filter *f) {
    const uint32_t kind_of_socket = 15;
    load_argument(f, 0);
    append(f, BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0);
    give(f, KDBOOK_REFUSED);
    if (has_network(f)) {
        // A pair of these can be taken apart and connected elsewhere.
        load_argument(f, 1);
        append(f, BPF_ALU | BPF_AND | BPF_K, kind_of_socket, 0, 0);
        give_when_equal(f, SOCK_DGRAM, KDBOOK_REFUSED);
    }
    give(f, KDBOOK_ALLOWED);
}

static void write_sendto(filter *f) {
    load_argument(f, 4);
    append(f, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
    give(f, KDBOOK_REFUSED);
    load(f, offsetof(struct seccomp_data, args[4]) + 4);
    ALLOW_THESE(f, 0);
    give(f, KDBOOK_REFUSED);
}

void write_rules(filter *f) {
    static void (*const writers[KDBOOK_RULES])(filter *) = {
        [KDBOOK_OWN] = write_own,       [KDBOOK_CLONE] = write_clone,           [KDBOOK_IOCTL] = write_ioctl,
        [KDBOOK_FCNTL] = write_fcntl,   [KDBOOK_PRCTL] = write_prctl,           [KDBOOK_KILL] = write_kill,
        [KDBOOK_MMAP] = write_mmap,     [KDBOOK_SOCKET] = write_socket,         [KDBOOK_SOCKETPAIR] = write_socketpair,
        [KDBOOK_SENDTO] = write_sendto,
    };
    const long decided = f->length;
    for (int rule = KDBOOK_OWN; rule < KDBOOK_RULES; rule++) {
        for (long i = 0; i < decided; i++)
            if (f->pending[i] == (kdbook_rule)rule) f->code[i].value = (uint32_t)(f->length - i - 1);
        writers[rule](f);
    }
}
#endif
