// Work on the rows of a matrix: pixels to numbers, softmax, objectives, sums.

#include <string.h>

static void widen(float *out, long out_row, const kd_pixels *p, long first_row, long rows, long first, long count) {
    enum { AHEAD = 12 };
    const v16 unit = v16_all(1.0f / 255.0f);
    for (long row = first_row; row < first_row + rows; row++, out += out_row) {
        if (row + AHEAD < p->rows + p->following) {
            const uint8_t *ahead = p->base + (long)p->order[row + AHEAD] * p->width + first;
            for (long i = 0; i < count; i += 64) __builtin_prefetch(ahead + i);
        }
        const uint8_t *from = p->base + (long)p->order[row] * p->width + first;
        long i = 0;
        for (; i + 16 <= count; i += 16) v16_store(out + i, v16_mul(v16_from_bytes(from + i), unit));
        for (; i < count; i++) out[i] = (float)from[i] * (1.0f / 255.0f);
    }
}

#ifndef V16_HAS_BYTE_TRANSPOSE
VECTOR void transpose_bytes(uint8_t block[16][16]) {
    for (int i = 0; i < 16; i++)
        for (int j = 0; j < i; j++) {
            uint8_t kept = block[i][j];
            block[i][j] = block[j][i];
            block[j][i] = kept;
        }
}
#endif

// As `widen` for whole rows, with rows as columns: out[i][r] is pixel i of row r, and 0 beyond the rows.
static void widen_turned(float *out, long out_row, const kd_pixels *p, long first_row, long rows) {
    enum { AHEAD = 12 };
    const v16 unit = v16_all(1.0f / 255.0f);
    for (long row = 0; row < rows; row += 16) {
        const uint8_t *from[16];
        for (long r = 0; r < 16; r++) {
            long place = first_row + row + r;
            from[r] = row + r < rows ? p->base + (long)p->order[place] * p->width : 0;
            if (place + AHEAD >= p->rows + p->following) continue;
            const uint8_t *ahead = p->base + (long)p->order[place + AHEAD] * p->width;
            for (long i = 0; i < p->width; i += 64) __builtin_prefetch(ahead + i);
        }
        for (long i = 0; i < p->width; i += 16) {
            uint8_t block[16][16] = {{0}};
            long count = p->width - i < 16 ? p->width - i : 16;
            for (long r = 0; r < 16; r++) {
                if (!from[r]) continue;
                // A copy of a known size needs no call.
                if (count == 16) memcpy(block[r], from[r] + i, 16);
                else memcpy(block[r], from[r] + i, (size_t)count);
            }
            transpose_bytes(block);
            for (long j = 0; j < count; j++)
                v16_store(out + (i + j) * out_row + row, v16_mul(v16_from_bytes(block[j]), unit));
        }
    }
}

static void widen_shifted(
    float *out, const uint8_t *image, long width, long height, long right, long down) {
    const v16 unit = v16_all(1.0f / 255.0f);
    // The columns that the image still covers.
    const long first = right > 0 ? right : 0, end = right < 0 ? width + right : width;
    for (long y = 0; y < height; y++, out += width) {
        memset(out, 0, (size_t)width * sizeof *out);
        const long line = y - down;
        if (line < 0 || line >= height) continue;
        const uint8_t *from = image + line * width - right;
        long x = first;
        for (; x + 16 <= end; x += 16) v16_store(out + x, v16_mul(v16_from_bytes(from + x), unit));
        for (; x < end; x++) out[x] = (float)from[x] * (1.0f / 255.0f);
    }
}

static void column_sums(float *sums, const float *matrix, long rows, long columns, long stride) {
    for (long column = 0; column < columns; column += 16) {
        long lanes = columns - column < 16 ? columns - column : 16;
        v16 sum = v16_all(0);
        for (long row = 0; row < rows; row++)
            sum = v16_add(sum, v16_load_part(matrix + row * stride + column, lanes));
        v16_store_part(sums + column, v16_canonical(sum), lanes);
    }
}

static float sum_of_products(const float *a, const float *b, long count) {
    v16 sum = v16_all(0);
    for (long i = 0; i < count; i += 16) {
        long lanes = count - i < 16 ? count - i : 16;
        sum = v16_fma(v16_load_part(a + i, lanes), v16_load_part(b + i, lanes), sum);
    }
    return v16_sum(v16_canonical(sum));
}

