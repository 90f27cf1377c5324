#pragma once
#include <sys/types.h>

#include "CConfinement.h"

/// Starts `program` in a process group of its own, with nothing of ours but what is named here.
///
/// On Linux the system ends the process with the thread that calls this, in whatever way that ends: also where
/// we are killed before the program has begun.
///
/// `ours[i]` becomes the child's descriptor `childs[i]`, for each i below `count`; all descriptors above 2 that are
/// no child's are closed. None of `ours` may be a number in `childs`. `cage` holds the program where it is not NULL.
/// Returns 0, else the error's number.
int kdbook_spawn(
    pid_t *pid, const char *program, char *const arguments[], char *const environment[], const int ours[],
    const int childs[], int count, const kdbook_cage *cage);

/// Has each of the signals `numbers` written to `descriptor`, one byte with its number, the first time that it comes. The
/// second time it does what it does to a process that has not asked for it.
void kdbook_tell_signals(int descriptor, const int numbers[], int count);
