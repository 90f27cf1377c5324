// The product's micro-kernel: every element is one chain of fused multiply-adds over k, in order.

// What happens to sixteen elements after their chains: a sum of zero is +0, then the finish.
VECTOR v16 finish(kd_finish finish, v16 sum, const float *bias, const float *gate, float scale, long lanes) {
    v16 value = v16_add(sum, v16_all(0));
    if (finish == KD_ADD_BIAS || finish == KD_ADD_BIAS_RELU) value = v16_add(value, v16_load_part(bias, lanes));
    if (finish == KD_ADD_BIAS_RELU) value = v16_relu(value);
    if (finish == KD_GATE)
        value = v16_where_less(v16_all(0), v16_load_part(gate, lanes), v16_mul(value, v16_all(scale)), v16_all(0));
    return v16_canonical(value);
}

// R × 16·N elements of C. `a` is read in place, and so is `b` where its columns are whole vectors.
VECTOR void tile(const int R, const int N, const kd_tiles *t, const float *a, float *c, const float *gate) {
    enum { AHEAD = 10 };
    const long a_row = t->a_row, a_step = t->a_step, b_step = t->b_step, c_row = t->c_row, last = t->last;
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
        for (int n = 0; n < N; n++) {
            column[n] = v16_load(b + 16 * n);
            if (N == 3) __builtin_prefetch(b + AHEAD * b_step + 16 * n);
        }
#pragma GCC unroll 8
        for (int r = 0; r < R; r++) {
            v16 row = v16_all(a[r * a_row]);
#pragma GCC unroll 8
            for (int n = 0; n < N; n++) sum[r][n] = v16_fma(row, column[n], sum[r][n]);
        }
        a += a_step;
        b += b_step;
    }
#pragma GCC unroll 8
    for (int r = 0; r < R; r++)
#pragma GCC unroll 8
        for (int n = 0; n < N; n++) {
            const long lanes = n == N - 1 ? last : 16;
            v16 value = finish(
                t->finish, sum[r][n], t->bias + 16 * n, gate + r * t->gate_row + 16 * n, t->gate_scale, lanes);
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

#ifndef V16_HAS_TRANSPOSE
VECTOR void v16_transpose(v16 rows[16]) {
    float block[16][16];
    for (int i = 0; i < 16; i++) v16_store(block[i], rows[i]);
    for (int i = 0; i < 16; i++) {
        float column[16];
        for (int j = 0; j < 16; j++) column[j] = block[j][i];
        rows[i] = v16_load(column);
    }
}
#endif

static long at_most(long limit, long count) { return count < limit ? count : limit; }

// 16 columns of B whose numbers follow each other in memory.
static void pack_turned(float *out, long width, const float *b, long b_column, long depth, long columns) {
    for (long k = 0; k < depth; k += 16) {
        v16 block[16];
        long steps = at_most(16, depth - k);
        for (long j = 0; j < 16; j++)
            block[j] = j < columns ? v16_load_part(b + j * b_column + k, steps) : v16_all(0);
        v16_transpose(block);
        for (long i = 0; i < steps; i++) v16_store(out + (k + i) * width, block[i]);
    }
}

// Columns `first..<first + count` of B, k by k, padded with zeros to whole vectors.
static void pack(float *out, const kd_product *p, long first, long count) {
    enum { AHEAD = 12 };
    const long width = (count + 15) / 16 * 16;
    const float *b = p->b + first * p->b_column;
    if (p->b_column == 1) {
        for (long k = 0; k < p->depth; k++, b += p->b_step, out += width) {
            if (k + AHEAD < p->depth)
                for (long j = 0; j < count; j += 16) __builtin_prefetch(b + AHEAD * p->b_step + j);
            long j = 0;
            for (; j + 16 <= count; j += 16) v16_store(out + j, v16_load(b + j));
            if (j < count) v16_store(out + j, v16_load_part(b + j, count - j));
        }
    } else if (p->b_step == 1) {
        for (long j = 0; j < width; j += 16)
            pack_turned(out + j, width, b + j * p->b_column, p->b_column, p->depth, at_most(16, count - j));
    } else {
        for (long k = 0; k < p->depth; k++)
            for (long j = 0; j < width; j++)
                out[k * width + j] = j < count ? b[k * p->b_step + j * p->b_column] : 0;
    }
}

// The block's rows become columns of C, and go through the gate where there is one.
static void unload(
    const float *block, long block_row, long rows, long columns, float *c, long c_row, const kd_product *p, long first) {
    for (long row = 0; row < rows; row += 16)
        for (long column = 0; column < columns; column += 16) {
            v16 part[16];
            long height = at_most(16, rows - row), width = at_most(16, columns - column);
            for (long i = 0; i < 16; i++)
                part[i] = i < height ? v16_load_part(block + (row + i) * block_row + column, width) : v16_all(0);
            v16_transpose(part);
            for (long i = 0; i < width; i++) {
                v16 value = part[i];
                if (p->finish == KD_ADD_BIAS || p->finish == KD_ADD_BIAS_RELU)
                    value = v16_canonical(v16_add(value, v16_load_part(p->bias + first + row, height)));
                if (p->finish == KD_ADD_BIAS_RELU) value = v16_relu(value);
                if (p->finish == KD_GATE) {
                    const float *gate = p->gate + (column + i) * p->gate_row + first + row;
                    value = v16_where_less(
                        v16_all(0), v16_load_part(gate, height), v16_mul(value, v16_all(p->gate_scale)), v16_all(0));
                }
                v16_store_part(c + (column + i) * c_row + first + row, value, height);
            }
        }
}
