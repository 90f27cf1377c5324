// Dropout shared out among threads, and its last elements.
#include "instruction_set.h"
#include "philox.h"
#include "pool.h"

typedef struct {
    float *x;
    long blocks;
    uint32_t threshold;
    float scale;
    uint64_t key;
    const uint32_t *counter;
} work;

// Blocks of four elements that a thread takes at a time: some microseconds.
enum { TAKEN = 4096 };

static void drop_blocks(void *context, long index) {
    const work *w = context;
    const long first = index * TAKEN, end = first + TAKEN < w->blocks ? first + TAKEN : w->blocks;
    kd_current()->drop(w->x, first, end, w->threshold, w->scale, w->key, w->counter);
}

void kd_drop(float *x, long count, uint32_t threshold, float scale, uint64_t key, const uint32_t counter[3]) {
    work w = {
        .x = x, .blocks = count / 4, .threshold = threshold, .scale = scale, .key = key, .counter = counter};
    const long parts = (w.blocks + TAKEN - 1) / TAKEN;
    if (parts > 1) kd_parallel(drop_blocks, &w, parts);
    else if (parts == 1) drop_blocks(&w, 0);
    uint32_t words[4] = {(uint32_t)w.blocks, counter[0], counter[1], counter[2]};
    kd_philox4x32_10(words, (uint32_t)key, (uint32_t)(key >> 32));
    for (long j = 0; 4 * w.blocks + j < count; j++) {
        float *last = x + 4 * w.blocks + j;
        *last = words[j] < threshold ? 0 : *last * scale;
    }
}
