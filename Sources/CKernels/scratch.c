#include "scratch.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    float *memory;
    size_t count;
} buffer;

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
    void *memory = NULL;
    if (posix_memalign(&memory, 64, count * sizeof(float)) != 0) {
        fprintf(stderr, "out of memory: no room for %zu numbers\n", count);
        abort();
    }
    *mine = (buffer){memory, count};
    return memory;
}