static float largest_of(const float *x, long count) {
    const v16 lowest = v16_all(-__builtin_inff());
    v16 largest = lowest;
    for (long i = 0; i < count; i += 16)
        largest = v16_max(v16_load_part_or(x + i, count - i < 16 ? count - i : 16, lowest), largest);
    return v16_largest(largest);
}

// out = exp(scale·(x − largest)) and the sum of it. A lane beyond the row holds −infinity: its exponential is 0.
static float exponentials(float *out, const float *x, long count, float largest, float scale) {
    const v16 lowest = v16_all(-__builtin_inff());
    v16 sum = v16_all(0);
    for (long i = 0; i < count; i += 16) {
        long lanes = count - i < 16 ? count - i : 16;
        v16 shifted = v16_sub(v16_load_part_or(x + i, lanes, lowest), v16_all(largest));
        v16 e = v16_exp(v16_mul(shifted, v16_all(scale)));
        v16_store_part(out + i, e, lanes);
        sum = v16_add(sum, e);
    }
    return v16_sum(sum);
}

static void softmax_row(float *out, const float *x, long count, float scale) {
    float sum = exponentials(out, x, count, largest_of(x, count), scale);
    for (long i = 0; i < count; i += 16) {
        long lanes = count - i < 16 ? count - i : 16;
        v16_store_part(out + i, v16_canonical(v16_div(v16_load_part(out + i, lanes), v16_all(sum))), lanes);
    }
}

static void log_softmax_row(float *out, const float *x, long count, float scale) {
    float largest = largest_of(x, count), log_sum = exponentials(out, x, count, largest, scale);
    map_log(&log_sum, &log_sum, 1);
    for (long i = 0; i < count; i += 16) {
        long lanes = count - i < 16 ? count - i : 16;
        v16 shifted = v16_mul(v16_sub(v16_load_part(x + i, lanes), v16_all(largest)), v16_all(scale));
        v16_store_part(out + i, v16_canonical(v16_sub(shifted, v16_all(log_sum))), lanes);
    }
}

static void softmax(float *out, const float *x, long rows, long columns, float scale, int logarithm) {
    for (long row = 0; row < rows; row++) {
        if (logarithm) log_softmax_row(out + row * columns, x + row * columns, columns, scale);
        else softmax_row(out + row * columns, x + row * columns, columns, scale);
    }
}

// One block of rows of an objective: gradients first, then all logarithms at once.
enum { OBJECTIVE_BLOCK = 64 };

// What a block of rows leaves for its losses: sums of exponentials, and what is taken off their logarithms.
typedef struct {
    float hard_sum[OBJECTIVE_BLOCK], soft_sum[OBJECTIVE_BLOCK];
    float hard_value[OBJECTIVE_BLOCK], soft_value[OBJECTIVE_BLOCK];
} objective_sums;

VECTOR v16 row_exponentials(const float *x, long lanes, v16 largest, v16 scale) {
    v16 shifted = v16_sub(v16_load_part_or(x, lanes, v16_all(-__builtin_inff())), largest);
    return v16_exp(v16_mul(shifted, scale));
}

// Sixteen lanes of the gradient, and their part of Σ target·(z − largest)·inverse_temperature.
VECTOR v16 gradient_lanes(
    const kd_objective *o, v16 hard, float hard_sum, v16 soft, float soft_sum, const float *target, const float *z,
    v16 largest, long lanes, v16 *dot) {
    v16 g = v16_all(0);
    if (o->hard_weight != 0) g = v16_mul(v16_div(hard, v16_all(hard_sum)), v16_all(o->hard_gradient));
    if (target) {
        v16 q = v16_load_part(target, lanes);
        g = v16_fma(v16_sub(v16_div(soft, v16_all(soft_sum)), q), v16_all(o->soft_gradient), g);
        v16 shifted = v16_sub(v16_load_part(z, lanes), largest);
        *dot = v16_fma(q, v16_mul(shifted, v16_all(o->inverse_temperature)), *dot);
    }
    return v16_canonical(g);
}

