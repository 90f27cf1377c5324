// Stands for a compiler that the code it reads has taken over: tries what such a one would, and tells as an error what the
// system made of each attempt, 0 for done and the error's number otherwise.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void tell(const char *attempt, long result) { printf(" %s=%d", attempt, result < 0 ? errno : 0); }

static long start_process(void) {
    long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (child == 0) _exit(0);
    return child;
}

static const char *below(const char *folder, const char *name) {
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

int main(int count, char **arguments) {
    if (count == 2 && strcmp(arguments[1], "-version") == 0) return puts("taken over") < 0;
    char book[4096], own[4096];
    const char *source = arguments[count - 1], *cache = "/nowhere";
    snprintf(own, strrchr(source, '/') - source + 1, "%s", source);
    snprintf(book, strstr(source, "/.kdbook/") - source + 1, "%s", source);
    for (int i = 1; i + 1 < count; i++)
        if (strcmp(arguments[i], "-module-cache-path") == 0) cache = arguments[i + 1];
    printf("error:");
    tell("source", open(source, O_RDONLY));
    tell("own", open(below(own, "new"), O_WRONLY | O_CREAT, 0600));
    tell("read", open(below(book, "secret.txt"), O_RDONLY));
    tell("list", open(book, O_RDONLY | O_DIRECTORY));
    tell("write", open(below(book, "planted"), O_WRONLY | O_CREAT, 0600));
    tell("store", open(below(book, ".kdbook/cells/planted"), O_WRONLY | O_CREAT, 0600));
    tell("cache", open(below(cache, "planted"), O_WRONLY | O_CREAT, 0600));
    tell("remove", unlink(below(book, "secret.txt")));
    tell("mode", chmod(below(book, "secret.txt"), 0777));
    tell("passwords", open("/etc/passwd", O_RDONLY));
    tell("socket", socket(AF_INET, SOCK_STREAM, 0));
    tell("local", socket(AF_UNIX, SOCK_STREAM, 0));
    tell("process", start_process());
    tell("signal", kill(getppid(), 0));
    tell("trace", ptrace(PTRACE_TRACEME, 0, 0, 0));
    tell("program", execl("/bin/true", "true", NULL));
    tell("memory", mmap(0, 1200L << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0);
    printf("\n");
    return 1;
}
