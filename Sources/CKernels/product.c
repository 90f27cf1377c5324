#include "product.h"

#include "instruction_set.h"
#include "pool.h"
#include "scratch.h"

// Fewer multiply-adds than this are done before a second thread has begun.
static const double THREADED = 1.0e6;
// Panels up to this size stay in a core's second cache while rows of A pass by.
static const long RESIDENT = 256 * 1024;

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

// Element (row, column) of C moves between memory and the block, whose rows are columns of C.
static void turn(const work *w, float *block, long first_row, long rows, int load) {
    const kd_product *p = w->product;
    for (long column = 0; column < p->columns; column++) {
        float *c = w->c + column * w->c_row + first_row;
        const float *gate = p->gate ? p->gate + column * p->gate_row + first_row : 0;
        for (long row = 0; row < rows; row++) {
            float *value = block + row * p->columns + column;
            if (load) *value = c[row];
            else if (p->finish != KD_GATE) c[row] = *value;
            else c[row] = gate[row] > 0 ? *value * p->gate_scale : 0;
        }
    }
}

// A block of rows of the result, against all packed panels.
static void row_block(void *context, long index) {
    const work *w = context;
    const kd_product *p = w->product;
    long first_row = index * w->block_rows, rows = smaller(w->block_rows, p->rows - first_row);
    int aside = w->transposed || w->update;
    float *block = aside ? kd_scratch(KD_SCRATCH_OWN, (size_t)(rows * p->columns)) : 0;
    if (w->transposed && p->accumulate) turn(w, block, first_row, rows, 1);
    for (long panel = 0; panel < w->panel_count; panel++) {
        long first = panel * w->set->tile_columns;
        kd_tiles tiles = panel_of(w, panel, w->panels + first * p->depth, first_row, rows);
        if (aside) {
            tiles.c = block + first;
            tiles.c_row = p->columns;
            tiles.finish = KD_PLAIN;
        }
        w->set->tiles(&tiles);
    }
    if (w->transposed) turn(w, block, first_row, rows, 0);
    if (w->update) {
        long start = first_row * p->columns;
        w->set->update(
            w->update, w->weights + start, block, w->first ? w->first + start : 0,
            w->second ? w->second + start : 0, rows * p->columns);
    }
}

// A panel of B, packed by the thread that uses it, against all rows of A.
static void column_panel(void *context, long index) {
    const work *w = context;
    const kd_product *p = w->product;
    long first = index * w->set->tile_columns;
    long columns = smaller(w->set->tile_columns, p->columns - first);
    float *packed = kd_scratch(KD_SCRATCH_OWN, (size_t)((columns + 15) / 16 * 16 * p->depth));
    w->set->pack(packed, p, first, columns);
    kd_tiles tiles = panel_of(w, index, packed, 0, p->rows);
    w->set->tiles(&tiles);
}

static void by_rows(work *w) {
    const kd_product *p = w->product;
    long columns = w->set->tile_columns;
    w->panel_count = (p->columns + columns - 1) / columns;
    w->block_rows = w->set->block_rows;
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

void kd_multiply(const kd_product *product) {
    if (product->rows == 0 || product->columns == 0) return;
    work w = {.set = kd_current(), .product = product, .c = product->c, .c_row = product->c_row};
    int has_bias = product->finish == KD_ADD_BIAS || product->finish == KD_ADD_BIAS_RELU;
    if (product->b_column != 1 && product->rows < product->columns && !has_bias) {
        // Cᵀ = Bᵀ·Aᵀ: the smaller factor is packed, the larger read in place.
        kd_product turned = *product;
        turned.rows = product->columns;
        turned.columns = product->rows;
        turned.a = product->b;
        turned.a_row = product->b_column;
        turned.a_step = product->b_step;
        turned.b = product->a;
        turned.b_step = product->a_step;
        turned.b_column = product->a_row;
        w.product = &turned;
        w.transposed = 1;
        by_rows(&w);
    } else if (product->columns * product->depth > RESIDENT && product->rows < product->columns) {
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
    work w = {
        .set = kd_current(),
        .product = &plain,
        .update = update,
        .weights = weights,
        .first = first,
        .second = second,
    };
    by_rows(&w);
}