// A row of at most sixteen classes stays in registers.
VECTOR void narrow_row(
    const kd_objective *o, const float *z, const float *target, float *gradient, float largest_z, long r,
    objective_sums *sums, float *dot_sum) {
    const long classes = o->classes;
    const v16 largest = v16_all(largest_z), zero = v16_all(0);
    v16 hard = zero, soft = zero, dot = zero;
    if (o->hard_weight != 0) {
        hard = row_exponentials(z, classes, largest, v16_all(1));
        sums->hard_sum[r] = v16_sum(v16_add(zero, hard));
    }
    if (target) {
        soft = row_exponentials(z, classes, largest, v16_all(o->inverse_temperature));
        sums->soft_sum[r] = v16_sum(v16_add(zero, soft));
    }
    v16 g = gradient_lanes(
        o, hard, sums->hard_sum[r], soft, sums->soft_sum[r], target, z, largest, classes, &dot);
    v16_store_part(gradient, g, classes);
    *dot_sum = v16_sum(dot);
}

static void wide_row(
    const kd_objective *o, const float *z, const float *target, float *gradient, float largest_z, long r,
    objective_sums *sums, float *dot_sum) {
    const long classes = o->classes;
    float *hard = o->scratch, *soft = o->scratch + classes;
    v16 dot = v16_all(0);
    if (o->hard_weight != 0) sums->hard_sum[r] = exponentials(hard, z, classes, largest_z, 1);
    if (target) sums->soft_sum[r] = exponentials(soft, z, classes, largest_z, o->inverse_temperature);
    for (long i = 0; i < classes; i += 16) {
        long lanes = classes - i < 16 ? classes - i : 16;
        v16 g = gradient_lanes(
            o, v16_load_part(hard + i, lanes), sums->hard_sum[r], v16_load_part(soft + i, lanes), sums->soft_sum[r],
            target ? target + i : 0, z + i, v16_all(largest_z), lanes, &dot);
        v16_store_part(gradient + i, g, lanes);
    }
    *dot_sum = v16_sum(dot);
}

// Asks for what the samples of a block, anywhere in memory, have of their own.
static void ask_for_samples(const kd_objective *o, long first, long rows) {
    for (long row = first; row < first + rows; row++) {
        long sample = o->order[row];
        if (o->labels) __builtin_prefetch(o->labels + sample);
        if (!o->targets) continue;
        __builtin_prefetch(o->target_negentropy + sample);
        for (long i = 0; i < o->classes; i += 16) __builtin_prefetch(o->targets + sample * o->classes + i);
        __builtin_prefetch(o->targets + sample * o->classes + o->classes - 1);
    }
}

static void objective_block(const kd_objective *o, long first, long rows) {
    objective_sums sums;
    const long classes = o->classes;
    if (o->order) ask_for_samples(o, first, rows);
    for (long r = 0; r < rows; r++) {
        long row = first + r, sample = o->order ? o->order[row] : row;
        const float *z = o->logits + row * classes;
        const float *target = o->targets ? o->targets + sample * classes : 0;
        float *gradient = o->gradient + row * classes;
        float largest = largest_of(z, classes), dot;
        sums.hard_sum[r] = sums.soft_sum[r] = 1;
        sums.hard_value[r] = sums.soft_value[r] = 0;
        if (classes <= 16) narrow_row(o, z, target, gradient, largest, r, &sums, &dot);
        else wide_row(o, z, target, gradient, largest, r, &sums, &dot);
        if (o->hard_weight != 0) {
            uint8_t label = o->labels[sample];
            sums.hard_value[r] = z[label] - largest;
            gradient[label] -= o->hard_gradient;
        }
        if (target) sums.soft_value[r] = dot - o->target_negentropy[sample];
    }
    map_log(sums.hard_sum, sums.hard_sum, rows);
    map_log(sums.soft_sum, sums.soft_sum, rows);
    for (long r = 0; r < rows; r++)
        o->losses[first + r] = o->hard_weight * (sums.hard_sum[r] - sums.hard_value[r])
            + o->soft_weight * (sums.soft_sum[r] - sums.soft_value[r]);
}

static void objective(const kd_objective *o) {
    for (long row = 0; row < o->rows; row += OBJECTIVE_BLOCK)
        objective_block(o, row, o->rows - row < OBJECTIVE_BLOCK ? o->rows - row : OBJECTIVE_BLOCK);
}
