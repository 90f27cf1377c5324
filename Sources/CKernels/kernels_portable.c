#include "instruction_set.h"
#include "vector_portable.h"
#include "instruction_set.inc.h"

KD_TABLE(kd_portable, "portable")
