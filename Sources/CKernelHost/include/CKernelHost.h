#ifndef KDBOOK_KERNEL_HOST_H
#define KDBOOK_KERNEL_HOST_H

#include <stdint.h>
#include <sys/types.h>

/// On a signal that a trap, a wild access or too large a file raises, writes to `descriptor` and lets the signal end the
/// process: `!memory` if memory was asked for in vain just before, `!thrown RETURN-ADDRESS…` of the error that nobody caught,
/// and `!crash SIGNAL PC RETURN-ADDRESS…`. Safe on a full stack: the handler has one of its own.
void kdbook_report_crashes(int descriptor);

/// Has crashes of this process, a copy, reported as those of the first.
void kdbook_report_crashes_here(void);

/// To be called in a new process, whose only thread had the number `before` in the one that it was made from.
///
/// Swift's libraries ask for a thread's number once, and tell the system by it who holds a lock (Swift 6.3 on Linux: lazy values
/// and `Mutex`). With the old number the system takes the lock for another's, and whoever waits for it waits for ever.
void kdbook_renumber_thread(pid_t before);

/// Copies the process: 0 in the copy, the copy's id in the original. The copy ends with the original where the system can
/// promise that. (Swift hides fork; this process knows that only its own thread is in the middle of anything.)
pid_t kdbook_copy_process(void);

/// Why the process's state cannot be copied: what a copy would not have, or would share with the process.
typedef enum {
    KDBOOK_NO_OBSTACLE,
    /// Threads, alive or waiting for work.
    KDBOOK_THREADS,
    /// Files, pipes or sockets are open, or closed, that were not at first.
    KDBOOK_DESCRIPTORS,
    /// Files lie in the scratch folder.
    KDBOOK_FILES,
    /// Memory that other processes can write to.
    KDBOOK_SHARED_MEMORY,
    KDBOOK_TIMERS,
} kdbook_obstacle;

/// Notes which descriptors are open while no cell has run, and where the scratch folder is.
void kdbook_note_descriptors(const char *scratch);

/// Whether anything keeps the state from being copied.
///
/// `helpers` is how many threads there are that end before a copy is made, and start anew in it.
kdbook_obstacle kdbook_obstacle_to_copy(int helpers);

/// Copies the process for good: 0 in the copy, which goes on, its id in the original, which keeps the state as it is.
/// The copy does not end with the original; what ends all of them is the process that watches over the kernel.
pid_t kdbook_leave_copy(void);

/// Waits until something can be read at `descriptor` (then 1), or a child has ended (then 0, with its id and status). A child
/// that stops itself is ended, as by that signal. Signals are handled afterwards as they were before.
int kdbook_await(int descriptor, pid_t *child, int *status);

/// Ends all that descends from this process, and empties the scratch folder.
void kdbook_end_copies(void);

/// Whether work was handed to Dispatch, whose threads a copy of the process would not have.
int kdbook_has_dispatched(void);

/// Whether this process is a copy of one that had such threads: they are not here, and no others come.
int kdbook_lacks_threads(void);

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

/// Has `body` called where a cell throws an error at its top that nobody catches, before that ends the process.
void kdbook_before_uncaught_error(void (*body)(void));

#endif
