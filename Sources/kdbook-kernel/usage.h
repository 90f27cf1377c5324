#ifndef KDBOOK_USAGE_H
#define KDBOOK_USAGE_H

#include <sys/types.h>

enum { MOST_PROCESSES = 4096 };

/// The processes that descend from a process, as far as the system tells.
typedef struct {
    pid_t processes[MOST_PROCESSES];
    long count;
    long threads;
} family;

/// Finds all descendants of `ancestor`, children before their own.
void find_descendants(pid_t ancestor, family *found);

/// The memory that `found` use together, in bytes; what they share counts once where it matters, which is where the sum
/// comes near `limit`.
unsigned long long memory_of(const family *found, unsigned long long limit);

#endif
