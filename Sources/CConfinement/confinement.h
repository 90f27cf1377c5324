#include "CConfinement.h"

// Each function takes away one kind of thing; all return NULL, or the step that failed.

const char *confine_files(const kdbook_grant *grants, long count, int network, int newest, int *enforced);
const char *confine_calls(int network, int *enforced);
int confine_signals(int newest);
