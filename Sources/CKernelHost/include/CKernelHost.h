#ifndef KDBOOK_KERNEL_HOST_H
#define KDBOOK_KERNEL_HOST_H

#include <stdint.h>
#include <sys/types.h>

/// On a signal that a trap or a wild access raises, writes `!thrown RETURN-ADDRESS…` (of the last error thrown) and
/// `!crash SIGNAL PC RETURN-ADDRESS…` to `descriptor` and lets the signal end the process. Safe on a full stack: the handler has one of its own.
void kdbook_report_crashes(int descriptor);

/// Has the process ended when the one that started it is gone, where the system can promise that.
void kdbook_end_with_parent(void);

/// Copies the process: 0 in the copy, the copy's id in the original. (Swift hides fork; this process knows that
/// only its own thread is in the middle of anything.)
pid_t kdbook_copy_process(void);

/// Loads the library at `path`; NULL and a message in `*reason` where it cannot. The address its code lies at
/// goes to `*base`.
void *kdbook_load_cell(const char *path, uint64_t *base, const char **reason);

/// Runs the loaded cell from its top. Where it waits for something asynchronous, Swift hands the thread over for good;
/// `wait` is then called, and when it returns, so does this.
void kdbook_run_cell(void *cell, void (*wait)(void));

#endif
