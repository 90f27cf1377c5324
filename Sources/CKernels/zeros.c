#include "zeros.h"

#include "instruction_set.h"
#include "pool.h"
#include "scratch.h"
#include "skipping.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A chunk of a panel stays in a core's first cache while rows of A pass by.
static const long NEAREST = 32 * 1024;
// Lists of more numbers than this are not made.
static const long LISTED = 4 * 1024 * 1024;
// Fewer multiply-adds than this are done before a second thread has begun.
static const double THREADED = 2.0e5;
// Rows of A that are listed at a time.
enum { LISTING = 16 };
// The share of zeros is judged by at most this many lines of A, and by at most one in eight.
enum { SAMPLE = 16, SAMPLED = 8 };

static _Atomic int selected = -1;

void kd_select_zeros(kd_zeros choice) { atomic_store(&selected, (int)choice); }

kd_zeros kd_current_zeros(void) {
    static const char *const names[] = {"auto", "skip", "dense"};
    int choice = atomic_load_explicit(&selected, memory_order_relaxed);
    if (choice >= 0) return (kd_zeros)choice;
    const char *wanted = getenv("KDBOOK_ZEROS");
    choice = wanted && *wanted ? -1 : KD_ZEROS_AUTO;
    for (int i = 0; choice < 0 && i < 3; i++)
        if (strcmp(wanted, names[i]) == 0) choice = i;
    if (choice < 0) {
        fprintf(stderr, "KDBOOK_ZEROS=%s: it can be auto, skip or dense\n", wanted);
        exit(2);
    }
    atomic_store(&selected, choice);
    return (kd_zeros)choice;
}

static long smaller(long a, long b) { return a < b ? a : b; }
static long quotient_up(long a, long b) { return (a + b - 1) / b; }

static long larger(long a, long b) { return a > b ? a : b; }

// Counts of 32 bits, since the compiler puts twice as many of them into a vector.
static int bytes_not_zero(const uint8_t *bytes, long length) {
    int count = 0;
    for (long k = 0; k < length; k++) count += bytes[k] != 0;
    return count;
}
static int numbers_not_zero(const float *numbers, long length) {
    int count = 0;
    for (long k = 0; k < length; k++) count += numbers[k] != 0;
    return count;
}

// The share of A that is not zero, judged by some of the lines in which it lies in memory.
static double density(const kd_product *p) {
    const int turned = p->pixels ? p->pixels_turned : p->a_step != 1;
    const long lines = turned ? p->depth : p->rows, length = turned ? p->rows : p->depth;
    const long sample = larger(1, smaller(SAMPLE, lines / SAMPLED));
    long count = 0;
    for (long i = 0; i < sample; i++) {
        const long line = i * lines / sample;
        count += p->pixels
            ? bytes_not_zero(p->pixels->base + (long)p->pixels->order[line] * p->pixels->width, length)
            : numbers_not_zero(p->a + line * (turned ? p->a_step : p->a_row), length);
    }
    return (double)count / (double)(sample * length);
}

int kd_skips(const kd_product *p) {
    const kd_zeros choice = kd_current_zeros();
    const int in_lines = p->pixels || p->a_step == 1 || p->a_row == 1;
    if (choice == KD_ZEROS_DENSE || p->depth == 0 || !in_lines) return 0;
    if (p->rows * (p->depth + 16) > LISTED) return 0;
    if (choice == KD_ZEROS_SKIP) return 1;
    const kd_skip_costs *cost = &kd_current()->skip_costs;
    const double vectors = (double)quotient_up(p->columns, 16), rows = (double)p->rows;
    const double packing = p->b_column == 1 ? cost->packing : cost->turning;
    const double once = cost->passing + cost->listing / vectors + packing / rows;
    if (once >= 1) return 0;
    return density(p) * cost->term + once < 1;
}

typedef struct {
    const kd_instruction_set *set;
    const kd_product *product;
    kd_lists lists;
    long panel_count, block_rows, block_count;
    const kd_update *update;
    float *weights, *first, *second;
} work;

static void for_each(void (*task)(void *, long), work *w, long count) {
    const kd_product *p = w->product;
    if ((double)p->rows * (double)p->columns * (double)p->depth >= THREADED) kd_parallel(task, w, count);
    else
        for (long index = 0; index < count; index++) task(w, index);
}

