#define _GNU_SOURCE

#ifdef __linux__
#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// Foundation waits for the end of programs in a thread that it wakes through two sockets of its own. On Linux it takes them
// from the network and connects them to each other; without them, `Process` hangs. A confined process gets none from the
// network, so Foundation, and nobody else, is given a pair of local ones that behave the same. What this program
// defines comes before the C library's.

static int ends[2] = {-1, -1};
static int given = 0;

static int is_foundation(const void *caller) {
    Dl_info library;
    return dladdr(caller, &library) && library.dli_fname && strstr(library.dli_fname, "/libFoundation.so");
}

static int is_end(int descriptor) { return given > 0 && (descriptor == ends[0] || descriptor == ends[1]); }

static int next_end(void) {
    if (given == 0 && socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends) != 0) return -1;
    return given < 2 ? ends[given++] : -1;
}

int socket(int domain, int type, int protocol) {
    int made = (int)syscall(SYS_socket, domain, type, protocol);
    if (made >= 0 || errno != EACCES || domain != AF_INET || type != SOCK_DGRAM) return made;
    int end = is_foundation(__builtin_return_address(0)) ? next_end() : -1;
    if (end < 0) errno = EACCES;
    return end;
}

int bind(int descriptor, __CONST_SOCKADDR_ARG address, socklen_t length) {
    if (is_end(descriptor) && is_foundation(__builtin_return_address(0))) return 0;
    return (int)syscall(SYS_bind, descriptor, address.__sockaddr__, length);
}

int connect(int descriptor, __CONST_SOCKADDR_ARG address, socklen_t length) {
    if (is_end(descriptor) && is_foundation(__builtin_return_address(0))) return 0;
    return (int)syscall(SYS_connect, descriptor, address.__sockaddr__, length);
}

int getsockname(int descriptor, __SOCKADDR_ARG address, socklen_t *length) {
    const struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (!is_end(descriptor) || *length < sizeof own || !is_foundation(__builtin_return_address(0)))
        return (int)syscall(SYS_getsockname, descriptor, address.__sockaddr__, length);
    memcpy(address.__sockaddr__, &own, sizeof own);
    *length = sizeof own;
    return 0;
}
#endif
