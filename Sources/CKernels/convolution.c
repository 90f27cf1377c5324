#include "convolution.h"

#include "instruction_set.h"
#include "pool.h"
#include "product.h"
#include "scratch.h"

// Images whose gradient is one chain: one task's work, whatever the number of threads.
enum { GROUP = 8 };
// Patches of so many numbers stay in a core's second cache from when they are made until they are used.
static const long RESIDENT = 128 * 1024;
// Columns of the groups' gradients that one task adds.
static const long COLUMNS = 4096;

typedef struct {
    const kd_instruction_set *set;
    const kd_convolution *shape;
    long images;
    const float *input, *weights, *bias, *delta, *chosen;
    const kd_function *function;
    float *output, *places, *input_gradient;
    // The groups' gradients, and where their sum goes.
    float *parts, *gradient;
} work;

static long smaller(long a, long b) { return a < b ? a : b; }
static long rows_of(const kd_convolution *s) { return (s->height + 2 * s->padding - s->kernel) / s->stride + 1; }
static long columns_of(const kd_convolution *s) { return (s->width + 2 * s->padding - s->kernel) / s->stride + 1; }

long kd_places(const kd_convolution *s) { return rows_of(s) * columns_of(s); }
long kd_pooled_places(const kd_convolution *s) { return (rows_of(s) / s->pool) * (columns_of(s) / s->pool); }

static long patch_size(const kd_convolution *s) { return s->kernel * s->kernel * s->channels; }
static long image_size(const kd_convolution *s) { return s->height * s->width * s->channels; }
static long gradient_size(const kd_convolution *s) { return (patch_size(s) + 1) * s->filters; }
static long group_count(const work *w) { return (w->images + GROUP - 1) / GROUP; }

// Some images of a group, whose patches lie in the nearest large cache.
typedef struct {
    long first, count, places;
    // Patches are patch_size + 1 numbers apart, the last of which is 1.
    float *patches, *framed;
} chunk;

static long images_of_chunk(const work *w) {
    const long patches = kd_places(w->shape) * (patch_size(w->shape) + 1);
    return patches >= RESIDENT ? 1 : smaller(GROUP, RESIDENT / patches);
}

static chunk unfolded(const work *w, long first, long count) {
    const kd_convolution *s = w->shape;
    const long places = kd_places(s), row = patch_size(s) + 1;
    const long frame = (s->height + 2 * s->padding) * (s->width + 2 * s->padding) * s->channels + 16;
    float *room = kd_scratch(KD_SCRATCH_PATCHES, (size_t)(count * places * row + 16 + frame));
    chunk c = {first, count, count * places, room, room + count * places * row + 16};
    for (long image = 0; image < count; image++)
        w->set->unfold(
            s, w->input + (first + image) * image_size(s), c.framed, c.patches + image * places * row);
    return c;
}

static void convolve_group(void *context, long group) {
    const work *w = context;
    const kd_convolution *s = w->shape;
    const long places = kd_places(s), pooled = kd_pooled_places(s) * s->filters;
    const long end = smaller((group + 1) * GROUP, w->images), step = images_of_chunk(w);
    for (long first = group * GROUP; first < end; first += step) {
        const chunk c = unfolded(w, first, smaller(step, end - first));
        float *values = s->pool == 1 ? w->output + first * pooled
                                     : kd_scratch(KD_SCRATCH_VALUES, (size_t)(c.places * s->filters));
        const int relu = w->function && *w->function == KD_RELU;
        kd_multiply(&(kd_product){
            .rows = c.places,
            .columns = s->filters,
            .depth = patch_size(s),
            .a = c.patches,
            .a_row = patch_size(s) + 1,
            .a_step = 1,
            .b = w->weights,
            .b_step = s->filters,
            .b_column = 1,
            .c = values,
            .c_row = s->filters,
            .finish = relu ? KD_ADD_BIAS_RELU : KD_ADD_BIAS,
            .bias = w->bias,
        });
        if (w->function && !relu) w->set->map(*w->function, values, values, c.places * s->filters);
        if (s->pool == 1) continue;
        for (long image = 0; image < c.count; image++)
            w->set->pool(
                s, values + image * places * s->filters, w->output + (first + image) * pooled,
                w->places ? w->places + (first + image) * pooled : 0);
    }
}

