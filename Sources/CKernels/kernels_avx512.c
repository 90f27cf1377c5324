#if defined(__x86_64__)

#include "instruction_set.h"
#include "vector_avx512.h"
#include "instruction_set.inc.h"

KD_TABLE(kd_avx512, "avx512")

#pragma clang attribute pop

#endif
