#ifndef KDBOOK_CKERNELS_H
#define KDBOOK_CKERNELS_H

#include "convolution.h"
#include "elementary.h"
#include "instruction_sets.h"
#include "storage.h"
#include "philox.h"
#include "pixels.h"
#include "pool.h"
#include "product.h"
#include "rows.h"
#include "update.h"
#include "zeros.h"

#endif
