#include "instruction_set.h"
#include "instruction_sets.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int can_run(const kd_instruction_set *set) {
#if defined(__x86_64__)
    if (set == &kd_avx512)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
            && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
            && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (set == &kd_avx2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
    return 1;
}

// Widest first.
static const kd_instruction_set *const sets[] = {
#if defined(__x86_64__)
    &kd_avx512, &kd_avx2,
#elif defined(__aarch64__)
    &kd_neon,
#endif
    &kd_portable,
};
enum { SET_COUNT = sizeof sets / sizeof *sets };

static _Atomic(const kd_instruction_set *) current;

int kd_select_instruction_set(const char *name) {
    for (int i = 0; i < SET_COUNT; i++)
        if (strcmp(sets[i]->name, name) == 0 && can_run(sets[i])) {
            atomic_store(&current, sets[i]);
            return 1;
        }
    return 0;
}

const kd_instruction_set *kd_current(void) {
    const kd_instruction_set *set = atomic_load_explicit(&current, memory_order_relaxed);
    if (set) return set;
    const char *wanted = getenv("KDBOOK_ISA");
    if (wanted && *wanted && !kd_select_instruction_set(wanted)) {
        fprintf(stderr, "KDBOOK_ISA=%s: this processor has no such path; the paths here are", wanted);
        for (int i = 0; i < SET_COUNT; i++)
            if (can_run(sets[i])) fprintf(stderr, " %s", sets[i]->name);
        fprintf(stderr, "\n");
        exit(2);
    }
    for (int i = 0; i < SET_COUNT && !(set = atomic_load(&current)); i++)
        if (can_run(sets[i])) atomic_store(&current, sets[i]);
    return set ? set : atomic_load(&current);
}

const char *kd_instruction_set_name(void) { return kd_current()->name; }

// What does not depend on the vector.

void kd_map(kd_function function, float *out, const float *in, long count) {
    kd_current()->map(function, out, in, count);
}
void kd_multiply_by_slope(kd_function function, float *gradient, const float *values, long count) {
    kd_current()->multiply_by_slope(function, gradient, values, count);
}
void kd_widen(float *out, const kd_pixels *pixels) {
    kd_current()->widen(out, pixels->width, pixels, 0, pixels->rows, 0, pixels->width);
}
void kd_widen_shifted(float *out, const uint8_t *image, long width, long height, long right, long down) {
    kd_current()->widen_shifted(out, image, width, height, right, down);
}
void kd_column_sums(float *sums, const float *matrix, long rows, long columns, long stride) {
    kd_current()->column_sums(sums, matrix, rows, columns, stride);
}
float kd_sum_of_products(const float *a, const float *b, long count) {
    return kd_current()->sum_of_products(a, b, count);
}
void kd_softmax(float *out, const float *x, long rows, long columns, float scale, int logarithm) {
    kd_current()->softmax(out, x, rows, columns, scale, logarithm);
}
void kd_evaluate_objective(const kd_objective *objective) { kd_current()->objective(objective); }
void kd_apply_update(
    const kd_update *update, float *weights, const float *gradient, float *first, float *second, long count) {
    kd_current()->update(update, weights, gradient, first, second, count);
}

void kd_first_largest(int32_t *out, const float *x, long rows, long columns) {
    for (long row = 0; row < rows; row++, x += columns) {
        int32_t best = 0;
        for (int32_t i = 1; i < columns; i++)
            if (x[i] > x[best]) best = i;
        out[row] = best;
    }
}
