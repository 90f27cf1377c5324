// The process a notebook runs in. What it does lies in the library that cells link to, so that cells and
// kernel share one copy of it; this program only finds that library beside itself.
#include "supervisor.h"

#include <dlfcn.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __APPLE__
#define LIBRARY "libKDBook.dylib"
#else
#define LIBRARY "libKDBook.so"
#endif

int main(int count, char **arguments) {
    (void)count;
    // Cells see this program's arguments: it has none.
    bounds bounds = {.scratch = getenv("HOME")};
    const char *given = getenv("KDBOOK_BOUNDS");
    if (!given || !bounds.scratch
        || sscanf(
               given, "%llu %llu %llu %ld %ld %d", &bounds.memory, &bounds.file_size, &bounds.scratch_size,
               &bounds.processes, &bounds.threads, &bounds.landlock)
            != 6) {
        fprintf(stderr, "kdbook-kernel is started by kdbook, not by hand\n");
        return 2;
    }
    supervise(&bounds);
    char program[PATH_MAX], library[PATH_MAX + sizeof LIBRARY];
    if (!realpath(arguments[0], program)) {
        perror(arguments[0]);
        return 127;
    }
    snprintf(library, sizeof library, "%s/" LIBRARY, dirname(program));
    void *book = dlopen(library, RTLD_NOW | RTLD_GLOBAL);
    union {
        void *address;
        int (*run)(void);
    } entry = {.address = book ? dlsym(book, "kdbook_kernel_main") : NULL};
    if (!entry.address) {
        fprintf(stderr, "%s: %s\n", program, dlerror());
        return 127;
    }
    // Lines as they are printed: a cell that crashes has shown what it printed before.
    setvbuf(stdout, NULL, _IOLBF, 1 << 16);
    return entry.run();
}
