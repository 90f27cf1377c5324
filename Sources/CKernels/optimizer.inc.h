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
