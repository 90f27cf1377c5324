// What one path through the kernels offers.
#ifndef KDBOOK_INSTRUCTION_SET_H
#define KDBOOK_INSTRUCTION_SET_H

#include <stdint.h>

#include "elementary.h"
#include "product.h"
#include "rows.h"

/// Rows of C against one packed panel of B.
typedef struct {
    long rows, depth;
    const float *a;
    long a_row, a_step;
    const float *b;
    long b_step;
    /// The panel's width in vectors of 16, and how many lanes of the last one are columns.
    long vectors, last;
    float *c;
    long c_row;
    int accumulate;
    kd_finish finish;
    const float *bias;
    const float *gate;
    long gate_row;
    float gate_scale;
} kd_tiles;

typedef struct {
    const char *name;
    /// Rows and columns of a tile, and rows of C that one task takes.
    long tile_rows, tile_columns, block_rows;
    void (*tiles)(const kd_tiles *);
    void (*pack)(float *out, const kd_product *, long first, long count);
    void (*unload)(
        const float *block, long block_row, long rows, long columns, float *c, long c_row, const kd_product *,
        long first);
    void (*map)(kd_function, float *out, const float *in, long count);
    void (*multiply_by_slope)(kd_function, float *gradient, const float *values, long count);
    /// `count` columns from `first` on, of `rows` rows from `first_row` on.
    void (*widen)(float *out, long out_row, const kd_pixels *, long first_row, long rows, long first, long count);
    /// The pixels of `rows` rows from `first_row` on, rows as columns, padded to whole vectors.
    void (*widen_turned)(float *out, long out_row, const kd_pixels *, long first_row, long rows);
    void (*widen_shifted)(float *out, const uint8_t *image, long width, long height, long right, long down);
    void (*column_sums)(float *sums, const float *matrix, long rows, long columns, long stride);
    float (*sum_of_products)(const float *a, const float *b, long count);
    void (*softmax)(float *out, const float *x, long rows, long columns, float scale, int logarithm);
    void (*objective)(const kd_objective *);
    void (*update)(const kd_update *, float *weights, const float *gradient, float *first, float *second, long count);
    /// Of `count` columns from `first` on.
    void (*limit_column_norms)(float *weights, long rows, long columns, long first, long count, float bound);
} kd_instruction_set;

extern const kd_instruction_set kd_avx512, kd_avx2, kd_neon, kd_portable;

/// The path in use.
const kd_instruction_set *kd_current(void);

#endif
