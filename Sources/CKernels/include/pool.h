#ifndef KDBOOK_POOL_H
#define KDBOOK_POOL_H

#include <stddef.h>

/// Runs task(context, 0), …, task(context, count − 1), on as many threads as there are, in any order.
///
/// Who runs which task is left open, so that tasks must be independent; which tasks there are is the caller's,
/// and must not depend on the number of threads. The threads start with the first call that needs them, sleep
/// when there is no work, and are stopped before fork() and started again when needed. A call from within a
/// task, or while another thread has the pool, runs its tasks on the calling thread.
void kd_parallel(void (*task)(void *context, long index), void *context, long count);

/// On one of the pool's own threads, the frame of the `kd_parallel` whose task it runs, which waits on another thread; else NULL.
const void *kd_frame_of_caller(void);

/// How many threads `kd_parallel` uses: KDBOOK_THREADS, else the processors this process may run on.
int kd_thread_count(void);

/// Uses `count` threads from now on.
void kd_set_thread_count(int count);

/// How many threads the pool has started.
int kd_running_threads(void);

/// How many of the pool's threads sleep: all of them soon after the last work.
int kd_sleeping_threads(void);

#endif
