// Sixteen lanes as two 256-bit registers.
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define VECTOR static inline __attribute__((always_inline))
#define TILE_ROWS 6
#define TILE_VECTORS 1
#define SKIP_VECTORS 6
#define SKIP_COSTS {0.25, 1.2, 3, 4, 12}

typedef struct {
    __m256 low, high;
} v16;
typedef struct {
    __m256i low, high;
} v16i;

#define BOTH(type, expression_low, expression_high) ((type){expression_low, expression_high})

VECTOR __m256i v8_lanes(long count) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

VECTOR v16 v16_all(float x) { return BOTH(v16, _mm256_set1_ps(x), _mm256_set1_ps(x)); }
VECTOR v16 v16_load(const float *p) { return BOTH(v16, _mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)); }
VECTOR v16 v16_load_part(const float *p, long count) {
    if (count == 16) return v16_load(p);
    return BOTH(v16, _mm256_maskload_ps(p, v8_lanes(count)), _mm256_maskload_ps(p + 8, v8_lanes(count - 8)));
}
VECTOR v16 v16_load_part_or(const float *p, long count, v16 otherwise) {
    if (count == 16) return v16_load(p);
    v16 part = v16_load_part(p, count);
    return BOTH(
        v16, _mm256_blendv_ps(otherwise.low, part.low, _mm256_castsi256_ps(v8_lanes(count))),
        _mm256_blendv_ps(otherwise.high, part.high, _mm256_castsi256_ps(v8_lanes(count - 8))));
}
VECTOR void v16_store(float *p, v16 x) {
    _mm256_storeu_ps(p, x.low);
    _mm256_storeu_ps(p + 8, x.high);
}
VECTOR void v16_store_part(float *p, v16 x, long count) {
    if (count == 16) {
        v16_store(p, x);
        return;
    }
    _mm256_maskstore_ps(p, v8_lanes(count), x.low);
    _mm256_maskstore_ps(p + 8, v8_lanes(count - 8), x.high);
}
VECTOR v16 v16_from_bytes(const uint8_t *p) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)p);
    return BOTH(
        v16, _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(bytes)),
        _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_srli_si128(bytes, 8))));
}

#define EACH2(type, name, operation)                                                                          \
    VECTOR type name(type a, type b) { return BOTH(type, operation(a.low, b.low), operation(a.high, b.high)); }
EACH2(v16, v16_add, _mm256_add_ps)
EACH2(v16, v16_sub, _mm256_sub_ps)
EACH2(v16, v16_mul, _mm256_mul_ps)
EACH2(v16, v16_div, _mm256_div_ps)
EACH2(v16, v16_min, _mm256_min_ps)
EACH2(v16, v16_max, _mm256_max_ps)
EACH2(v16i, v16i_add, _mm256_add_epi32)
EACH2(v16i, v16i_sub, _mm256_sub_epi32)
EACH2(v16i, v16i_and, _mm256_and_si256)
EACH2(v16i, v16i_or, _mm256_or_si256)

VECTOR v16 v16_fma(v16 a, v16 b, v16 c) {
    return BOTH(v16, _mm256_fmadd_ps(a.low, b.low, c.low), _mm256_fmadd_ps(a.high, b.high, c.high));
}
VECTOR v16 v16_sqrt(v16 a) { return BOTH(v16, _mm256_sqrt_ps(a.low), _mm256_sqrt_ps(a.high)); }
VECTOR v16 v16_where_less(v16 a, v16 b, v16 yes, v16 no) {
    return BOTH(
        v16, _mm256_blendv_ps(no.low, yes.low, _mm256_cmp_ps(a.low, b.low, _CMP_LT_OQ)),
        _mm256_blendv_ps(no.high, yes.high, _mm256_cmp_ps(a.high, b.high, _CMP_LT_OQ)));
}
VECTOR v16 v16_where_nan(v16 a, v16 yes, v16 no) {
    return BOTH(
        v16, _mm256_blendv_ps(no.low, yes.low, _mm256_cmp_ps(a.low, a.low, _CMP_UNORD_Q)),
        _mm256_blendv_ps(no.high, yes.high, _mm256_cmp_ps(a.high, a.high, _CMP_UNORD_Q)));
}

VECTOR v16i v16i_all(int32_t x) { return BOTH(v16i, _mm256_set1_epi32(x), _mm256_set1_epi32(x)); }
VECTOR v16i v16i_bits(v16 a) { return BOTH(v16i, _mm256_castps_si256(a.low), _mm256_castps_si256(a.high)); }
VECTOR v16 v16_bits(v16i a) { return BOTH(v16, _mm256_castsi256_ps(a.low), _mm256_castsi256_ps(a.high)); }
VECTOR v16 v16_from_integers(v16i a) { return BOTH(v16, _mm256_cvtepi32_ps(a.low), _mm256_cvtepi32_ps(a.high)); }
#define v16i_shift_left(a, count) BOTH(v16i, _mm256_slli_epi32((a).low, count), _mm256_slli_epi32((a).high, count))
#define v16i_shift_right(a, count) BOTH(v16i, _mm256_srai_epi32((a).low, count), _mm256_srai_epi32((a).high, count))

// Lanes i and i + 8, then i + 4, i + 2, i + 1.
#define V16_FOLD(name, op256, op128)                                                                          \
    VECTOR float name(v16 a) {                                                                                \
        __m256 b = op256(a.low, a.high);                                                                      \
        __m128 c = op128(_mm256_castps256_ps128(b), _mm256_extractf128_ps(b, 1));                             \
        c = op128(c, _mm_movehl_ps(c, c));                                                                    \
        return _mm_cvtss_f32(op128(c, _mm_movehdup_ps(c)));                                                   \
    }
V16_FOLD(v16_sum, _mm256_add_ps, _mm_add_ps)
V16_FOLD(v16_largest, _mm256_max_ps, _mm_max_ps)

#include "transpose_x86.h"
