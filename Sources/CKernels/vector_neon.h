// Sixteen lanes as four 128-bit registers.
#include <arm_neon.h>

#define VECTOR static inline __attribute__((always_inline))
#define TILE_ROWS 6
#define TILE_VECTORS 1
#define SKIP_VECTORS 6
#define SKIP_COSTS {0.25, 1.2, 3, 4, 12}

typedef struct {
    float32x4_t part[4];
} v16;
typedef struct {
    int32x4_t part[4];
} v16i;

#define EACH(type, e0, e1, e2, e3) ((type){{e0, e1, e2, e3}})
#define EACH1(result, type, name, operation)                                                                  \
    VECTOR result name(type a) {                                                                              \
        return EACH(                                                                                          \
            result, operation(a.part[0]), operation(a.part[1]), operation(a.part[2]), operation(a.part[3]));  \
    }
#define EACH2(type, name, operation)                                                                          \
    VECTOR type name(type a, type b) {                                                                        \
        return EACH(                                                                                          \
            type, operation(a.part[0], b.part[0]), operation(a.part[1], b.part[1]),                           \
            operation(a.part[2], b.part[2]), operation(a.part[3], b.part[3]));                                \
    }

VECTOR v16 v16_all(float x) {
    return EACH(v16, vdupq_n_f32(x), vdupq_n_f32(x), vdupq_n_f32(x), vdupq_n_f32(x));
}
VECTOR v16 v16_load(const float *p) {
    return EACH(v16, vld1q_f32(p), vld1q_f32(p + 4), vld1q_f32(p + 8), vld1q_f32(p + 12));
}
VECTOR void v16_store(float *p, v16 x) {
    vst1q_f32(p, x.part[0]);
    vst1q_f32(p + 4, x.part[1]);
    vst1q_f32(p + 8, x.part[2]);
    vst1q_f32(p + 12, x.part[3]);
}
VECTOR v16 v16_load_part_or(const float *p, long count, v16 otherwise) {
    if (count == 16) return v16_load(p);
    float lanes[16];
    v16_store(lanes, otherwise);
    for (long lane = 0; lane < count; lane++) lanes[lane] = p[lane];
    return v16_load(lanes);
}
VECTOR v16 v16_load_part(const float *p, long count) { return v16_load_part_or(p, count, v16_all(0)); }
VECTOR void v16_store_part(float *p, v16 x, long count) {
    if (count == 16) {
        v16_store(p, x);
        return;
    }
    float lanes[16];
    v16_store(lanes, x);
    for (long lane = 0; lane < count; lane++) p[lane] = lanes[lane];
}
VECTOR v16 v16_from_bytes(const uint8_t *p) {
    uint8x16_t bytes = vld1q_u8(p);
    uint16x8_t low = vmovl_u8(vget_low_u8(bytes)), high = vmovl_u8(vget_high_u8(bytes));
    return EACH(
        v16, vcvtq_f32_u32(vmovl_u16(vget_low_u16(low))), vcvtq_f32_u32(vmovl_u16(vget_high_u16(low))),
        vcvtq_f32_u32(vmovl_u16(vget_low_u16(high))), vcvtq_f32_u32(vmovl_u16(vget_high_u16(high))));
}

EACH2(v16, v16_add, vaddq_f32)
EACH2(v16, v16_sub, vsubq_f32)
EACH2(v16, v16_mul, vmulq_f32)
EACH2(v16, v16_div, vdivq_f32)
EACH2(v16i, v16i_add, vaddq_s32)
EACH2(v16i, v16i_sub, vsubq_s32)
EACH2(v16i, v16i_and, vandq_s32)
EACH2(v16i, v16i_or, vorrq_s32)
EACH1(v16, v16, v16_sqrt, vsqrtq_f32)
EACH1(v16i, v16, v16i_bits, vreinterpretq_s32_f32)
EACH1(v16, v16i, v16_bits, vreinterpretq_f32_s32)
EACH1(v16, v16i, v16_from_integers, vcvtq_f32_s32)

// As the x86 instructions: the second operand where the comparison is false.
VECTOR float32x4_t v4_min(float32x4_t a, float32x4_t b) { return vbslq_f32(vcltq_f32(a, b), a, b); }
VECTOR float32x4_t v4_max(float32x4_t a, float32x4_t b) { return vbslq_f32(vcgtq_f32(a, b), a, b); }
EACH2(v16, v16_min, v4_min)
EACH2(v16, v16_max, v4_max)

VECTOR v16 v16_fma(v16 a, v16 b, v16 c) {
    return EACH(
        v16, vfmaq_f32(c.part[0], a.part[0], b.part[0]), vfmaq_f32(c.part[1], a.part[1], b.part[1]),
        vfmaq_f32(c.part[2], a.part[2], b.part[2]), vfmaq_f32(c.part[3], a.part[3], b.part[3]));
}
#define V4_LESS(i) vbslq_f32(vcltq_f32(a.part[i], b.part[i]), yes.part[i], no.part[i])
VECTOR v16 v16_where_less(v16 a, v16 b, v16 yes, v16 no) {
    return EACH(v16, V4_LESS(0), V4_LESS(1), V4_LESS(2), V4_LESS(3));
}
#define V4_NAN(i) vbslq_f32(vceqq_f32(a.part[i], a.part[i]), no.part[i], yes.part[i])
VECTOR v16 v16_where_nan(v16 a, v16 yes, v16 no) {
    return EACH(v16, V4_NAN(0), V4_NAN(1), V4_NAN(2), V4_NAN(3));
}

VECTOR v16i v16i_all(int32_t x) {
    return EACH(v16i, vdupq_n_s32(x), vdupq_n_s32(x), vdupq_n_s32(x), vdupq_n_s32(x));
}
#define V4_SHIFT(a, shift, count)                                                                             \
    EACH(v16i, shift((a).part[0], count), shift((a).part[1], count), shift((a).part[2], count),               \
         shift((a).part[3], count))
#define v16i_shift_left(a, count) V4_SHIFT(a, vshlq_n_s32, count)
#define v16i_shift_right(a, count) V4_SHIFT(a, vshrq_n_s32, count)

// Lanes i and i + 8, then i + 4, i + 2, i + 1.
#define V16_FOLD(name, operation)                                                                             \
    VECTOR float name(v16 a) {                                                                                \
        float32x4_t b = operation(operation(a.part[0], a.part[2]), operation(a.part[1], a.part[3]));          \
        b = operation(b, vextq_f32(b, b, 2));                                                                 \
        return vgetq_lane_f32(operation(b, vextq_f32(b, b, 1)), 0);                                           \
    }
V16_FOLD(v16_sum, vaddq_f32)
V16_FOLD(v16_largest, v4_max)
