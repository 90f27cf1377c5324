// Runs every kernel on fixed data and prints a digest of all bits for each path that this processor can run.
#include "CKernels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t hash;

static void add(const void *memory, size_t bytes) {
    const uint8_t *p = memory;
    for (size_t i = 0; i < bytes; i++) hash = (hash ^ p[i]) * 0x100000001B3;
}

static uint32_t block_number;

// Numbers from Philox: everyday ones, or any bits at all.
static void fill(float *x, long count, int anything) {
    for (long i = 0; i < count; i += 4) {
        uint32_t words[4] = {block_number++, 1, 2, 3};
        kd_philox4x32_10(words, 4, 5);
        for (long j = 0; j < 4 && i + j < count; j++) {
            if (anything) memcpy(&x[i + j], &words[j], sizeof(float));
            else x[i + j] = (float)(int32_t)words[j] * 0x1p-30f;
        }
    }
}

static float *numbers(long count, int anything) {
    float *x = kd_allocate((size_t)count + 64);
    fill(x, count, anything);
    return x;
}

// Sets all but every third of the numbers to one zero or the other, as units that are off.
static void thin(float *x, long count) {
    for (long i = 0; i < count; i++)
        if (i % 3) x[i] = i % 2 ? 0.0f : -0.0f;
}

static void products(void) {
    static const long shapes[][3] = {
        {1, 1, 1}, {3, 17, 5}, {8, 48, 33}, {7, 50, 64}, {25, 130, 20}, {128, 300, 200}, {300, 10, 64}, {40, 900, 310},
    };
    for (int s = 0; s < (int)(sizeof shapes / sizeof *shapes); s++)
        for (int form = 0; form < 3; form++)
            for (int finish = 0; finish < 4; finish++)
                for (int anything = 0; anything < 2; anything++) {
                    long rows = shapes[s][0], columns = shapes[s][1], depth = shapes[s][2];
                    float *a = numbers(rows * depth, anything), *b = numbers(depth * columns, anything);
                    if (finish % 2) thin(a, rows * depth);
                    float *c = numbers(rows * columns, 0), *gate = numbers(rows * columns, 0), *bias = numbers(columns, 0);
                    kd_product p = {
                        .rows = rows, .columns = columns, .depth = depth,
                        .a = a, .a_row = form == 1 ? 1 : depth, .a_step = form == 1 ? rows : 1,
                        .b = b, .b_step = form == 2 ? 1 : columns, .b_column = form == 2 ? depth : 1,
                        .c = c, .c_row = columns, .accumulate = s & 1,
                        .finish = (kd_finish)finish, .bias = bias,
                        .gate = gate, .gate_row = columns, .gate_scale = 1.25f,
                    };
                    kd_multiply(&p);
                    add(c, (size_t)(rows * columns) * sizeof *c);
                    free(a); free(b); free(c); free(gate); free(bias);
                }
}

static void functions(void) {
    enum { COUNT = 100003 };
    for (int anything = 0; anything < 2; anything++) {
        float *x = numbers(COUNT, anything), *y = numbers(COUNT, 0), *out = numbers(COUNT, 0);
        for (int f = KD_EXP; f <= KD_RELU; f++) {
            kd_map((kd_function)f, out, x, COUNT);
            add(out, COUNT * sizeof *out);
            kd_multiply_by_slope((kd_function)f, out, y, COUNT);
            add(out, COUNT * sizeof *out);
        }
        float sum = kd_sum_of_products(x, y, COUNT);
        add(&sum, sizeof sum);
        kd_column_sums(out, x, 300, 37, 40);
        add(out, 37 * sizeof *out);
        for (int logarithm = 0; logarithm < 2; logarithm++)
            for (long columns = 1; columns < 40; columns++) {
                kd_softmax(out, x, 20, columns, 0.25f, logarithm);
                add(out, (size_t)(20 * columns) * sizeof *out);
            }
        free(x); free(y); free(out);
    }
}

// Products of which one factor is bytes, for layers of few and of many units.
static void pixels(void) {
    enum { IMAGES = 60, PIXELS = 300, BATCH = 45 };
    static const long widths[] = {1, 10, 16, 17, 40, 900};
    float *raw = numbers(IMAGES * PIXELS / 4, 1);
    int32_t order[BATCH];
    for (int i = 0; i < BATCH; i++) order[i] = i * 7 % IMAGES;
    kd_pixels images = {(const uint8_t *)raw, order, BATCH, PIXELS, 0};
    for (int i = 0; i < 6; i++)
        for (int finish = 0; finish < 3; finish++) {
            long units = widths[i];
            float *w = numbers(PIXELS * units, 0), *c = numbers(BATCH * units, 0), *bias = numbers(units, 0);
            kd_product forward = {.rows = BATCH, .columns = units, .depth = PIXELS, .pixels = &images, .b = w,
                                  .b_step = units, .b_column = 1, .c = c, .c_row = units,
                                  .finish = (kd_finish)finish, .bias = bias};
            kd_multiply(&forward);
            add(c, (size_t)(BATCH * units) * sizeof *c);
            kd_product gradient = {.rows = PIXELS, .columns = units, .depth = BATCH, .pixels = &images,
                                   .pixels_turned = 1, .b = c, .b_step = units, .b_column = 1};
            kd_update descent = {.rule = KD_DESCENT, .rate = 0.1f};
            kd_multiply_and_update(&gradient, &descent, w, 0, 0);
            add(w, (size_t)(PIXELS * units) * sizeof *w);
            free(w); free(c); free(bias);
        }
    free(raw);
}

