// What one path through the kernels offers.
#ifndef KDBOOK_INSTRUCTION_SET_H
#define KDBOOK_INSTRUCTION_SET_H

#include <stdint.h>

#include "convolution.h"
#include "elementary.h"
#include "product.h"
#include "rows.h"
#include "skipping.h"

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

/// What leaving out zeros costs, in multiply-adds of the dense product by one vector.
typedef struct {
    /// For each term, left out or not: going from row to row and chunk to chunk; then for each that is not left out.
    double passing, term;
    /// Listing a number of A; packing a vector of B, and turning it where it lies across.
    double listing, packing, turning;
} kd_skip_costs;

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
    /// Blocks first ..< end of four elements each; see `kd_drop`.
    void (*drop)(
        float *x, long first, long end, uint32_t threshold, float scale, uint64_t key, const uint32_t counter[3]);
    float (*sum_of_products)(const float *a, const float *b, long count);
    void (*softmax)(float *out, const float *x, long rows, long columns, float scale, int logarithm);
    void (*objective)(const kd_objective *);
    void (*update)(const kd_update *, float *weights, const float *gradient, float *first, float *second, long count);
    /// Of `count` columns from `first` on.
    void (*limit_column_norms)(float *weights, long rows, long columns, long first, long count, float bound);
    /// An image's patches, each with a 1 behind it, and the sum of patches; `framed` has room for the image within its padding, and
    /// it and the patches for 16 numbers more.
    void (*unfold)(const kd_convolution *, const float *image, float *framed, float *patches);
    void (*fold)(const kd_convolution *, const float *patches, float *framed, float *image);
    /// The largest of an image's squares, and where they stood; and their numbers back at those places.
    void (*pool)(const kd_convolution *, const float *values, float *output, float *chosen);
    void (*unpool)(const kd_convolution *, const float *delta, const float *chosen, float *values);
    /// Lists up to sixteen rows of A; `room` has place for 2 · 16 · (depth + 16) numbers.
    void (*list_rows)(const kd_lists *, const kd_product *, long first_row, long rows, float *room);
    int (*all_finite)(const float *numbers, long count);
    void (*skip_rows)(const kd_skipping *);
    /// The widest panel of `skip_rows`, in vectors.
    long skip_vectors;
    kd_skip_costs skip_costs;
} kd_instruction_set;

extern const kd_instruction_set kd_avx512, kd_avx2, kd_neon, kd_portable;

/// The path in use.
const kd_instruction_set *kd_current(void);

#endif
