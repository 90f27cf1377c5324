// measure EVERY [FUNCTION]: the largest error of each elementary function, and the agreement of all paths, over every
// EVERYth argument by its bits.
#include "CKernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 16 };

static double exact_exp(double x) { return exp(x); }
static double exact_log(double x) { return log(x); }
static double exact_tanh(double x) { return tanh(x); }
static double exact_sigmoid(double x) { return 1 / (1 + exp(-x)); }

static const struct {
    const char *name;
    kd_function function;
    double (*exact)(double);
} functions[] = {
    {"exp", KD_EXP, exact_exp},
    {"log", KD_LOG, exact_log},
    {"tanh", KD_TANH, exact_tanh},
    {"sigmoid", KD_SIGMOID, exact_sigmoid},
};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

static const char *const names[] = {"avx512", "avx2", "neon", "portable"};

typedef struct {
    int function;
    uint64_t step;
    double *worst;
    float *at;
    _Atomic long *wrong;
} job;

// The distance between neighbouring 32-bit numbers at x.
static double unit(double x) {
    int exponent;
    frexp(x, &exponent);
    return ldexp(1, exponent - 24 < -149 ? -149 : exponent - 24);
}

static void measure(void *context, long index) {
    job *j = context;
    static _Thread_local float in[CHUNK], out[CHUNK];
    long count = 0;
    for (uint64_t i = 0; i < CHUNK; i += 1) {
        uint32_t bits = (uint32_t)(((uint64_t)index * CHUNK + i) * j->step);
        memcpy(&in[count++], &bits, sizeof bits);
    }
    kd_map(functions[j->function].function, out, in, count);
    double worst = 0;
    for (long i = 0; i < count; i++) {
        double exact = functions[j->function].exact(in[i]);
        if (isnan(exact) || isinf((float)exact) || exact == 0) {
            // What is not a number or beyond the largest must be so in both.
            int same = isnan(exact) ? isnan(out[i]) : out[i] == (float)exact;
            if (!same) (*j->wrong)++;
            continue;
        }
        double error = fabs(out[i] - exact) / unit(exact);
        if (error > worst) {
            worst = error;
            j->at[index] = in[i];
        }
    }
    j->worst[index] = worst;
}

typedef struct {
    int function;
    uint64_t step;
    uint64_t *digests;
} digest_job;

static void digest(void *context, long index) {
    digest_job *j = context;
    static _Thread_local float in[CHUNK];
    for (uint64_t i = 0; i < CHUNK; i++) {
        uint32_t bits = (uint32_t)(((uint64_t)index * CHUNK + i) * j->step);
        memcpy(&in[i], &bits, sizeof bits);
    }
    kd_map(functions[j->function].function, in, in, CHUNK);
    uint64_t hash = 0xCBF29CE484222325;
    for (long i = 0; i < CHUNK; i++) {
        uint32_t bits;
        memcpy(&bits, &in[i], sizeof bits);
        hash = (hash ^ bits) * 0x100000001B3;
    }
    j->digests[index] = hash;
}

int main(int argc, char **argv) {
    uint64_t step = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    long chunks = (long)((((uint64_t)1 << 32) / step + CHUNK - 1) / CHUNK);
    double *worst = calloc((size_t)chunks, sizeof *worst);
    float *at = calloc((size_t)chunks, sizeof *at);
    uint64_t *digests = calloc((size_t)chunks, sizeof *digests);
    int failures = 0;
    for (int f = 0; f < FUNCTIONS; f++) {
        if (argc > 2 && strcmp(argv[2], functions[f].name) != 0) continue;
        _Atomic long wrong = 0;
        job j = {f, step, worst, at, &wrong};
        kd_parallel(measure, &j, chunks);
        long place = 0;
        for (long i = 0; i < chunks; i++)
            if (worst[i] > worst[place]) place = i;
        printf("%-8s largest error %.3f units at %a; %ld special values wrong;", functions[f].name, worst[place],
               (double)at[place], (long)wrong);
        failures += wrong != 0 || worst[place] > 2;
        uint64_t first = 0;
        for (int n = 0, paths = 0; n < 4; n++) {
            if (!kd_select_instruction_set(names[n])) continue;
            digest_job d = {f, step, digests};
            kd_parallel(digest, &d, chunks);
            uint64_t all = 0xCBF29CE484222325;
            for (long i = 0; i < chunks; i++) all = (all ^ digests[i]) * 0x100000001B3;
            if (paths++ == 0) first = all;
            printf(" %s %s", names[n], all == first ? "same" : "DIFFERENT");
            failures += all != first;
        }
        printf("; digest %016llx\n", (unsigned long long)first);
        fflush(stdout);
        for (int n = 0; n < 4 && !kd_select_instruction_set(names[n]); n++) {}
    }
    return failures != 0;
}
