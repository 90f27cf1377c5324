#include "CConfinement.h"

/// A filter of system calls, ready for the system.
typedef struct {
    const kdbook_instruction *code;
    long length;
} call_filter;

/// Writes a filter to `code`, which has room for `KDBOOK_MOST_INSTRUCTIONS`.
call_filter write_calls(kdbook_caller caller, kdbook_instruction *code);

/// Makes a Landlock ruleset that grants these files and no others.
///
/// - Returns: its descriptor, and in `*version` what the system enforces of it; -1 without a failure where it has none,
///   and with the step that failed in `*failure` otherwise.
int make_file_rules(
    const kdbook_grant *grants, long count, int network, int newest, int *version, const char **failure);

// Each function takes away one kind of thing from this process, by system calls alone; all return NULL, or the step that
// failed.

const char *confine_files(int ruleset);
const char *confine_calls(call_filter filter, int *enforced);
const char *drop_powers(void);
int confine_signals(int newest);
