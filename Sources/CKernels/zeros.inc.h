// Products without their zeros: each row of A is a list of numbers and places, and every element of C is the chain of
// fused multiply-adds over that list.

#ifndef V16_HAS_KEEP
// Writes the lanes that are not zero and their places from `first` on, and returns how many there are; what lies up to
// sixteen entries further on is lost.
VECTOR long v16_keep(float *values, int32_t *places, v16 x, int32_t first) {
    float lanes[16];
    long count = 0;
    v16_store(lanes, x);
    for (int32_t lane = 0; lane < 16; lane++) {
        values[count] = lanes[lane];
        places[count] = first + lane;
        count += lanes[lane] != 0;
    }
    return count;
}
#endif

// Lists a row of A from entry 0 of the row's room on.
static void list_row(const kd_lists *l, long row, const float *numbers, long depth) {
    float *values = l->values + row * l->room;
    int32_t *places = l->places + row * l->room, *starts = l->starts + row * (l->chunks + 1);
    long count = 0;
    for (long chunk = 0; chunk < l->chunks; chunk++) {
        starts[chunk] = (int32_t)count;
        const float *from = numbers + chunk * l->length;
        long length = at_most(l->length, depth - chunk * l->length);
        for (long k = 0; k < length; k += 16)
            count += v16_keep(
                values + count, places + count, v16_load_part(from + k, at_most(16, length - k)), (int32_t)k);
    }
    starts[l->chunks] = (int32_t)count;
}

// Sixteen columns become rows: out[i][k] = from[k * step + i].
static void turn_columns(float *out, long out_row, const float *from, long step, long depth, long columns) {
    for (long k = 0; k < depth; k += 16) {
        v16 block[16];
        long steps = at_most(16, depth - k);
        for (long i = 0; i < 16; i++)
            block[i] = i < steps ? v16_load_part(from + (k + i) * step, columns) : v16_all(0);
        v16_transpose(block);
        for (long i = 0; i < columns; i++) v16_store(out + i * out_row + k, block[i]);
    }
}

// Lists up to sixteen rows of A; `room` has place for 2 · 16 · (depth + 16) numbers.
static void list_rows(const kd_lists *l, const kd_product *p, long first_row, long rows, float *room) {
    const long depth = p->depth, padded = (depth + 15) / 16 * 16;
    const float *numbers = p->a + first_row * p->a_row;
    long row_step = p->a_row;
    if (p->pixels && !p->pixels_turned) {
        widen(room, padded, p->pixels, first_row, rows, 0, depth);
        numbers = room;
        row_step = padded;
    } else if (p->pixels || p->a_step != 1) {
        float *columns = room + 16 * padded;
        if (p->pixels) widen(columns, 16, p->pixels, 0, depth, first_row, rows);
        turn_columns(room, padded, p->pixels ? columns : numbers, p->pixels ? 16 : p->a_step, depth, rows);
        numbers = room;
        row_step = padded;
    }
    for (long row = 0; row < rows; row++) list_row(l, first_row + row, numbers + row * row_step, depth);
}

// Whether all of a packed chunk is finite: 0 · x is 0 for finite x only.
static int all_finite(const float *numbers, long count) {
    v16 sum[4] = {v16_all(0), v16_all(0), v16_all(0), v16_all(0)};
    long i = 0;
    for (; i + 64 <= count; i += 64)
#pragma GCC unroll 4
        for (int n = 0; n < 4; n++) sum[n] = v16_fma(v16_load(numbers + i + 16 * n), v16_all(0), sum[n]);
    for (; i < count; i += 16) sum[0] = v16_fma(v16_load(numbers + i), v16_all(0), sum[0]);
    return v16_sum(v16_add(v16_add(sum[0], sum[1]), v16_add(sum[2], sum[3]))) == 0;
}

// Number (row, k) of A, as bytes or numbers.
static float number_at(const kd_product *p, long row, long k) {
    if (!p->pixels) return p->a[row * p->a_row + k * p->a_step];
    long image = p->pixels_turned ? k : row, place = p->pixels_turned ? row : k;
    return (float)p->pixels->base[(long)p->pixels->order[image] * p->pixels->width + place] * (1.0f / 255.0f);
}

// Writes what a row's chains have come to: to wait for the next chunk, into C, or into the optimiser.
VECTOR void leave(const int N, const kd_skipping *s, long row, const v16 *sum) {
    const kd_product *p = s->product;
    const int finished = s->chunk == s->lists->chunks - 1;
#pragma GCC unroll 8
    for (int n = 0; n < N; n++) {
        const long lanes = n == N - 1 ? s->last : 16, column = s->first_column + 16 * n;
        if (!finished) {
            v16_store_part(s->sums + (row - s->first_row) * s->sums_row + 16 * n, sum[n], lanes);
            continue;
        }
        v16 value = finish(
            p->finish, sum[n], p->bias + column, p->gate + row * p->gate_row + column, p->gate_scale, lanes);
        if (s->update) {
            float gradient[16];
            v16_store(gradient, value);
            long place = row * p->columns + column;
            update_lanes(s->update, s->weights + place, gradient, s->first + place, s->second + place, lanes);
        } else {
            v16_store_part(p->c + row * p->c_row + column, value, lanes);
        }
    }
}

