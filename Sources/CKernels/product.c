#include "product.h"

#include "instruction_set.h"
#include "pool.h"
#include "scratch.h"
#include "skipping.h"

#include <string.h>

// Fewer multiply-adds than this are done before a second thread has begun.
static const double THREADED = 2.0e5;
// Panels up to this size stay in a core's second cache while rows of A pass by.
static const long RESIDENT = 256 * 1024;
// A task of fewer multiply-adds than this costs more to hand over than to do.
static const long WORTHWHILE = 128 * 1024;
// Panels of inputs that one task takes of a layer of few units.
enum { PANELS = 3 };
// Images that one task takes for a layer of few units.
enum { IMAGES = 32 };

typedef struct {
    const kd_instruction_set *set;
    const kd_product *product;
    float *panels;
    long panel_count, block_rows, block_count;
    // Where set, rows of the result are columns of C.
    int transposed;
    float *c;
    long c_row;
    const kd_update *update;
    float *weights, *first, *second;
} work;

static long smaller(long a, long b) { return a < b ? a : b; }

static void for_each(void (*task)(void *, long), work *w, long count) {
    const kd_product *p = w->product;
    if ((double)p->rows * (double)p->columns * (double)p->depth >= THREADED) kd_parallel(task, w, count);
    else
        for (long index = 0; index < count; index++) task(w, index);
}

static kd_tiles panel_of(const work *w, long panel, const float *packed, long first_row, long rows) {
    const kd_product *p = w->product;
    long first = panel * w->set->tile_columns;
    long columns = smaller(w->set->tile_columns, p->columns - first);
    return (kd_tiles){
        .rows = rows,
        .depth = p->depth,
        .a = p->a + first_row * p->a_row,
        .a_row = p->a_row,
        .a_step = p->a_step,
        .b = packed,
        .b_step = (columns + 15) / 16 * 16,
        .vectors = (columns + 15) / 16,
        .last = columns - (columns - 1) / 16 * 16,
        .c = p->c + first_row * p->c_row + first,
        .c_row = p->c_row,
        .accumulate = p->accumulate,
        .finish = p->finish,
        .bias = p->bias ? p->bias + first : 0,
        .gate = p->gate ? p->gate + first_row * p->gate_row + first : 0,
        .gate_row = p->gate_row,
        .gate_scale = p->gate_scale,
    };
}

static void pack_panel(void *context, long panel) {
    const work *w = context;
    long first = panel * w->set->tile_columns;
    w->set->pack(
        w->panels + first * w->product->depth, w->product, first,
        smaller(w->set->tile_columns, w->product->columns - first));
}

// What is already in C, with columns of C as rows of the block.
static void load(const work *w, float *block, long first_row, long rows) {
    long columns = w->product->columns;
    for (long row = 0; row < rows; row++)
        for (long column = 0; column < columns; column++)
            block[row * columns + column] = w->c[column * w->c_row + first_row + row];
}

// Asks for the numbers that an update will need, `count` from `start` on.
static void ask_for(const work *w, long start, long count) {
    for (long i = start; i < start + count; i += 16) {
        __builtin_prefetch(w->weights + i, 1, 2);
        if (w->first) __builtin_prefetch(w->first + i, 1, 2);
        if (w->second) __builtin_prefetch(w->second + i, 1, 2);
    }
}

// Some rows of the result, whose factor A is at hand as `a`, against all packed panels.
static void rows_against_panels(const work *w, const kd_tiles *a, float *block, long first_row, long rows) {
    const kd_product *p = w->product;
    for (long panel = 0; panel < w->panel_count; panel++) {
        long first = panel * w->set->tile_columns;
        kd_tiles tiles = panel_of(w, panel, w->panels + first * p->depth, first_row, rows);
        tiles.a = a->a;
        tiles.a_row = a->a_row;
        tiles.a_step = a->a_step;
        if (block) {
            tiles.c = block + first;
            tiles.c_row = p->columns;
            tiles.finish = KD_PLAIN;
        }
        if (w->update) ask_for(w, first_row * p->columns + first * rows, tiles.vectors * 16 * rows);
        w->set->tiles(&tiles);
    }
}

