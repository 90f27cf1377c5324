// Elementary functions of sixteen lanes: fused multiply-adds, products, sums and integer steps alone.

VECTOR v16 v16_canonical(v16 x) { return v16_where_nan(x, v16_bits(v16i_all(0x7FC00000)), x); }

VECTOR v16 v16_power_of_two(v16i k) { return v16_bits(v16i_shift_left(v16i_add(k, v16i_all(127)), 23)); }

// e^x: x = k·ln 2 + r, |r| ≤ ½ ln 2; e^r = 1 + r + r²·q(r) with q minimax of degree 4.
VECTOR v16 v16_exp(v16 x) {
    const v16 round = v16_all(0x1.8p23f);
    x = v16_max(v16_all(-104.0f), v16_min(v16_all(89.0f), x));
    v16 shifted = v16_fma(x, v16_all(0x1.715476p+0f), round);
    v16 k = v16_sub(shifted, round);
    v16 r = v16_fma(k, v16_all(-0x1.62e4p-1f), x);
    r = v16_fma(k, v16_all(-0x1.7f7d1cp-20f), r);
    v16 q = v16_all(0x1.6a2434p-10f);
    q = v16_fma(q, r, v16_all(0x1.1239e2p-7f));
    q = v16_fma(q, r, v16_all(0x1.5558f2p-5f));
    q = v16_fma(q, r, v16_all(0x1.555492p-3f));
    q = v16_fma(q, r, v16_all(0x1.fffffcp-2f));
    v16 value = v16_add(v16_fma(v16_mul(r, r), q, r), v16_all(1));
    // Two factors, so that each is a normal number and a subnormal result is rounded once.
    v16i whole = v16i_sub(v16i_bits(shifted), v16i_bits(round));
    v16i half = v16i_shift_right(whole, 1);
    value = v16_mul(v16_mul(value, v16_power_of_two(half)), v16_power_of_two(v16i_sub(whole, half)));
    return v16_canonical(value);
}

// ln x: x = 2^k·(1 + f), 1 + f in [√½, √2); ln(1 + f) = f − f²/2 + f³·p(f) with p minimax of degree 8.
VECTOR v16 v16_log(v16 x) {
    const v16 zero = v16_all(0), infinity = v16_all(__builtin_inff());
    v16 tiny = v16_all(0x1p-126f);
    v16 scaled = v16_where_less(x, tiny, v16_mul(x, v16_all(0x1p23f)), x);
    v16 offset = v16_where_less(x, tiny, v16_all(-23), zero);
    v16i bits = v16i_sub(v16i_bits(scaled), v16i_all(0x3F3504F3));
    v16 k = v16_add(v16_from_integers(v16i_shift_right(bits, 23)), offset);
    v16 m = v16_bits(v16i_add(v16i_and(bits, v16i_all(0x007FFFFF)), v16i_all(0x3F3504F3)));
    v16 f = v16_sub(m, v16_all(1));
    v16 square = v16_mul(f, f);
    v16 p = v16_all(0x1.1457a8p-4f);
    p = v16_fma(p, f, v16_all(-0x1.de3c16p-4f));
    p = v16_fma(p, f, v16_all(0x1.e6f06ap-4f));
    p = v16_fma(p, f, v16_all(-0x1.fc2208p-4f));
    p = v16_fma(p, f, v16_all(0x1.233768p-3f));
    p = v16_fma(p, f, v16_all(-0x1.555c4ep-3f));
    p = v16_fma(p, f, v16_all(0x1.99a4b6p-3f));
    p = v16_fma(p, f, v16_all(-0x1.000006p-2f));
    p = v16_fma(p, f, v16_all(0x1.555548p-2f));
    v16 rest = v16_mul(v16_mul(square, f), p);
    rest = v16_fma(k, v16_all(0x1.7f7d1cp-20f), rest);
    rest = v16_fma(square, v16_all(-0.5f), rest);
    v16 value = v16_fma(k, v16_all(0x1.62e4p-1f), v16_add(f, rest));
    value = v16_where_less(x, infinity, value, x);
    value = v16_where_less(zero, x, value, v16_where_less(x, zero, v16_bits(v16i_all(0x7FC00000)), v16_sub(zero, infinity)));
    return v16_canonical(v16_where_nan(x, x, value));
}

