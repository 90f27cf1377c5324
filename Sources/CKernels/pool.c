#if defined(__linux__)
#define _GNU_SOURCE
#include <sched.h>
#endif

#include "pool.h"
#include "scratch.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MAXIMUM_THREADS = 64, FIELD = 21, SPINS = 4000 };
#define FIELD_MASK (((uint64_t)1 << FIELD) - 1)

// A ticket holds how many tasks a job has, and how many were taken from its back and from its front. Whoever calls
// takes from the front and the helpers from the back, so that each mostly meets the same tasks, and with them the
// same memory, job after job. The job's other fields are read only after a task of it was taken.
static struct {
    _Atomic uint64_t ticket;
    _Atomic long finished;
    void (*task)(void *, long);
    void *context;
    const void *frame;
} job;

static _Thread_local int is_helper;

static pthread_mutex_t owner = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t sleep_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work_arrived = PTHREAD_COND_INITIALIZER;
static _Atomic int sleepers, stopping;
static pthread_t threads[MAXIMUM_THREADS];
static int running, wanted;
static pthread_once_t fork_once = PTHREAD_ONCE_INIT;

// How many threads may compute at this moment, the caller's included. Where several processes compute for one book, the
// engine lets each have its share, and more as soon as another ends.
static const _Atomic int unshared = MAXIMUM_THREADS;
static const _Atomic int *permitted = &unshared;

static inline void pause_briefly(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static long front(uint64_t ticket) { return (long)(ticket & FIELD_MASK); }
static long back(uint64_t ticket) { return (long)(ticket >> FIELD & FIELD_MASK); }
static long count_of(uint64_t ticket) { return (long)(ticket >> 2 * FIELD); }
static int has_work(uint64_t ticket) { return front(ticket) + back(ticket) < count_of(ticket); }

static int permitted_now(void) { return atomic_load_explicit(permitted, memory_order_relaxed); }

// Whoever calls is number 0, its helpers are numbered from 1.
static int may_compute(int number) { return number == 0 || number < permitted_now(); }

static void wake(void) {
    pthread_mutex_lock(&sleep_lock);
    pthread_cond_broadcast(&work_arrived);
    pthread_mutex_unlock(&sleep_lock);
}

// Wakes the helpers if one is asleep that may compute.
static void wake_permitted(void) {
    const int barred = running + 1 - permitted_now();
    if (atomic_load(&sleepers) > (barred > 0 ? barred : 0)) wake();
}

static void take_tasks(int number) {
    const int from_back = number > 0;
    const uint64_t one = from_back ? (uint64_t)1 << FIELD : 1;
    int known = permitted_now();
    uint64_t ticket = atomic_load(&job.ticket);
    while (has_work(ticket) && may_compute(number)) {
        if (!atomic_compare_exchange_weak(&job.ticket, &ticket, ticket + one)) continue;
        job.task(job.context, from_back ? count_of(ticket) - 1 - back(ticket) : front(ticket));
        atomic_fetch_add(&job.finished, 1);
        // Who was barred when the job began may compute by now.
        if (number == 0 && permitted_now() > known) wake_permitted();
        known = permitted_now();
        ticket = atomic_load(&job.ticket);
    }
}

static int has_work_for(int number) {
    return has_work(atomic_load(&job.ticket)) && may_compute(number);
}

static void *work(void *argument) {
    const int number = (int)(intptr_t)argument;
    is_helper = 1;
    int idle = 0;
    while (!atomic_load(&stopping)) {
        if (has_work_for(number)) {
            take_tasks(number);
            idle = 0;
        } else if (++idle < SPINS) {
            pause_briefly();
        } else {
            pthread_mutex_lock(&sleep_lock);
            atomic_fetch_add(&sleepers, 1);
            while (!has_work_for(number) && !atomic_load(&stopping))
                pthread_cond_wait(&work_arrived, &sleep_lock);
            atomic_fetch_sub(&sleepers, 1);
            pthread_mutex_unlock(&sleep_lock);
            idle = 0;
        }
    }
    kd_free_scratch();
    return NULL;
}

static void stop(void) {
    atomic_store(&stopping, 1);
    wake();
    while (running > 0) pthread_join(threads[--running], NULL);
    atomic_store(&stopping, 0);
}

static void before_fork(void) {
    pthread_mutex_lock(&owner);
    stop();
}
static void after_fork(void) { pthread_mutex_unlock(&owner); }
static void watch_forks(void) { pthread_atfork(before_fork, after_fork, after_fork); }

static int processors(void) {
#if defined(__linux__)
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
#endif
    return (int)sysconf(_SC_NPROCESSORS_ONLN);
}

// `KDBOOK_THREADS_SHARED` names the descriptor of a file that the engine keeps the number of permitted threads in.
static void join_share(void) {
    const char *setting = getenv("KDBOOK_THREADS_SHARED");
    if (!setting || !*setting) return;
    void *page = mmap(NULL, sizeof(int), PROT_READ, MAP_SHARED, (int)strtol(setting, NULL, 10), 0);
    if (page != MAP_FAILED) permitted = page;
}

static int within_limits(long count) {
    return count < 1 ? 1 : count > MAXIMUM_THREADS ? MAXIMUM_THREADS : (int)count;
}

// The owner's lock is held.
static int thread_count(void) {
    if (wanted == 0) {
        join_share();
        const char *setting = getenv("KDBOOK_THREADS");
        wanted = within_limits(setting && *setting ? strtol(setting, NULL, 10) : processors());
    }
    return wanted;
}

int kd_thread_count(void) {
    pthread_mutex_lock(&owner);
    int count = thread_count();
    pthread_mutex_unlock(&owner);
    return count;
}

void kd_set_thread_count(int count) {
    pthread_mutex_lock(&owner);
    stop();
    wanted = within_limits(count);
    pthread_mutex_unlock(&owner);
}

static void start(int count) {
    pthread_once(&fork_once, watch_forks);
    while (running < count && pthread_create(&threads[running], NULL, work, (void *)(intptr_t)(running + 1)) == 0)
        running++;
}

static void run_here(void (*task)(void *, long), void *context, long count) {
    for (long index = 0; index < count; index++) task(context, index);
}

void kd_parallel(void (*task)(void *context, long index), void *context, long count) {
    if (count < 2 || count > (long)FIELD_MASK / 2 || pthread_mutex_trylock(&owner) != 0) {
        run_here(task, context, count);
        return;
    }
    int helpers = thread_count() - 1;
    if (helpers == 0) {
        pthread_mutex_unlock(&owner);
        run_here(task, context, count);
        return;
    }
    if (running < helpers) start(helpers);
    job.task = task;
    job.context = context;
    job.frame = __builtin_frame_address(0);
    atomic_store(&job.finished, 0);
    atomic_store(&job.ticket, (uint64_t)count << 2 * FIELD);
    wake_permitted();
    take_tasks(0);
    for (int spins = 0; atomic_load(&job.finished) < count; spins++) {
        if (spins < SPINS) pause_briefly();
        else sched_yield();
    }
    pthread_mutex_unlock(&owner);
}

const void *kd_frame_of_caller(void) { return is_helper ? job.frame : NULL; }

int kd_sleeping_threads(void) { return atomic_load(&sleepers); }

int kd_running_threads(void) {
    pthread_mutex_lock(&owner);
    int count = running;
    pthread_mutex_unlock(&owner);
    return count;
}