// As above, from pixels: a tile's rows at a time become numbers in the nearest cache.
static void pixels_against_panels(const work *w, float *block, long first_row, long rows) {
    const kd_product *p = w->product;
    long step = p->pixels_turned ? rows : w->set->tile_rows;
    float *numbers = kd_scratch(KD_SCRATCH_PIXELS, (size_t)(step * p->depth));
    kd_tiles a = {.a = numbers, .a_row = p->pixels_turned ? 1 : p->depth, .a_step = p->pixels_turned ? rows : 1};
    for (long row = 0; row < rows; row += step) {
        long count = smaller(step, rows - row);
        if (p->pixels_turned) w->set->widen(numbers, rows, p->pixels, 0, p->depth, first_row, rows);
        else w->set->widen(numbers, p->depth, p->pixels, first_row + row, count, 0, p->depth);
        rows_against_panels(w, &a, block ? block + row * p->columns : 0, first_row + row, count);
    }
}

// The gradient of a block of weights goes into the optimiser.
static void apply(const work *w, const float *gradient, long start, long count) {
    w->set->update(
        w->update, w->weights + start, gradient, w->first ? w->first + start : 0, w->second ? w->second + start : 0,
        count);
}

// A block of rows of the result, against all packed panels.
static void row_block(void *context, long index) {
    const work *w = context;
    const kd_product *p = w->product;
    long first_row = index * w->block_rows, rows = smaller(w->block_rows, p->rows - first_row);
    int aside = w->transposed || w->update;
    float *block = aside ? kd_scratch(KD_SCRATCH_OWN, (size_t)(rows * p->columns)) : 0;
    if (w->transposed && p->accumulate) load(w, block, first_row, rows);
    if (p->pixels) {
        pixels_against_panels(w, block, first_row, rows);
    } else {
        kd_tiles a = {.a = p->a + first_row * p->a_row, .a_row = p->a_row, .a_step = p->a_step};
        rows_against_panels(w, &a, block, first_row, rows);
    }
    if (w->transposed) w->set->unload(block, p->columns, rows, p->columns, w->c, w->c_row, p, first_row);
    if (w->update) apply(w, block, first_row * p->columns, rows * p->columns);
}

// A panel of B, packed by the thread that uses it unless it can be read in place, against all rows of A.
static void column_panel(void *context, long index) {
    const work *w = context;
    const kd_product *p = w->product;
    long first = index * w->set->tile_columns;
    long columns = smaller(w->set->tile_columns, p->columns - first);
    kd_tiles tiles;
    if (p->b_column == 1 && columns % 16 == 0) {
        tiles = panel_of(w, index, p->b + first, 0, p->rows);
        tiles.b_step = p->b_step;
    } else {
        float *packed = kd_scratch(KD_SCRATCH_OWN, (size_t)((columns + 15) / 16 * 16 * p->depth));
        w->set->pack(packed, p, first, columns);
        tiles = panel_of(w, index, packed, 0, p->rows);
    }
    w->set->tiles(&tiles);
}

// The gradient of a layer of few units, turned: a panel of inputs against the units, then into the optimiser.
static void thin_panel(void *context, long index) {
    const work *w = context;
    const kd_product *p = w->product;
    const long width = w->set->tile_columns;
    float *packed = kd_scratch(KD_SCRATCH_PIXELS, (size_t)(width * p->depth));
    float *turned = kd_scratch(KD_SCRATCH_OWN, (size_t)(2 * width * PANELS * p->rows)), *gradient = turned + width * p->rows;
    long start = index * PANELS * width, end = smaller(start + PANELS * width, p->columns);
    for (long first = start; first < end; first += width) {
        long columns = smaller(width, p->columns - first), padded = (columns + 15) / 16 * 16;
        if (p->pixels) {
            if (padded != columns) memset(packed, 0, (size_t)(padded * p->depth) * sizeof *packed);
            w->set->widen(packed, padded, p->pixels, 0, p->depth, first, columns);
        } else {
            w->set->pack(packed, p, first, columns);
        }
        kd_tiles tiles = panel_of(w, first / width, packed, 0, p->rows);
        tiles.c = turned;
        tiles.c_row = padded;
        w->set->tiles(&tiles);
        w->set->unload(turned, padded, p->rows, columns, gradient + (first - start) * p->rows, p->rows, p, 0);
    }
    apply(w, gradient, start * p->rows, (end - start) * p->rows);
}

