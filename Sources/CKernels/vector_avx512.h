// Sixteen lanes as one 512-bit register.
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma"))), apply_to = function)

#define VECTOR static inline __attribute__((always_inline))
#define TILE_ROWS 8
#define TILE_VECTORS 3
#define SKIP_VECTORS 8
#define SKIP_COSTS {0.3, 1.3, 2, 4, 12}

typedef __m512 v16;
typedef __m512i v16i;

VECTOR __mmask16 v16_lanes(long count) { return (__mmask16)((1u << count) - 1); }

VECTOR v16 v16_all(float x) { return _mm512_set1_ps(x); }
VECTOR v16 v16_load(const float *p) { return _mm512_loadu_ps(p); }
VECTOR v16 v16_load_part(const float *p, long count) { return _mm512_maskz_loadu_ps(v16_lanes(count), p); }
VECTOR v16 v16_load_part_or(const float *p, long count, v16 otherwise) {
    return _mm512_mask_loadu_ps(otherwise, v16_lanes(count), p);
}
VECTOR void v16_store(float *p, v16 x) { _mm512_storeu_ps(p, x); }
VECTOR void v16_store_part(float *p, v16 x, long count) { _mm512_mask_storeu_ps(p, v16_lanes(count), x); }
VECTOR v16 v16_from_bytes(const uint8_t *p) {
    return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)p)));
}

VECTOR v16 v16_fma(v16 a, v16 b, v16 c) { return _mm512_fmadd_ps(a, b, c); }
VECTOR v16 v16_add(v16 a, v16 b) { return _mm512_add_ps(a, b); }
VECTOR v16 v16_sub(v16 a, v16 b) { return _mm512_sub_ps(a, b); }
VECTOR v16 v16_mul(v16 a, v16 b) { return _mm512_mul_ps(a, b); }
VECTOR v16 v16_div(v16 a, v16 b) { return _mm512_div_ps(a, b); }
VECTOR v16 v16_sqrt(v16 a) { return _mm512_sqrt_ps(a); }
VECTOR v16 v16_min(v16 a, v16 b) { return _mm512_min_ps(a, b); }
VECTOR v16 v16_max(v16 a, v16 b) { return _mm512_max_ps(a, b); }
VECTOR v16 v16_where_less(v16 a, v16 b, v16 yes, v16 no) {
    return _mm512_mask_blend_ps(_mm512_cmp_ps_mask(a, b, _CMP_LT_OQ), no, yes);
}
VECTOR v16 v16_where_nan(v16 a, v16 yes, v16 no) {
    return _mm512_mask_blend_ps(_mm512_cmp_ps_mask(a, a, _CMP_UNORD_Q), no, yes);
}

VECTOR v16i v16i_all(int32_t x) { return _mm512_set1_epi32(x); }
VECTOR v16i v16i_bits(v16 a) { return _mm512_castps_si512(a); }
VECTOR v16 v16_bits(v16i a) { return _mm512_castsi512_ps(a); }
VECTOR v16 v16_from_integers(v16i a) { return _mm512_cvtepi32_ps(a); }
VECTOR v16i v16i_add(v16i a, v16i b) { return _mm512_add_epi32(a, b); }
VECTOR v16i v16i_sub(v16i a, v16i b) { return _mm512_sub_epi32(a, b); }
VECTOR v16i v16i_and(v16i a, v16i b) { return _mm512_and_si512(a, b); }
VECTOR v16i v16i_or(v16i a, v16i b) { return _mm512_or_si512(a, b); }
#define v16i_shift_left(a, count) _mm512_slli_epi32(a, count)
#define v16i_shift_right(a, count) _mm512_srai_epi32(a, count)

// Lanes i and i + 8, then i + 4, i + 2, i + 1.
#define V16_FOLD(name, op256, op128)                                                                   \
    VECTOR float name(v16 a) {                                                                                \
        __m256 b = op256(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));                            \
        __m128 c = op128(_mm256_castps256_ps128(b), _mm256_extractf128_ps(b, 1));                             \
        c = op128(c, _mm_movehl_ps(c, c));                                                                    \
        return _mm_cvtss_f32(op128(c, _mm_movehdup_ps(c)));                                                   \
    }
V16_FOLD(v16_sum, _mm256_add_ps, _mm_add_ps)
V16_FOLD(v16_largest, _mm256_max_ps, _mm_max_ps)

// Rows become columns: first within each 4×4 block, then the blocks.
#define V16_HAS_TRANSPOSE
VECTOR void v16_transpose(v16 rows[16]) {
    v16 pairs[16], quads[16];
#pragma GCC unroll 16
    for (int i = 0; i < 8; i++) {
        pairs[2 * i] = _mm512_unpacklo_ps(rows[2 * i], rows[2 * i + 1]);
        pairs[2 * i + 1] = _mm512_unpackhi_ps(rows[2 * i], rows[2 * i + 1]);
    }
#define V16_DOUBLES(operation, a, b)                                                                          \
    _mm512_castpd_ps(operation(_mm512_castps_pd(pairs[a]), _mm512_castps_pd(pairs[b])))
#pragma GCC unroll 16
    for (int i = 0; i < 16; i += 4) {
        quads[i] = V16_DOUBLES(_mm512_unpacklo_pd, i, i + 2);
        quads[i + 1] = V16_DOUBLES(_mm512_unpackhi_pd, i, i + 2);
        quads[i + 2] = V16_DOUBLES(_mm512_unpacklo_pd, i + 1, i + 3);
        quads[i + 3] = V16_DOUBLES(_mm512_unpackhi_pd, i + 1, i + 3);
    }
#pragma GCC unroll 16
    for (int i = 0; i < 4; i++) {
        v16 low0 = _mm512_shuffle_f32x4(quads[i], quads[4 + i], 0x44);
        v16 low1 = _mm512_shuffle_f32x4(quads[8 + i], quads[12 + i], 0x44);
        v16 high0 = _mm512_shuffle_f32x4(quads[i], quads[4 + i], 0xEE);
        v16 high1 = _mm512_shuffle_f32x4(quads[8 + i], quads[12 + i], 0xEE);
        rows[i] = _mm512_shuffle_f32x4(low0, low1, 0x88);
        rows[4 + i] = _mm512_shuffle_f32x4(low0, low1, 0xDD);
        rows[8 + i] = _mm512_shuffle_f32x4(high0, high1, 0x88);
        rows[12 + i] = _mm512_shuffle_f32x4(high0, high1, 0xDD);
    }
}

// Writes the lanes that are not zero and their places from `first` on, and returns how many there are.
#define V16_HAS_KEEP
VECTOR long v16_keep(float *values, int32_t *places, v16 x, int32_t first) {
    const __m512i order = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    __mmask16 kept = _mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_NEQ_UQ);
    _mm512_storeu_ps(values, _mm512_maskz_compress_ps(kept, x));
    _mm512_storeu_si512(places, _mm512_maskz_compress_epi32(kept, _mm512_add_epi32(order, _mm512_set1_epi32(first))));
    return __builtin_popcount(kept);
}

#include "transpose_x86.h"
