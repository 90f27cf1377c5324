// Sixteen lanes as an array, for processors with no path of their own.
#include <math.h>
#include <string.h>

#define VECTOR static inline __attribute__((always_inline))
#define TILE_ROWS 2
#define TILE_VECTORS 1

typedef struct {
    float lane[16];
} v16;
typedef struct {
    int32_t lane[16];
} v16i;

#define EACH(type, expression)                                                                                \
    type result;                                                                                              \
    for (int i = 0; i < 16; i++) result.lane[i] = expression;                                                 \
    return result;

VECTOR v16 v16_all(float x) { EACH(v16, x) }
VECTOR v16 v16_load(const float *p) { EACH(v16, p[i]) }
VECTOR void v16_store(float *p, v16 x) { memcpy(p, x.lane, sizeof x.lane); }
VECTOR void v16_store_part(float *p, v16 x, long count) {
    if (count == 16) {
        v16_store(p, x);
        return;
    }
    float lanes[16];
    v16_store(lanes, x);
    for (long lane = 0; lane < count; lane++) p[lane] = lanes[lane];
}
VECTOR v16 v16_load_part_or(const float *p, long count, v16 otherwise) {
    if (count == 16) return v16_load(p);
    float lanes[16];
    v16_store(lanes, otherwise);
    for (long lane = 0; lane < count; lane++) lanes[lane] = p[lane];
    return v16_load(lanes);
}
VECTOR v16 v16_load_part(const float *p, long count) { return v16_load_part_or(p, count, v16_all(0)); }
VECTOR v16 v16_from_bytes(const uint8_t *p) { EACH(v16, (float)p[i]) }

VECTOR v16 v16_fma(v16 a, v16 b, v16 c) { EACH(v16, fmaf(a.lane[i], b.lane[i], c.lane[i])) }
VECTOR v16 v16_add(v16 a, v16 b) { EACH(v16, a.lane[i] + b.lane[i]) }
VECTOR v16 v16_sub(v16 a, v16 b) { EACH(v16, a.lane[i] - b.lane[i]) }
VECTOR v16 v16_mul(v16 a, v16 b) { EACH(v16, a.lane[i] * b.lane[i]) }
VECTOR v16 v16_div(v16 a, v16 b) { EACH(v16, a.lane[i] / b.lane[i]) }
VECTOR v16 v16_sqrt(v16 a) { EACH(v16, sqrtf(a.lane[i])) }
VECTOR v16 v16_min(v16 a, v16 b) { EACH(v16, a.lane[i] < b.lane[i] ? a.lane[i] : b.lane[i]) }
VECTOR v16 v16_max(v16 a, v16 b) { EACH(v16, a.lane[i] > b.lane[i] ? a.lane[i] : b.lane[i]) }
VECTOR v16 v16_where_less(v16 a, v16 b, v16 yes, v16 no) {
    EACH(v16, a.lane[i] < b.lane[i] ? yes.lane[i] : no.lane[i])
}
VECTOR v16 v16_where_nan(v16 a, v16 yes, v16 no) { EACH(v16, a.lane[i] != a.lane[i] ? yes.lane[i] : no.lane[i]) }

VECTOR v16i v16i_all(int32_t x) { EACH(v16i, x) }
VECTOR v16i v16i_bits(v16 a) {
    v16i result;
    memcpy(&result, &a, sizeof result);
    return result;
}
VECTOR v16 v16_bits(v16i a) {
    v16 result;
    memcpy(&result, &a, sizeof result);
    return result;
}
VECTOR v16 v16_from_integers(v16i a) { EACH(v16, (float)a.lane[i]) }
VECTOR v16i v16i_add(v16i a, v16i b) { EACH(v16i, (int32_t)((uint32_t)a.lane[i] + (uint32_t)b.lane[i])) }
VECTOR v16i v16i_sub(v16i a, v16i b) { EACH(v16i, (int32_t)((uint32_t)a.lane[i] - (uint32_t)b.lane[i])) }
VECTOR v16i v16i_and(v16i a, v16i b) { EACH(v16i, a.lane[i] & b.lane[i]) }
VECTOR v16i v16i_or(v16i a, v16i b) { EACH(v16i, a.lane[i] | b.lane[i]) }
VECTOR v16i v16i_shift_left(v16i a, int count) { EACH(v16i, (int32_t)((uint32_t)a.lane[i] << count)) }
VECTOR v16i v16i_shift_right(v16i a, int count) { EACH(v16i, a.lane[i] >> count) }

// Lanes i and i + 8, then i + 4, i + 2, i + 1.
VECTOR float v16_sum(v16 a) {
    for (int half = 8; half > 0; half /= 2)
        for (int i = 0; i < half; i++) a.lane[i] = a.lane[i] + a.lane[i + half];
    return a.lane[0];
}
VECTOR float v16_largest(v16 a) {
    for (int half = 8; half > 0; half /= 2)
        for (int i = 0; i < half; i++) a.lane[i] = a.lane[i] > a.lane[i + half] ? a.lane[i] : a.lane[i + half];
    return a.lane[0];
}