void kd_convolve(
    const kd_convolution *shape, long images, const float *input, const float *weights, const float *bias,
    const kd_function *function, float *output, float *chosen) {
    work w = {
        .set = kd_current(),
        .shape = shape,
        .images = images,
        .input = input,
        .weights = weights,
        .bias = bias,
        .function = function,
        .output = output,
        .places = chosen,
    };
    kd_parallel(convolve_group, &w, group_count(&w));
}

// The gradient of the sums at each place of a chunk.
static const float *delta_of_places(const work *w, const chunk *c) {
    const kd_convolution *s = w->shape;
    const long places = kd_places(s), pooled = kd_pooled_places(s) * s->filters;
    if (s->pool == 1) return w->delta + c->first * pooled;
    float *values = kd_scratch(KD_SCRATCH_VALUES, (size_t)(c->places * s->filters));
    for (long image = 0; image < c->count; image++) {
        const long from = (c->first + image) * pooled;
        w->set->unpool(s, w->delta + from, w->chosen + from, values + image * places * s->filters);
    }
    return values;
}

// The chunk's patches are no longer wanted: their gradients take the place of them.
static void input_gradient_of(const work *w, const chunk *c, const float *delta) {
    const kd_convolution *s = w->shape;
    const long row = patch_size(s) + 1;
    kd_multiply(&(kd_product){
        .rows = c->places,
        .columns = patch_size(s),
        .depth = s->filters,
        .a = delta,
        .a_row = s->filters,
        .a_step = 1,
        .b = w->weights,
        .b_step = 1,
        .b_column = s->filters,
        .c = c->patches,
        .c_row = row,
    });
    for (long image = 0; image < c->count; image++)
        w->set->fold(
            s, c->patches + image * kd_places(s) * row, c->framed, w->input_gradient + (c->first + image) * image_size(s));
}

static void gradient_of_group(void *context, long group) {
    const work *w = context;
    const kd_convolution *s = w->shape;
    const long end = smaller((group + 1) * GROUP, w->images), step = images_of_chunk(w);
    for (long first = group * GROUP; first < end; first += step) {
        const chunk c = unfolded(w, first, smaller(step, end - first));
        const float *delta = delta_of_places(w, &c);
        kd_multiply(&(kd_product){
            .rows = patch_size(s) + 1,
            .columns = s->filters,
            .depth = c.places,
            .a = c.patches,
            .a_row = 1,
            .a_step = patch_size(s) + 1,
            .b = delta,
            .b_step = s->filters,
            .b_column = 1,
            .c = w->parts + group * gradient_size(s),
            .c_row = s->filters,
            .accumulate = first > group * GROUP,
        });
        if (w->input_gradient) input_gradient_of(w, &c, delta);
    }
}

static void add_parts(void *context, long index) {
    const work *w = context;
    const long size = gradient_size(w->shape), first = index * COLUMNS;
    w->set->column_sums(w->gradient + first, w->parts + first, group_count(w), smaller(COLUMNS, size - first), size);
}

void kd_convolution_gradient(
    const kd_convolution *shape, long images, const float *input, const float *weights, const float *delta,
    const float *chosen, float *gradient, float *input_gradient) {
    work w = {
        .set = kd_current(),
        .shape = shape,
        .images = images,
        .input = input,
        .weights = weights,
        .delta = delta,
        .chosen = chosen,
        .gradient = gradient,
        .input_gradient = input_gradient,
    };
    const long size = gradient_size(shape);
    w.parts = kd_scratch(KD_SCRATCH_PARTS, (size_t)(group_count(&w) * size));
    kd_parallel(gradient_of_group, &w, group_count(&w));
    kd_parallel(add_parts, &w, (size + COLUMNS - 1) / COLUMNS);
}
