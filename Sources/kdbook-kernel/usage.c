#define _GNU_SOURCE
#include "usage.h"

#ifdef __linux__
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void add_children_of_thread(pid_t process, const char *thread, family *found) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%.20s/children", (int)process, thread);
    FILE *file = fopen(path, "re");
    if (!file) return;
    for (int child; found->count < MOST_PROCESSES && fscanf(file, "%d", &child) == 1;)
        found->processes[found->count++] = child;
    fclose(file);
}

static void add_children(pid_t process, family *found) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", (int)process);
    DIR *threads = opendir(path);
    if (!threads) return;
    for (struct dirent *entry; (entry = readdir(threads));)
        if (entry->d_name[0] != '.') {
            found->threads++;
            add_children_of_thread(process, entry->d_name, found);
        }
    closedir(threads);
}

void find_descendants(pid_t ancestor, family *found) {
    found->count = 0;
    add_children(ancestor, found);
    found->threads = 0;
    for (long i = 0; i < found->count; i++) add_children(found->processes[i], found);
}

// All that lies in memory for the process, shared or not.
static unsigned long long resident(pid_t process) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/statm", (int)process);
    FILE *file = fopen(path, "re");
    if (!file) return 0;
    unsigned long long pages = 0;
    if (fscanf(file, "%*u %llu", &pages) != 1) pages = 0;
    fclose(file);
    return pages * (unsigned long long)sysconf(_SC_PAGESIZE);
}

// The process's own share of what is no file's content.
static unsigned long long own_share(pid_t process) {
    char path[64], line[128];
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)process);
    FILE *file = fopen(path, "re");
    // A process that hides it does not save anything.
    if (!file) return resident(process);
    unsigned long long sum = 0, kilobytes;
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "Pss_Anon: %llu", &kilobytes) == 1 || sscanf(line, "Pss_Shmem: %llu", &kilobytes) == 1)
            sum += kilobytes * 1024;
    fclose(file);
    return sum;
}

unsigned long long memory_of(const family *found, unsigned long long limit) {
    unsigned long long sum = 0, shares = 0;
    for (long i = 0; i < found->count; i++) sum += resident(found->processes[i]);
    if (sum <= limit) return sum;
    for (long i = 0; i < found->count; i++) shares += own_share(found->processes[i]);
    return shares;
}
#else
void find_descendants(pid_t ancestor, family *found) {
    (void)ancestor;
    found->count = 0;
}
unsigned long long memory_of(const family *found, unsigned long long limit) {
    (void)found, (void)limit;
    return 0;
}
#endif
