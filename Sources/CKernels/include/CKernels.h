#ifndef KDBOOK_CKERNELS_H
#define KDBOOK_CKERNELS_H

#include "philox.h"

#endif
