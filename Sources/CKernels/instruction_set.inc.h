// Every kernel for the vector chosen by the including file.

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

#include "elementary.inc.h"
#include "rows.inc.h"
#include "dropout.inc.h"
#include "optimizer.inc.h"
#include "product.inc.h"
#include "zeros.inc.h"
#include "convolution.inc.h"

#define KD_TABLE(identifier, label)                                                                                \
    const kd_instruction_set identifier = {                                                                   \
        .name = label,                                                                                        \
        .tile_rows = TILE_ROWS,                                                                               \
        .tile_columns = 16 * TILE_VECTORS,                                                                    \
        .block_rows = TILE_ROWS == 6 ? 24 : 16,                                                               \
        .tiles = tiles,                                                                                       \
        .pack = pack,                                                                                         \
        .unload = unload,                                                                                     \
        .map = map,                                                                                           \
        .multiply_by_slope = multiply_by_slope,                                                               \
        .widen = widen,                                                                                       \
        .widen_turned = widen_turned,                                                                         \
        .widen_shifted = widen_shifted,                                                                       \
        .column_sums = column_sums,                                                                           \
        .drop = drop,                                                                                         \
        .sum_of_products = sum_of_products,                                                                   \
        .softmax = softmax,                                                                                   \
        .objective = objective,                                                                               \
        .update = update,                                                                                     \
        .limit_column_norms = limit_column_norms,                                                             \
        .unfold = unfold,                                                                                     \
        .fold = fold,                                                                                         \
        .pool = pool,                                                                                         \
        .unpool = unpool,                                                                                     \
        .list_rows = list_rows,                                                                               \
        .all_finite = all_finite,                                                                             \
        .skip_rows = skip_rows,                                                                               \
        .skip_vectors = SKIP_VECTORS,                                                                         \
        .skip_costs = SKIP_COSTS,                                                                             \
    };
