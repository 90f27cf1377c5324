#ifndef KDBOOK_ROWS_H
#define KDBOOK_ROWS_H

#include <stdint.h>

#include "pixels.h"

/// out[r][i] = the number that pixel i of row r stands for, row by row without gaps.
void kd_widen(float *out, const kd_pixels *pixels);

/// One image, moved by (right, down) pixels; what comes in from outside is 0.
void kd_widen_shifted(float *out, const uint8_t *image, long width, long height, long right, long down);

/// sums[j] = (…((0 + m[0][j]) + m[1][j]) + …), over the rows in order.
void kd_column_sums(float *sums, const float *matrix, long rows, long columns, long stride);

/// Σ a[i]·b[i]: sixteen chains, chain l taking i = l, l + 16, …, by fused multiply-adds from +0; then chains
/// l and l + 8 are added, l and l + 4, l and l + 2, l and l + 1.
float kd_sum_of_products(const float *a, const float *b, long count);

/// Rows of softmax(scale·x), or of its logarithm. Sums over a row are in the order of `kd_sum_of_products`.
void kd_softmax(float *out, const float *x, long rows, long columns, float scale, int logarithm);

/// out[r] = the first place of the largest element of row r.
void kd_first_largest(int32_t *out, const float *x, long rows, long columns);

/// Zeroes element i of x where word i of the stream is below `threshold`, and multiplies the others by `scale`.
/// The stream is Philox4x32-10 with `key` (low word first) and counter (block, counter[0], counter[1], counter[2]).
void kd_drop(
    float *x, long count, uint32_t threshold, float scale, uint64_t key, const uint32_t counter[3]);

/// Losses and their gradients in the logits z of a batch, row by row:
///
///     loss = hard_weight·CE(label, softmax z) + soft_weight·KL(target ‖ softmax(z·inverse_temperature))
///     gradient = hard_gradient·(softmax z − onehot) + soft_gradient·(softmax(z·inverse_temperature) − target)
///
/// Row r is about sample order[r], or r where `order` is null; labels, targets and target_negentropy
/// (Σ target·ln target) are by sample. `targets` is null where there is no soft part, and hard_weight 0 where
/// there is no hard one. Sums over a row are in the order of `kd_sum_of_products`.
typedef struct {
    long rows, classes;
    const float *logits;
    const int32_t *order;
    const uint8_t *labels;
    const float *targets;
    const float *target_negentropy;
    float hard_weight, soft_weight, inverse_temperature;
    float hard_gradient, soft_gradient;
    float *gradient;
    float *losses;
    /// Room for 2·classes numbers.
    float *scratch;
} kd_objective;

void kd_evaluate_objective(const kd_objective *objective);

#endif
