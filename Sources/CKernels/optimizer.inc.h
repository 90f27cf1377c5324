// One pass over weights, gradient and state.

VECTOR void update_lanes(
    const kd_update *u, float *weights, const float *gradient, float *first, float *second, long lanes) {
    v16 w = v16_load_part(weights, lanes), g = v16_load_part(gradient, lanes);
    if (u->weight_decay != 0) g = v16_fma(v16_all(u->weight_decay), w, g);
    if (u->rule == KD_ADAM) {
        v16 m = v16_fma(v16_all(u->first_decay), v16_load_part(first, lanes), v16_mul(v16_all(u->first_share), g));
        v16 share = v16_mul(v16_mul(v16_all(u->second_share), g), g);
        v16 v = v16_fma(v16_all(u->second_decay), v16_load_part(second, lanes), share);
        v16 size = v16_fma(v16_sqrt(v), v16_all(u->second_correction), v16_all(u->epsilon));
        w = v16_fma(v16_all(-u->rate), v16_div(m, size), w);
        v16_store_part(first, v16_canonical(m), lanes);
        v16_store_part(second, v16_canonical(v), lanes);
    } else if (u->rule == KD_MOMENTUM) {
        v16 m = v16_fma(v16_all(u->first_decay), v16_load_part(first, lanes), g);
        w = v16_fma(v16_all(-u->rate), m, w);
        v16_store_part(first, v16_canonical(m), lanes);
    } else {
        w = v16_fma(v16_all(-u->rate), g, w);
    }
    v16_store_part(weights, v16_canonical(w), lanes);
}

static void update(
    const kd_update *u, float *weights, const float *gradient, float *first, float *second, long count) {
    long i = 0;
    for (; i + 16 <= count; i += 16) update_lanes(u, weights + i, gradient + i, first + i, second + i, 16);
    if (i < count) update_lanes(u, weights + i, gradient + i, first + i, second + i, count - i);
}

// Makes no column of `count` from `first` on longer than `bound`; eight vectors of columns at a time, so that a row is
// read in long pieces.
static void limit_column_norms(float *weights, long rows, long columns, long first, long count, float bound) {
    enum { VECTORS = 8 };
    for (long start = first; start < first + count; start += 16 * VECTORS) {
        long wide = first + count - start < 16 * VECTORS ? first + count - start : 16 * VECTORS;
        v16 scale[VECTORS];
        for (long i = 0; i < VECTORS; i++) scale[i] = v16_all(0);
        for (long row = 0; row < rows; row++)
            for (long i = 0; 16 * i < wide; i++) {
                long lanes = wide - 16 * i < 16 ? wide - 16 * i : 16;
                v16 w = v16_load_part(weights + row * columns + start + 16 * i, lanes);
                scale[i] = v16_fma(w, w, scale[i]);
            }
        int exceeded = 0;
        for (long i = 0; 16 * i < wide; i++) {
            v16 square = scale[i], limit = v16_all(bound * bound);
            if (v16_largest(v16_where_less(limit, square, v16_all(1), v16_all(0))) > 0) exceeded = 1;
            scale[i] = v16_where_less(limit, square, v16_div(v16_all(bound), v16_sqrt(square)), v16_all(1));
        }
        if (!exceeded) continue;
        for (long row = 0; row < rows; row++)
            for (long i = 0; 16 * i < wide; i++) {
                long lanes = wide - 16 * i < 16 ? wide - 16 * i : 16;
                float *w = weights + row * columns + start + 16 * i;
                v16_store_part(w, v16_canonical(v16_mul(v16_load_part(w, lanes), scale[i])), lanes);
            }
    }
}
