// Products that leave out the terms whose left factor is zero. How, and when, is written in README.md.
#ifndef KDBOOK_SKIPPING_H
#define KDBOOK_SKIPPING_H

#include <stdint.h>

#include "product.h"

/// The numbers of A that are not zero, a list for each of its rows, cut where a chunk of B's rows ends.
typedef struct {
    /// How many chunks there are and how many rows of B each has, the last one perhaps fewer.
    long chunks, length;
    /// Row r's numbers start at r * room; places count from the start of their chunk.
    float *values;
    int32_t *places;
    long room;
    /// Chunk c of row r is entries starts[r * (chunks + 1) + c] up to the next start.
    int32_t *starts;
} kd_lists;

/// Some rows of C against one chunk of a panel of B.
typedef struct {
    const kd_product *product;
    const kd_lists *lists;
    long chunk, first_row, rows;
    /// The panel's first column, its width in vectors of 16, and how many lanes of the last one are columns.
    long first_column, vectors, last;
    /// The chunk, packed, and whether all its numbers are finite.
    const float *panel;
    int finite;
    /// Where the chains of these rows and columns wait between chunks.
    float *sums;
    long sums_row;
    /// Where set, the finished numbers are a gradient and go into the optimiser.
    const kd_update *update;
    float *weights, *first, *second;
} kd_skipping;

/// Whether this product is quicker without its zeros, or is to leave them out whatever it costs.
int kd_skips(const kd_product *product);

/// Computes the product, and where `update` is set hands it on as `kd_multiply_and_update` does, without its zeros.
void kd_multiply_skipping(
    const kd_product *product, const kd_update *update, float *weights, float *first, float *second);

#endif
