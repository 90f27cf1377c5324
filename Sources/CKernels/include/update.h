#ifndef KDBOOK_UPDATE_H
#define KDBOOK_UPDATE_H

typedef enum { KD_DESCENT, KD_MOMENTUM, KD_ADAM } kd_rule;

/// A step of an optimiser for weight w, gradient g and state m, v, element by element.
///
///     g = fma(weight_decay, w, g)                              where weight_decay is not 0
///     descent:   w = fma(-rate, g, w)
///     momentum:  m = fma(first_decay, m, g);  w = fma(-rate, m, w)
///     Adam:      m = fma(first_decay, m, first_share·g)
///                v = fma(second_decay, v, (second_share·g)·g)
///                w = fma(-rate, m / fma(√v, second_correction, epsilon), w)
///
/// For Adam at step t: rate = η / (1 − β₁ᵗ), second_correction = 1 / √(1 − β₂ᵗ).
/// Source: Kingma, Ba, "Adam: a method for stochastic optimization", ICLR 2015.
typedef struct {
    kd_rule rule;
    float rate, weight_decay;
    float first_decay, first_share;
    float second_decay, second_share, second_correction, epsilon;
} kd_update;

/// Applies the update to `count` weights; `first` and `second` may be null where the rule has no such state.
void kd_apply_update(
    const kd_update *update, float *weights, const float *gradient, float *first, float *second, long count);

/// Makes no column of a rows × columns matrix longer than `bound`. For column j with
///
///     square = (…(fma(w[0][j], w[0][j], 0)…), over the rows in order
///
/// w[i][j] becomes w[i][j] · (bound / √square) where square > bound · bound, and stays where it is not.
/// Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, "Dropout", JMLR 15 (2014), section 5.1.
void kd_limit_column_norms(float *weights, long rows, long columns, float bound);

#endif
