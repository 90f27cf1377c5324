// The product's micro-kernel: every element is one chain of fused multiply-adds over k, in order.

// R × 16·N elements of C. `a` is read in place, `b` is a packed panel of 16·N columns.
VECTOR void tile(const int R, const int N, const kd_tiles *t, const float *a, float *c, const float *gate) {
    const long a_row = t->a_row, a_step = t->a_step, c_row = t->c_row, last = t->last;
    const float *b = t->b;
    v16 sum[TILE_ROWS][TILE_VECTORS];
#pragma GCC unroll 8
    for (int r = 0; r < R; r++)
#pragma GCC unroll 8
        for (int n = 0; n < N; n++)
            sum[r][n] = !t->accumulate ? v16_all(0)
                        : n == N - 1   ? v16_load_part(c + r * c_row + 16 * n, last)
                                       : v16_load(c + r * c_row + 16 * n);
    for (long k = 0; k < t->depth; k++) {
        v16 column[TILE_VECTORS];
#pragma GCC unroll 8
        for (int n = 0; n < N; n++) column[n] = v16_load(b + 16 * n);
#pragma GCC unroll 8
        for (int r = 0; r < R; r++) {
            v16 row = v16_all(a[r * a_row]);
#pragma GCC unroll 8
            for (int n = 0; n < N; n++) sum[r][n] = v16_fma(row, column[n], sum[r][n]);
        }
        a += a_step;
        b += 16 * N;
    }
#pragma GCC unroll 8
    for (int r = 0; r < R; r++)
#pragma GCC unroll 8
        for (int n = 0; n < N; n++) {
            const long lanes = n == N - 1 ? last : 16;
            v16 value = sum[r][n];
            if (t->finish == KD_ADD_BIAS || t->finish == KD_ADD_BIAS_RELU)
                value = v16_add(value, v16_load_part(t->bias + 16 * n, lanes));
            if (t->finish == KD_ADD_BIAS_RELU) value = v16_relu(value);
            if (t->finish == KD_GATE)
                value = v16_where_less(
                    v16_all(0), v16_load_part(gate + r * t->gate_row + 16 * n, lanes),
                    v16_mul(value, v16_all(t->gate_scale)), v16_all(0));
            value = v16_canonical(value);
            if (lanes == 16) v16_store(c + r * c_row + 16 * n, value);
            else v16_store_part(c + r * c_row + 16 * n, value, lanes);
        }
}

#define TILE(R, N)                                                                                            \
    case (R) * 4 + (N): tile(R, N, t, a, c, gate); break;
#if TILE_VECTORS == 3
#define TILES(R) TILE(R, 1) TILE(R, 2) TILE(R, 3)
#else
#define TILES(R) TILE(R, 1)
#endif

static void tiles(const kd_tiles *t) {
    for (long row = 0; row < t->rows; row += TILE_ROWS) {
        const float *a = t->a + row * t->a_row;
        float *c = t->c + row * t->c_row;
        const float *gate = t->gate ? t->gate + row * t->gate_row : 0;
        long rows = t->rows - row < TILE_ROWS ? t->rows - row : TILE_ROWS;
        switch (rows * 4 + t->vectors) {
            TILES(1)
            TILES(2)
#if TILE_ROWS >= 6
            TILES(3)
            TILES(4)
            TILES(5)
            TILES(6)
#endif
#if TILE_ROWS >= 8
            TILES(7)
            TILES(8)
#endif
        }
    }
}

// Columns `first..<first + count` of B, k by k, padded with zeros to whole vectors.
static void pack(float *out, const kd_product *p, long first, long count) {
    const long width = (count + 15) / 16 * 16;
    const float *b = p->b + first * p->b_column;
    if (p->b_column == 1) {
        for (long k = 0; k < p->depth; k++, b += p->b_step, out += width) {
            long j = 0;
            for (; j + 16 <= count; j += 16) v16_store(out + j, v16_load(b + j));
            if (j < count) v16_store(out + j, v16_load_part(b + j, count - j));
        }
        return;
    }
    for (long k = 0; k < p->depth; k++) {
        for (long j = 0; j < count; j++) out[k * width + j] = b[k * p->b_step + j * p->b_column];
        for (long j = count; j < width; j++) out[k * width + j] = 0;
    }
}
