#ifndef KDBOOK_CONFINEMENT_H
#define KDBOOK_CONFINEMENT_H

// What a process may no longer do to its surroundings, once and for all: it and all that it starts. All that differs
// between systems in this is in this module; where a system has no such means, nothing is confined and the
// functions say so.

#include "CallFilter.h"

/// What may be done with a file, or with all files below a folder.
typedef enum {
    KDBOOK_LIST,     ///< Folders are listed; no file is opened.
    KDBOOK_READ,     ///< Files are read and folders are listed.
    KDBOOK_EXECUTE,  ///< As ``KDBOOK_READ``, and programs are started.
    KDBOOK_DEVICE,   ///< Files are read and written, none is made.
    KDBOOK_WRITE,    ///< Files and folders are read, written, made and removed.
} kdbook_access;

typedef struct {
    const char *path;  ///< Where nothing is, nothing is granted.
    kdbook_access access;
} kdbook_grant;

/// What the system enforces.
typedef struct {
    int landlock;  ///< The version of Landlock's interface that guards files, signals and TCP; 0 is none.
    int filter;    ///< Whether system calls are filtered, which guards the rest.
} kdbook_confinement;

/// Confines this process, which must have one thread only, to what `grants` name: all other files are out of reach, so
/// are processes outside, and the network unless `network` is not zero. Drops a superuser's powers but that
/// over file modes.
///
/// - Parameter newest: the newest version of Landlock's interface to use; a lower one than the system's is for tests.
/// - Returns: NULL and what is enforced in `*result`, or the step that failed, with the cause in `errno`.
const char *kdbook_confine(
    const kdbook_grant *grants, long count, int network, int newest, kdbook_confinement *result);

/// What holds a tool from its first instruction on: a program that reads a stranger's text for us.
typedef struct {
    int files;                     ///< A descriptor of Landlock's rules; -1 where the system has none.
    unsigned long long memory;     ///< What it may use, in bytes.
    unsigned long long file_size;  ///< The largest file that it may write, in bytes.
    unsigned long long seconds;    ///< The processor time that it may take.
    kdbook_caller caller;          ///< Whose system calls it may make: a tool's, or those of a build.
} kdbook_cage;

/// Makes ready what holds a tool to `grants` and to what `cage->caller` may. As `KDBOOK_TOOL` it has no network, and no process
/// but its own. The descriptor is the caller's.
///
/// - Returns: NULL, or the step that failed, with the cause in `errno`.
const char *kdbook_make_cage(const kdbook_grant *grants, long count, int newest, kdbook_cage *cage);

/// Has `cage` hold this process, which is to become a tool next. Makes system calls only, so that a child may call it that
/// shares its parent's memory.
///
/// - Returns: 0, or the error's number.
int kdbook_enter_cage(const kdbook_cage *cage);

/// Keeps this process and all it starts from sending signals to any process but these.
///
/// - Returns: whether the system enforces it.
int kdbook_confine_signals(int newest);

#endif
