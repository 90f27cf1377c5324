#ifndef KDBOOK_ROOM_H
#define KDBOOK_ROOM_H

#include "usage.h"

#include <limits.h>

enum { DEEPEST_FOLDER = 200 };
#define BEYOND_COUNT ULLONG_MAX

/// The room on disk that all below `folder` takes, in bytes, with the files on that disk that `found` hold open and that
/// have no name any more. Each entry counts 4096 bytes at least. Folders that their owner may not list are changed so that
/// it may.
///
/// - Returns: `BEYOND_COUNT` where folders are nested deeper than `DEEPEST_FOLDER`.
unsigned long long room_on_disk(const char *folder, const family *found);

#endif
