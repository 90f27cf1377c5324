#ifndef KDBOOK_INSTRUCTION_SETS_H
#define KDBOOK_INSTRUCTION_SETS_H

/// The name of the path in use: avx512, avx2, neon or portable. It is the one KDBOOK_ISA names, else the widest
/// that this processor has.
const char *kd_instruction_set_name(void);

/// Chooses a path by name; 0 where this processor cannot run it or there is none of that name.
int kd_select_instruction_set(const char *name);

#endif
