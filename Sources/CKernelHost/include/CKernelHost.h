#ifndef KDBOOK_KERNEL_HOST_H
#define KDBOOK_KERNEL_HOST_H

#include <stdint.h>
#include <sys/types.h>

/// On a signal that a trap, a wild access or too large a file raises, writes to `descriptor` and lets the signal end the
/// process: `!memory` if memory was asked for in vain just before, `!thrown RETURN-ADDRESS…` of the last error thrown,
/// and `!crash SIGNAL PC RETURN-ADDRESS…`. Safe on a full stack: the handler has one of its own.
void kdbook_report_crashes(int descriptor);

/// Copies the process: 0 in the copy, the copy's id in the original. The copy ends with the original where the system can
/// promise that. (Swift hides fork; this process knows that only its own thread is in the middle of anything.)
pid_t kdbook_copy_process(void);

/// Waits for a copy's end: its status as waitpid gives it. A copy that stops itself is ended, as by that signal.
int kdbook_wait_for_copy(pid_t copy);

/// Whether this process started others whose end it has not awaited.
int kdbook_has_children(void);

/// Whether two descriptors are open on the same file or pipe.
int kdbook_is_same_file(int one, int other);

/// Loads the library at `path`; NULL and a message in `*reason` where it cannot. The address its code lies at
/// goes to `*base`.
void *kdbook_load_cell(const char *path, uint64_t *base, const char **reason);

/// Runs the loaded cell from its top. Where it waits for something asynchronous, Swift hands the thread over for good;
/// `wait` is then called, and when it returns, so does this.
void kdbook_run_cell(void *cell, void (*wait)(void));

#endif
