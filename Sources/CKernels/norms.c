#include "instruction_set.h"
#include "pool.h"
#include "update.h"

// Each task has columns of its own, so that threads never share a sum.
enum { TASK_COLUMNS = 128 };

typedef struct {
    float *weights;
    long rows, columns;
    float bound;
} norm_limit;

static void limit_block(void *context, long index) {
    const norm_limit *limit = context;
    long first = index * TASK_COLUMNS, count = limit->columns - first;
    if (count > TASK_COLUMNS) count = TASK_COLUMNS;
    kd_current()->limit_column_norms(limit->weights, limit->rows, limit->columns, first, count, limit->bound);
}

void kd_limit_column_norms(float *weights, long rows, long columns, float bound) {
    norm_limit limit = {weights, rows, columns, bound};
    kd_parallel(limit_block, &limit, (columns + TASK_COLUMNS - 1) / TASK_COLUMNS);
}