static void list(const work *w, long first_row, long rows) {
    float *room = kd_scratch(KD_SCRATCH_PIXELS, (size_t)(2 * LISTING * (w->product->depth + 16)));
    for (long row = 0; row < rows; row += LISTING)
        w->set->list_rows(&w->lists, w->product, first_row + row, smaller(LISTING, rows - row), room);
}

static void list_block(void *context, long index) {
    const work *w = context;
    list(w, index * LISTING, smaller(LISTING, w->product->rows - index * LISTING));
}

// Some rows of C against a panel of B, chunk by chunk.
static void panel_and_rows(void *context, long index) {
    const work *w = context;
    const kd_product *p = w->product;
    const long panel = index / w->block_count, block = index % w->block_count;
    const long vectors = quotient_up(p->columns, 16);
    const long first = panel * vectors / w->panel_count, end = (panel + 1) * vectors / w->panel_count;
    const long width = 16 * (end - first), columns = smaller(width, p->columns - 16 * first);
    kd_skipping s = {
        .product = p,
        .lists = &w->lists,
        .first_row = block * w->block_rows,
        .rows = smaller(w->block_rows, p->rows - block * w->block_rows),
        .first_column = 16 * first,
        .vectors = end - first,
        .last = columns - (end - first - 1) * 16,
        .update = w->update,
        .weights = w->weights,
        .first = w->first,
        .second = w->second,
    };
    if (w->panel_count == 1) list(w, s.first_row, s.rows);
    const int waiting = w->update && w->lists.chunks > 1;
    float *packed = kd_scratch(KD_SCRATCH_OWN, (size_t)(width * (w->lists.length + (waiting ? s.rows : 0))));
    s.panel = packed;
    s.sums = waiting ? packed + width * w->lists.length : p->c + s.first_row * p->c_row + s.first_column;
    s.sums_row = waiting ? width : p->c_row;
    for (s.chunk = 0; s.chunk < w->lists.chunks; s.chunk++) {
        kd_product part = *p;
        part.b = p->b + s.chunk * w->lists.length * p->b_step;
        part.depth = smaller(w->lists.length, p->depth - s.chunk * w->lists.length);
        w->set->pack(packed, &part, s.first_column, columns);
        s.finite = w->set->all_finite(packed, width * part.depth);
        w->set->skip_rows(&s);
    }
}

void kd_multiply_skipping(
    const kd_product *product, const kd_update *update, float *weights, float *first, float *second) {
    work w = {
        .set = kd_current(),
        .product = product,
        .update = update,
        .weights = weights,
        .first = first,
        .second = second,
    };
    const long depth = product->depth, vectors = quotient_up(product->columns, 16);
    long widest = w.set->skip_vectors;
    // Narrower panels of all rows of B where those then need no second chunk.
    if (update && depth * 16 * 4 * 4 <= NEAREST) widest = smaller(widest, NEAREST / (depth * 16 * 4));
    w.panel_count = quotient_up(vectors, widest);
    // Two threads have the same to do.
    if (w.panel_count > 1 && w.panel_count % 2 == 1 && w.panel_count < vectors) w.panel_count++;
    const long length = NEAREST / (quotient_up(vectors, w.panel_count) * 16 * 4) / 16 * 16;
    w.lists.length = smaller(depth, length);
    w.lists.chunks = quotient_up(depth, w.lists.length);
    w.block_count = w.panel_count > 1 ? 1 : smaller(8, quotient_up(product->rows, 64));
    w.block_rows = quotient_up(product->rows, w.block_count);
    w.block_count = quotient_up(product->rows, w.block_rows);

    w.lists.room = depth + 16;
    const long entries = product->rows * w.lists.room;
    float *shared = kd_scratch(KD_SCRATCH_SHARED, (size_t)(2 * entries + product->rows * (w.lists.chunks + 1)));
    w.lists.values = shared;
    w.lists.places = (int32_t *)(shared + entries);
    w.lists.starts = (int32_t *)(shared + 2 * entries);
    if (w.panel_count > 1) for_each(list_block, &w, quotient_up(product->rows, LISTING));
    for_each(panel_and_rows, &w, w.panel_count * w.block_count);
}
