#define _GNU_SOURCE
#include "CKernelHost.h"

#include <link.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
typedef struct {
    pid_t before, now;
} numbers;

static void renumber(pid_t *words, size_t count, const numbers *number) {
    for (size_t i = 0; i < count; i++)
        if (words[i] == number->before) words[i] = number->now;
}

static int renumber_in(struct dl_phdr_info *library, size_t size, void *number) {
    if (size < offsetof(struct dl_phdr_info, dlpi_tls_data) + sizeof(void *)) return 0;
    // What the thread has not used yet holds no number. Dispatch's is the one by which its main queue knows its thread: the queue
    // comes with the copy, and takes no other.
    if (!library->dlpi_tls_data || strstr(library->dlpi_name, "/libdispatch.")) return 0;
    for (int i = 0; i < library->dlpi_phnum; i++)
        if (library->dlpi_phdr[i].p_type == PT_TLS)
            renumber(library->dlpi_tls_data, library->dlpi_phdr[i].p_memsz / sizeof(pid_t), number);
    return 0;
}

void kdbook_renumber_thread(pid_t before) {
    numbers number = {.before = before, .now = gettid()};
    dl_iterate_phdr(renumber_in, &number);
}
#else
void kdbook_renumber_thread(pid_t before) { (void)before; }
#endif