// Some steps of 784-40-10 with dropout, Adam and distillation, from bytes.
static void training(void) {
    enum { IMAGES = 200, PIXELS = 784, UNITS = 40, CLASSES = 10, BATCH = 50 };
    float *raw = numbers(IMAGES * PIXELS / 4, 1), *targets = numbers(IMAGES * CLASSES, 0);
    float *negentropy = numbers(IMAGES, 0), *w1 = numbers(PIXELS * UNITS, 0), *w2 = numbers(UNITS * CLASSES, 0);
    float *hidden = numbers(BATCH * UNITS, 0), *delta1 = numbers(BATCH * UNITS, 0);
    float *logits = numbers(BATCH * CLASSES, 0), *delta2 = numbers(BATCH * CLASSES, 0), *losses = numbers(BATCH, 0);
    float *bias = numbers(UNITS, 0), *scratch = numbers(2 * CLASSES, 0);
    float *state = kd_allocate(4 * PIXELS * UNITS);
    memset(state, 0, 4 * PIXELS * UNITS * sizeof *state);
    for (long i = 0; i < PIXELS * UNITS; i++) w1[i] *= 0.05f;
    kd_softmax(targets, targets, IMAGES, CLASSES, 0.5f, 0);
    int32_t order[IMAGES];
    uint8_t labels[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
        order[i] = i * 77 % IMAGES;
        labels[i] = (uint8_t)(i * 7 % CLASSES);
    }
    for (int step = 0; step < 8; step++) {
        kd_pixels pixels = {(const uint8_t *)raw, order + step % 4 * BATCH, BATCH, PIXELS, 0};
        kd_product forward1 = {.rows = BATCH, .columns = UNITS, .depth = PIXELS, .pixels = &pixels, .b = w1,
                               .b_step = UNITS, .b_column = 1, .c = hidden, .c_row = UNITS,
                               .finish = KD_ADD_BIAS_RELU, .bias = bias};
        kd_multiply(&forward1);
        uint32_t counter[3] = {(uint32_t)step, 0, 9};
        kd_drop(hidden, BATCH * UNITS, 1u << 30, 4 / 3.0f, 6, counter);
        kd_product forward2 = {.rows = BATCH, .columns = CLASSES, .depth = UNITS, .a = hidden, .a_row = UNITS,
                               .a_step = 1, .b = w2, .b_step = CLASSES, .b_column = 1, .c = logits, .c_row = CLASSES};
        kd_multiply(&forward2);
        kd_objective objective = {.rows = BATCH, .classes = CLASSES, .logits = logits, .order = pixels.order,
                                  .labels = labels, .targets = targets, .target_negentropy = negentropy,
                                  .hard_weight = 0.1f, .soft_weight = 14.4f, .inverse_temperature = 0.25f,
                                  .hard_gradient = 0.002f, .soft_gradient = 0.072f, .gradient = delta2,
                                  .losses = losses, .scratch = scratch};
        kd_evaluate_objective(&objective);
        kd_product back = {.rows = BATCH, .columns = UNITS, .depth = CLASSES, .a = delta2, .a_row = CLASSES,
                           .a_step = 1, .b = w2, .b_step = 1, .b_column = CLASSES, .c = delta1, .c_row = UNITS,
                           .finish = KD_GATE, .gate = hidden, .gate_row = UNITS, .gate_scale = 4 / 3.0f};
        kd_multiply(&back);
        kd_update adam = {KD_ADAM, 0.01f, 0.001f, 0.9f, 0.1f, 0.999f, 0.001f, 1.5f, 1e-8f};
        kd_product gradient2 = {.rows = UNITS, .columns = CLASSES, .depth = BATCH, .a = hidden, .a_row = 1,
                                .a_step = UNITS, .b = delta2, .b_step = CLASSES, .b_column = 1};
        kd_multiply_and_update(&gradient2, &adam, w2, state, state + UNITS * CLASSES);
        kd_product gradient1 = {.rows = PIXELS, .columns = UNITS, .depth = BATCH, .pixels = &pixels,
                                .pixels_turned = 1, .b = delta1, .b_step = UNITS, .b_column = 1};
        kd_multiply_and_update(&gradient1, &adam, w1, state + PIXELS * UNITS, state + 2 * PIXELS * UNITS);
        kd_limit_column_norms(w1, PIXELS, UNITS, 12.0f);
        kd_column_sums(bias, delta1, BATCH, UNITS, UNITS);
        add(losses, BATCH * sizeof *losses);
    }
    add(w1, PIXELS * UNITS * sizeof *w1);
    add(w2, UNITS * CLASSES * sizeof *w2);
    add(state, 4 * PIXELS * UNITS * sizeof *state);
    free(raw); free(targets); free(negentropy); free(w1); free(w2); free(hidden); free(delta1); free(logits);
    free(delta2); free(losses); free(bias); free(scratch); free(state);
}

int main(void) {
    static const struct {
        const char *name;
        void (*run)(void);
    } parts[] = {{"products", products}, {"functions", functions}, {"pixels", pixels}, {"training", training}};
    static const struct {
        const char *name;
        kd_zeros choice;
    } choices[] = {{"auto", KD_ZEROS_AUTO}, {"skip", KD_ZEROS_SKIP}, {"dense", KD_ZEROS_DENSE}};
    static const char *const paths[] = {"avx512", "avx2", "neon", "portable"};
    for (int n = 0; n < 4; n++) {
        if (!kd_select_instruction_set(paths[n])) continue;
        for (int zeros = 0; zeros < 3; zeros++) {
            kd_select_zeros(choices[zeros].choice);
            for (int part = 0; part < 4; part++) {
                hash = 0xCBF29CE484222325;
                block_number = 0;
                parts[part].run();
                printf("%s %016llx %s %s\n", parts[part].name, (unsigned long long)hash, paths[n], choices[zeros].name);
            }
        }
    }
    return 0;
}
