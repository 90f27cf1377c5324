#ifndef KDBOOK_CONVOLUTION_H
#define KDBOOK_CONVOLUTION_H

#include "elementary.h"

/// A layer that slides filters over images, and keeps the largest number of each square of what they give.
///
/// An image is height × width × channels numbers, those of one place side by side. A patch is what the kernel covers at one place:
/// kernel × kernel × channels numbers. There are
///
///     (height + 2·padding − kernel) / stride + 1    rows of places, rounded down, and as many columns for the width;
///
/// what lies outside of the image is 0. Where pool is above 1, the places are cut into squares of that side, and what is left at the
/// right and below is dropped.
typedef struct {
    long height, width, channels;
    long kernel, stride, padding;
    long filters;
    long pool;
} kd_convolution;

/// The numbers of an image's places, before pooling, and after it.
long kd_places(const kd_convolution *shape);
long kd_pooled_places(const kd_convolution *shape);

/// What the layer gives for `images` images.
///
///     sum = the product of a patch with `weights` (kernel·kernel·channels × filters), + bias[filter]
///     value = function(sum), where there is a function
///     output = the largest value of a square, the first where several are equal; a NaN where there is one
///
/// `output` has pooled places × filters numbers an image. `chosen`, as many, says which place of its square each came from, counted
/// row by row; it may be null, and is not looked at where pool is 1.
void kd_convolve(
    const kd_convolution *shape, long images, const float *input, const float *weights, const float *bias,
    const kd_function *function, float *output, float *chosen);

/// The gradients, from `delta`, that of what `kd_convolve` would give without the function: pooled places × filters an image.
///
/// `gradient` has that of the weights and behind it that of the bias. Each is the sum, from +0 and in order, of parts of eight images;
/// a part is one chain `sum = fma(patch element, delta, sum)` over the places of its images in order, from +0, then + 0; for the
/// bias the patch's element is 1. `input_gradient` may be null; its element is the sum, from +0 and over the places in order, of what
/// the patches that hold it get: an element of delta·weightsᵀ.
void kd_convolution_gradient(
    const kd_convolution *shape, long images, const float *input, const float *weights, const float *delta,
    const float *chosen, float *gradient, float *input_gradient);

#endif
