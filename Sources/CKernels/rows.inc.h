// Work on the rows of a matrix: pixels to numbers, softmax, objectives, sums.

static void widen(float *out, const uint8_t *pixels, const int32_t *order, long rows, long width) {
    const v16 unit = v16_all(1.0f / 255.0f);
    for (long row = 0; row < rows; row++) {
        if (row + 4 < rows) {
            const uint8_t *ahead = pixels + (long)order[row + 4] * width;
            for (long i = 0; i < width; i += 64) __builtin_prefetch(ahead + i);
        }
        const uint8_t *from = pixels + (long)order[row] * width;
        float *to = out + row * width;
        long i = 0;
        for (; i + 16 <= width; i += 16) v16_store(to + i, v16_mul(v16_from_bytes(from + i), unit));
        for (; i < width; i++) to[i] = (float)from[i] * (1.0f / 255.0f);
    }
}

static void widen_shifted(
    float *out, const uint8_t *image, long width, long height, long right, long down) {
    for (long y = 0; y < height; y++)
        for (long x = 0; x < width; x++) {
            long column = x - right, line = y - down;
            int inside = column >= 0 && column < width && line >= 0 && line < height;
            out[y * width + x] = inside ? (float)image[line * width + column] * (1.0f / 255.0f) : 0;
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

// One block of at most BLOCK rows of an objective: gradients first, then all logarithms at once.
enum { OBJECTIVE_BLOCK = 64 };

static void objective_block(const kd_objective *o, long first, long rows) {
    float hard_sum[OBJECTIVE_BLOCK], soft_sum[OBJECTIVE_BLOCK], hard_value[OBJECTIVE_BLOCK], soft_value[OBJECTIVE_BLOCK];
    long classes = o->classes;
    for (long r = 0; r < rows; r++) {
        long row = first + r, sample = o->order ? o->order[row] : row;
        const float *z = o->logits + row * classes;
        const float *target = o->targets ? o->targets + sample * classes : 0;
        float *gradient = o->gradient + row * classes;
        float largest = largest_of(z, classes);
        hard_sum[r] = soft_sum[r] = 1;
        hard_value[r] = soft_value[r] = 0;
        float soft_share = 0, hard_share = 0;
        float *hard = o->scratch, *soft = o->scratch;
        if (o->hard_weight != 0) {
            hard_sum[r] = exponentials(hard, z, classes, largest, 1);
            hard_value[r] = z[o->labels[sample]] - largest;
            hard_share = o->hard_gradient;
        }
        if (target) {
            if (o->hard_weight != 0 && o->inverse_temperature == 1) soft_sum[r] = hard_sum[r];
            else {
                soft = o->scratch + classes;
                soft_sum[r] = exponentials(soft, z, classes, largest, o->inverse_temperature);
            }
            soft_share = o->soft_gradient;
        }
        v16 dot = v16_all(0);
        for (long i = 0; i < classes; i += 16) {
            long lanes = classes - i < 16 ? classes - i : 16;
            v16 g = v16_all(0);
            if (hard_share != 0)
                g = v16_mul(v16_div(v16_load_part(hard + i, lanes), v16_all(hard_sum[r])), v16_all(hard_share));
            if (target) {
                v16 q = v16_load_part(target + i, lanes);
                v16 p = v16_div(v16_load_part(soft + i, lanes), v16_all(soft_sum[r]));
                g = v16_fma(v16_sub(p, q), v16_all(soft_share), g);
                v16 shifted = v16_sub(v16_load_part(z + i, lanes), v16_all(largest));
                dot = v16_fma(q, v16_mul(shifted, v16_all(o->inverse_temperature)), dot);
            }
            v16_store_part(gradient + i, v16_canonical(g), lanes);
        }
        if (hard_share != 0) gradient[o->labels[sample]] -= hard_share;
        if (target) soft_value[r] = v16_sum(dot) - o->target_negentropy[sample];
    }
    map_log(hard_sum, hard_sum, rows);
    map_log(soft_sum, soft_sum, rows);
    for (long r = 0; r < rows; r++)
        o->losses[first + r] =
            o->hard_weight * (hard_sum[r] - hard_value[r]) + o->soft_weight * (soft_sum[r] - soft_value[r]);
}

static void objective(const kd_objective *o) {
    for (long row = 0; row < o->rows; row += OBJECTIVE_BLOCK)
        objective_block(o, row, o->rows - row < OBJECTIVE_BLOCK ? o->rows - row : OBJECTIVE_BLOCK);
}