// Asks for what the optimiser will need of a row.
VECTOR void ask_for_row(const int N, const kd_skipping *s, long row) {
    if (!s->update || s->chunk != s->lists->chunks - 1 || row >= s->first_row + s->rows) return;
    const long place = row * s->product->columns + s->first_column;
#pragma GCC unroll 8
    for (int n = 0; n < N; n++) {
        __builtin_prefetch(s->weights + place + 16 * n, 1, 3);
        if (s->first) __builtin_prefetch(s->first + place + 16 * n, 1, 3);
        if (s->second) __builtin_prefetch(s->second + place + 16 * n, 1, 3);
    }
}

// R rows of C, N vectors of columns: as far as the shortest list goes side by side, so that there are always several
// chains under way, then each to its end.
VECTOR void skip(const int R, const int N, const kd_skipping *s, long row) {
    const kd_lists *l = s->lists;
    v16 sum[4][8];
    const float *values[4];
    const int32_t *places[4];
    long count[4], together = 0x7FFFFFFF;
#pragma GCC unroll 4
    for (int r = 0; r < R; r++) {
        ask_for_row(N, s, row + r + 2 * R);
        const int32_t *starts = l->starts + (row + r) * (l->chunks + 1) + s->chunk;
        values[r] = l->values + (row + r) * l->room + starts[0];
        places[r] = l->places + (row + r) * l->room + starts[0];
        count[r] = starts[1] - starts[0];
        together = at_most(together, count[r]);
        const int fresh = s->chunk == 0 && !s->product->accumulate;
        const float *before = s->chunk == 0
            ? s->product->c + (row + r) * s->product->c_row + s->first_column
            : s->sums + (row + r - s->first_row) * s->sums_row;
#pragma GCC unroll 8
        for (int n = 0; n < N; n++)
            sum[r][n] = fresh ? v16_all(0) : v16_load_part(before + 16 * n, n == N - 1 ? s->last : 16);
    }
    if (s->finite) {
        for (long e = 0; R > 1 && e < together; e++)
#pragma GCC unroll 4
            for (int r = 0; r < R; r++) {
                v16 a = v16_all(values[r][e]);
                const float *b = s->panel + (long)places[r][e] * 16 * N;
#pragma GCC unroll 8
                for (int n = 0; n < N; n++) sum[r][n] = v16_fma(a, v16_load(b + 16 * n), sum[r][n]);
            }
#pragma GCC unroll 4
        for (int r = 0; r < R; r++)
            for (long e = R > 1 ? together : 0; e < count[r]; e++) {
                v16 a = v16_all(values[r][e]);
                const float *b = s->panel + (long)places[r][e] * 16 * N;
#pragma GCC unroll 8
                for (int n = 0; n < N; n++) sum[r][n] = v16_fma(a, v16_load(b + 16 * n), sum[r][n]);
            }
    } else {
        // 0 · ∞ and 0 · NaN are not 0: every term counts.
        long first = s->chunk * l->length, length = at_most(l->length, s->product->depth - first);
#pragma GCC unroll 4
        for (int r = 0; r < R; r++)
            for (long k = 0; k < length; k++) {
                v16 a = v16_all(number_at(s->product, row + r, first + k));
#pragma GCC unroll 8
                for (int n = 0; n < N; n++) sum[r][n] = v16_fma(a, v16_load(s->panel + (k * N + n) * 16), sum[r][n]);
            }
    }
#pragma GCC unroll 4
    for (int r = 0; r < R; r++) leave(N, s, row + r, sum[r]);
}

// Rows side by side for each width of panel; about eight chains, or as many as there are registers for.
#define SKIP_ROWS(N) ((N) == 1 ? 4 : (N) <= SKIP_VECTORS / 2 ? 2 : 1)
#define SKIP(N)                                                                                               \
    case N:                                                                                                   \
        for (; row + SKIP_ROWS(N) <= end; row += SKIP_ROWS(N)) skip(SKIP_ROWS(N), N, s, row);                 \
        for (; row < end; row++) skip(1, N, s, row);                                                          \
        break;

static void skip_rows(const kd_skipping *s) {
    long row = s->first_row, end = row + s->rows;
    switch (s->vectors) {
        SKIP(1)
        SKIP(2)
#if SKIP_VECTORS >= 6
        SKIP(3)
        SKIP(4)
        SKIP(5)
        SKIP(6)
#endif
#if SKIP_VECTORS >= 8
        SKIP(7)
        SKIP(8)
#endif
    }
}
