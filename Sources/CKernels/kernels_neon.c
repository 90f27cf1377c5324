#if defined(__aarch64__)

#include "instruction_set.h"
#include "vector_neon.h"
#include "instruction_set.inc.h"

KD_TABLE(kd_neon, "neon")

#endif
