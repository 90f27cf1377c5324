#ifndef KDBOOK_STORAGE_H
#define KDBOOK_STORAGE_H

#include <stddef.h>

/// Room for at least `count` floats, aligned to a cache line, on large pages where there are such and the room is
/// large; to be freed by free(). Ends the process where there is no memory.
float *kd_allocate(size_t count);

#endif