// Images against a layer of few units, turned: the units against a panel of images, then into rows of C.
static void thin_images(void *context, long index) {
    const work *w = context;
    const kd_product *p = w->product;
    long first = index * IMAGES, columns = smaller(IMAGES, p->columns - first), width = w->set->tile_columns;
    float *packed = kd_scratch(KD_SCRATCH_PIXELS, (size_t)(IMAGES * p->depth));
    float *turned = kd_scratch(KD_SCRATCH_OWN, (size_t)(IMAGES * p->rows));
    for (long start = 0; start < columns; start += width) {
        long count = smaller(width, columns - start), padded = (count + 15) / 16 * 16;
        w->set->widen_turned(packed, padded, p->pixels, first + start, count);
        kd_tiles tiles = panel_of(w, 0, packed, 0, p->rows);
        tiles.b_step = padded;
        tiles.vectors = padded / 16;
        tiles.last = 16;
        tiles.c = turned;
        tiles.c_row = padded;
        tiles.finish = KD_PLAIN;
        w->set->tiles(&tiles);
        w->set->unload(turned, padded, p->rows, count, w->c + (first + start) * w->c_row, w->c_row, p, 0);
    }
}

static void by_rows(work *w) {
    const kd_product *p = w->product;
    long columns = w->set->tile_columns;
    w->panel_count = (p->columns + columns - 1) / columns;
    long base = w->set->block_rows, block_work = base * (p->columns + 15) / 16 * 16 * (p->depth + 1);
    w->block_rows = block_work < WORTHWHILE ? base * (WORTHWHILE / block_work) : base;
    w->block_count = (p->rows + w->block_rows - 1) / w->block_rows;
    w->panels = kd_scratch(KD_SCRATCH_SHARED, (size_t)(w->panel_count * columns * p->depth));
    for_each(pack_panel, w, w->panel_count);
    for_each(row_block, w, w->block_count);
}

static void by_columns(work *w) {
    long columns = w->set->tile_columns;
    w->panel_count = (w->product->columns + columns - 1) / columns;
    for_each(column_panel, w, w->panel_count);
}

// Cᵀ = Bᵀ·Aᵀ. The pixels, if any, then stand for the right factor.
static kd_product turn(const kd_product *p) {
    kd_product turned = *p;
    turned.rows = p->columns;
    turned.columns = p->rows;
    turned.a = p->b;
    turned.a_row = p->b_column;
    turned.a_step = p->b_step;
    turned.b = p->a;
    turned.b_step = p->a_step;
    turned.b_column = p->a_row;
    return turned;
}

void kd_multiply(const kd_product *product) {
    if (product->rows == 0 || product->columns == 0) return;
    if (kd_skips(product)) {
        kd_multiply_skipping(product, 0, 0, 0, 0);
        return;
    }
    work w = {.set = kd_current(), .product = product, .c = product->c, .c_row = product->c_row};
    int has_bias = product->finish == KD_ADD_BIAS || product->finish == KD_ADD_BIAS_RELU;
    int thin = product->columns <= 16 && product->pixels && !product->pixels_turned && !product->accumulate;
    if (thin && product->finish != KD_GATE) {
        kd_product turned = turn(product);
        w.product = &turned;
        for_each(thin_images, &w, (turned.columns + IMAGES - 1) / IMAGES);
    } else if (product->b_column != 1 && product->rows < product->columns && !has_bias && !product->pixels) {
        // Cᵀ = Bᵀ·Aᵀ: the smaller factor is packed, the larger read in place.
        kd_product turned = turn(product);
        w.product = &turned;
        w.transposed = 1;
        by_rows(&w);
    } else if (product->columns * product->depth > RESIDENT && product->rows < product->columns
               && !product->pixels_turned) {
        kd_product widened = *product;
        if (product->pixels) {
            float *numbers = kd_scratch(KD_SCRATCH_SHARED, (size_t)(product->rows * product->depth));
            kd_widen(numbers, product->pixels);
            widened.a = numbers;
            widened.a_row = product->depth;
            widened.a_step = 1;
            w.product = &widened;
        }
        by_columns(&w);
    } else {
        by_rows(&w);
    }
}

void kd_multiply_and_update(
    const kd_product *product, const kd_update *update, float *weights, float *first, float *second) {
    if (product->rows == 0 || product->columns == 0) return;
    kd_product plain = *product;
    plain.accumulate = 0;
    plain.finish = KD_PLAIN;
    plain.gate = plain.bias = 0;
    if (kd_skips(&plain)) {
        kd_multiply_skipping(&plain, update, weights, first, second);
        return;
    }
    work w = {
        .set = kd_current(),
        .product = &plain,
        .update = update,
        .weights = weights,
        .first = first,
        .second = second,
    };
    int across = product->pixels ? product->pixels_turned : product->a_row == 1;
    if (product->columns <= 16 && product->rows > 16 && across) {
        plain = turn(&plain);
        long width = PANELS * w.set->tile_columns;
        for_each(thin_panel, &w, (plain.columns + width - 1) / width);
    } else {
        by_rows(&w);
    }
}
