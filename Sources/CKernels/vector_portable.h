// Sixteen lanes in plain C with the vectors that compilers know, for processors with no path of their own.
#include <math.h>
#include <string.h>

#define VECTOR static inline __attribute__((always_inline))
#define TILE_ROWS 2
#define TILE_VECTORS 1
#define SKIP_VECTORS 2
#define SKIP_COSTS {0.1, 1.1, 0.5, 0.5, 1}

// These vectors never leave a file, so that how they are passed does not matter.
#pragma GCC diagnostic ignored "-Wpsabi"

typedef float v16 __attribute__((vector_size(64)));
typedef double d16 __attribute__((vector_size(128)));
typedef int64_t d16i __attribute__((vector_size(128)));
typedef int32_t v16m __attribute__((vector_size(64)));
typedef struct {
    int32_t lane[16];
} v16i;

#define EACH(type, expression)                                                                                \
    type result;                                                                                              \
    for (int i = 0; i < 16; i++) result.lane[i] = expression;                                                 \
    return result;

VECTOR v16 v16_all(float x) { return (v16){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }
VECTOR v16 v16_load(const float *p) {
    v16 x;
    memcpy(&x, p, sizeof x);
    return x;
}
VECTOR void v16_store(float *p, v16 x) { memcpy(p, &x, sizeof x); }
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
VECTOR v16 v16_from_bytes(const uint8_t *p) {
    float lanes[16];
    for (int i = 0; i < 16; i++) lanes[i] = (float)p[i];
    return v16_load(lanes);
}

VECTOR v16 v16_select(v16m mask, v16 yes, v16 no) { return (v16)(((v16m)yes & mask) | ((v16m)no & ~mask)); }

// The double nearest to the exact a·b + c, but with an odd last bit where it is not exact: what that is rounded to next
// is what the exact value is rounded to (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums", 2008).
static d16 v16_odd_sum(d16 product, d16 c, d16 sum) {
    d16 part = sum - product, error = (product - (sum - part)) + (c - part);
    d16i inexact = (error < 0) | (error > 0), even = ((d16i)sum & 1) - 1;
    // One step away from 0 where the error is on that side, else towards it.
    d16i away = ~((error > 0) ^ (sum > 0)), step = (away & 1) - (~away & 1);
    return (d16)((d16i)sum + (step & inexact & even));
}

// A product of floats is exact as a double. Its sum with c is rounded, and rounding it again to a float is wrong only
// where the sum stands halfway between two floats, or where the float is subnormal.
VECTOR v16 v16_fma(v16 a, v16 b, v16 c) {
    d16 product = __builtin_convertvector(a, d16) * __builtin_convertvector(b, d16);
    d16 addend = __builtin_convertvector(c, d16), sum = product + addend;
    d16i magnitude = (d16i)sum & INT64_MAX;
    d16i doubtful = ((magnitude & 0x1FFFFFFF) == 0x10000000) | (((d16)magnitude < 0x1p-126) & (magnitude != 0));
    int64_t any = 0;
    for (int i = 0; i < 16; i++) any |= doubtful[i];
    if (__builtin_expect(any != 0, 0)) sum = v16_odd_sum(product, addend, sum);
    return __builtin_convertvector(sum, v16);
}
VECTOR v16 v16_add(v16 a, v16 b) { return a + b; }
VECTOR v16 v16_sub(v16 a, v16 b) { return a - b; }
VECTOR v16 v16_mul(v16 a, v16 b) { return a * b; }
VECTOR v16 v16_div(v16 a, v16 b) { return a / b; }
VECTOR v16 v16_sqrt(v16 a) {
    float lanes[16];
    for (int i = 0; i < 16; i++) lanes[i] = sqrtf(a[i]);
    return v16_load(lanes);
}
VECTOR v16 v16_where_less(v16 a, v16 b, v16 yes, v16 no) { return v16_select(a < b, yes, no); }
VECTOR v16 v16_where_nan(v16 a, v16 yes, v16 no) { return v16_select(a != a, yes, no); }
VECTOR v16 v16_min(v16 a, v16 b) { return v16_where_less(a, b, a, b); }
VECTOR v16 v16_max(v16 a, v16 b) { return v16_where_less(b, a, a, b); }

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
VECTOR v16 v16_from_integers(v16i a) {
    float lanes[16];
    for (int i = 0; i < 16; i++) lanes[i] = (float)a.lane[i];
    return v16_load(lanes);
}
VECTOR v16i v16i_add(v16i a, v16i b) { EACH(v16i, (int32_t)((uint32_t)a.lane[i] + (uint32_t)b.lane[i])) }
VECTOR v16i v16i_sub(v16i a, v16i b) { EACH(v16i, (int32_t)((uint32_t)a.lane[i] - (uint32_t)b.lane[i])) }
VECTOR v16i v16i_and(v16i a, v16i b) { EACH(v16i, a.lane[i] & b.lane[i]) }
VECTOR v16i v16i_or(v16i a, v16i b) { EACH(v16i, a.lane[i] | b.lane[i]) }
VECTOR v16i v16i_shift_left(v16i a, int count) { EACH(v16i, (int32_t)((uint32_t)a.lane[i] << count)) }
VECTOR v16i v16i_shift_right(v16i a, int count) { EACH(v16i, a.lane[i] >> count) }

// Lanes i and i + 8, then i + 4, i + 2, i + 1.
#define V16_FOLD(name, expression)                                                                            \
    VECTOR float name(v16 x) {                                                                                \
        float lane[16];                                                                                       \
        v16_store(lane, x);                                                                                   \
        for (int half = 8; half > 0; half /= 2)                                                               \
            for (int i = 0; i < half; i++) {                                                                  \
                float a = lane[i], b = lane[i + half];                                                        \
                lane[i] = expression;                                                                         \
            }                                                                                                 \
        return lane[0];                                                                                       \
    }
V16_FOLD(v16_sum, a + b)
V16_FOLD(v16_largest, a > b ? a : b)
