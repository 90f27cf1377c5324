#ifndef KDBOOK_SUPERVISOR_H
#define KDBOOK_SUPERVISOR_H

/// What the processes of a notebook may use.
typedef struct {
    unsigned long long memory;        ///< Bytes, of each process and of all together.
    unsigned long long file_size;     ///< Bytes.
    unsigned long long scratch_size;  ///< Bytes of all files in the scratch folder.
    long processes;
    long threads;         ///< Of all processes together.
    int landlock;         ///< The newest version of Landlock's interface to use; 0 is none.
    const char *scratch;  ///< A folder that goes when they are gone.
} bounds;

/// Splits this process in two: returns in the one that is to run the notebook, while the other watches over it
/// and never returns. It ends that process and everything it started, daemons included, when it ends, when it uses
/// more than it may, when SIGTERM asks for it, and when the engine is gone; then it ends as that process did.
///
/// What ended it is told on the events' descriptor, as `!over memory`, `!over scratch`, `!over nesting`,
/// `!over processes`, `!over threads` or `!stopped SIGNAL`.
void supervise(const bounds *bounds);

#endif