VECTOR v16 v16_magnitude(v16 x) { return v16_bits(v16i_and(v16i_bits(x), v16i_all(0x7FFFFFFF))); }

// With e = exp(−|x|): 1/(1 + e), or e/(1 + e) below zero.
VECTOR v16 v16_sigmoid(v16 x) {
    v16 e = v16_exp(v16_sub(v16_all(0), v16_magnitude(x)));
    v16 numerator = v16_where_less(x, v16_all(0), e, v16_all(1));
    return v16_canonical(v16_div(numerator, v16_add(v16_all(1), e)));
}

// Below 0.625, x + x³·p(x²) with p minimax of degree 4; above, 1 − 2/(exp(2|x|) + 1) with x's sign.
VECTOR v16 v16_tanh(v16 x) {
    v16 size = v16_magnitude(x);
    v16 square = v16_mul(x, x);
    v16 p = v16_all(-0x1.6e41e6p-8f);
    p = v16_fma(p, square, v16_all(0x1.507918p-6f));
    p = v16_fma(p, square, v16_all(-0x1.b7fbfp-5f));
    p = v16_fma(p, square, v16_all(0x1.110546p-3f));
    p = v16_fma(p, square, v16_all(-0x1.55552ap-2f));
    v16 small = v16_fma(v16_mul(square, x), p, x);
    v16 e = v16_exp(v16_add(size, size));
    v16 large = v16_sub(v16_all(1), v16_div(v16_all(2), v16_add(e, v16_all(1))));
    v16i sign = v16i_and(v16i_bits(x), v16i_all((int32_t)0x80000000));
    large = v16_bits(v16i_or(v16i_bits(large), sign));
    return v16_canonical(v16_where_less(size, v16_all(0.625f), small, large));
}

VECTOR v16 v16_relu(v16 x) { return v16_where_less(x, v16_all(0), v16_all(0), x); }

#define MAP(name, function)                                                                                   \
    static void name(float *out, const float *in, long count) {                                               \
        long i = 0;                                                                                           \
        for (; i + 16 <= count; i += 16) v16_store(out + i, function(v16_load(in + i)));                      \
        if (i < count) v16_store_part(out + i, function(v16_load_part(in + i, count - i)), count - i);        \
    }
MAP(map_exp, v16_exp)
MAP(map_log, v16_log)
MAP(map_tanh, v16_tanh)
MAP(map_sigmoid, v16_sigmoid)
MAP(map_relu, v16_relu)

static void map(kd_function function, float *out, const float *in, long count) {
    switch (function) {
    case KD_EXP: map_exp(out, in, count); break;
    case KD_LOG: map_log(out, in, count); break;
    case KD_TANH: map_tanh(out, in, count); break;
    case KD_SIGMOID: map_sigmoid(out, in, count); break;
    case KD_RELU: map_relu(out, in, count); break;
    }
}

// The derivative by the value y of the function at its argument: 1 − y² for tanh, y(1 − y) for the logistic function.
VECTOR v16 v16_slope(kd_function function, v16 y) {
    switch (function) {
    case KD_TANH: return v16_fma(v16_sub(v16_all(0), y), y, v16_all(1));
    case KD_SIGMOID: return v16_mul(y, v16_sub(v16_all(1), y));
    default: return v16_where_less(v16_all(0), y, v16_all(1), v16_all(0));
    }
}

static void multiply_by_slope(kd_function function, float *gradient, const float *values, long count) {
    for (long i = 0; i < count; i += 16) {
        long lanes = count - i < 16 ? count - i : 16;
        v16 slope = v16_slope(function, v16_load_part(values + i, lanes));
        v16_store_part(gradient + i, v16_canonical(v16_mul(v16_load_part(gradient + i, lanes), slope)), lanes);
    }
}
