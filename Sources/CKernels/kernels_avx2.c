#if defined(__x86_64__)

#include "instruction_set.h"
#include "vector_avx2.h"
#include "instruction_set.inc.h"

KD_TABLE(kd_avx2, "avx2")

#pragma clang attribute pop

#endif
