#ifndef KDBOOK_PRODUCT_H
#define KDBOOK_PRODUCT_H

#include "pixels.h"
#include "update.h"

/// What happens to an element of a product after its chain of fused multiply-adds.
typedef enum {
    KD_PLAIN,
    /// c + bias[j]
    KD_ADD_BIAS,
    /// c + bias[j], and 0 where that is below 0
    KD_ADD_BIAS_RELU,
    /// c · gate_scale where gate[i][j] > 0, and 0 elsewhere
    KD_GATE,
} kd_finish;

/// C = A·B, or C + A·B, for any strides of A and B.
///
/// Element (i, j) is the chain `sum = fma(a[i][k], b[k][j], sum)` for k = 0, 1, …, depth − 1, from +0 or from
/// c[i][j], then the finish, each of whose operations rounds once. A result that is not a number is 7FC00000.
typedef struct {
    long rows, columns, depth;
    /// a[i][k] is a[i * a_row + k * a_step].
    const float *a;
    long a_row, a_step;
    /// Where not null, A is these pixels' rows, or their columns where `pixels_turned` is set, instead of `a`.
    const kd_pixels *pixels;
    int pixels_turned;
    /// b[k][j] is b[k * b_step + j * b_column].
    const float *b;
    long b_step, b_column;
    /// c[i][j] is c[i * c_row + j]; C overlaps neither A nor B.
    float *c;
    long c_row;
    int accumulate;
    kd_finish finish;
    const float *bias;
    const float *gate;
    long gate_row;
    float gate_scale;
} kd_product;

void kd_multiply(const kd_product *product);

/// Computes the product as a gradient of `weights` (rows × columns, without gaps) and applies the update to each
/// block of rows while it is near; `c`, `accumulate` and `finish` are ignored. Equal, bit for bit, to the product
/// followed by `kd_apply_update`.
void kd_multiply_and_update(
    const kd_product *product, const kd_update *update, float *weights, float *first, float *second);

#endif
