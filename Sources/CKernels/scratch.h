// Memory that a thread keeps from one call to the next.
#ifndef KDBOOK_SCRATCH_H
#define KDBOOK_SCRATCH_H

#include <stddef.h>

// The last three are those of convolutions, whose tasks ask for products.
enum {
    KD_SCRATCH_SHARED,
    KD_SCRATCH_OWN,
    KD_SCRATCH_PIXELS,
    KD_SCRATCH_PATCHES,
    KD_SCRATCH_VALUES,
    KD_SCRATCH_PARTS,
    KD_SCRATCH_SLOTS
};

/// At least `count` floats, aligned to a cache line, uninitialised; the slot's earlier contents are lost.
float *kd_scratch(int slot, size_t count);

/// Frees the calling thread's memory.
void kd_free_scratch(void);

#endif
