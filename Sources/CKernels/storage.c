#if defined(__linux__)
#define _GNU_SOURCE
#include <sys/mman.h>
#endif

#include "storage.h"
#include "scratch.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static const size_t HUGE_PAGE = (size_t)2 << 20;

typedef struct {
    float *memory;
    size_t count;
} buffer;

float *kd_allocate(size_t count) {
    size_t bytes = (count + 15) / 16 * 16 * sizeof(float);
    int large = bytes >= HUGE_PAGE;
    if (large) bytes = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    void *memory = NULL;
    if (posix_memalign(&memory, large ? HUGE_PAGE : 64, bytes) != 0) {
        fprintf(stderr, "out of memory: no room for %zu numbers\n", count);
        abort();
    }
#if defined(__linux__)
    // Advice: without it the numbers are the same.
    if (large) madvise(memory, bytes, MADV_HUGEPAGE);
#endif
    return memory;
}

static _Thread_local buffer buffers[KD_SCRATCH_SLOTS];
static pthread_key_t at_exit;
static pthread_once_t once = PTHREAD_ONCE_INIT;

void kd_free_scratch(void) {
    for (int slot = 0; slot < KD_SCRATCH_SLOTS; slot++) {
        free(buffers[slot].memory);
        buffers[slot] = (buffer){0};
    }
}

static void thread_ends(void *ignored) {
    (void)ignored;
    kd_free_scratch();
}

static void make_key(void) { pthread_key_create(&at_exit, thread_ends); }

float *kd_scratch(int slot, size_t count) {
    buffer *mine = &buffers[slot];
    if (mine->count >= count) return mine->memory;
    pthread_once(&once, make_key);
    pthread_setspecific(at_exit, buffers);
    free(mine->memory);
    *mine = (buffer){kd_allocate(count), count};
    return mine->memory;
}
