#ifndef KDBOOK_ELEMENTARY_H
#define KDBOOK_ELEMENTARY_H

typedef enum { KD_EXP, KD_LOG, KD_TANH, KD_SIGMOID, KD_RELU } kd_function;

/// out[i] = function(in[i]); `out` may be `in`. A result that is not a number is 7FC00000.
void kd_map(kd_function function, float *out, const float *in, long count);

/// gradient[i] is multiplied by the derivative of KD_TANH, KD_SIGMOID or KD_RELU, given the function's values.
void kd_multiply_by_slope(kd_function function, float *gradient, const float *values, long count);

#endif
