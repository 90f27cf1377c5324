#define _GNU_SOURCE
#include "room.h"

#ifdef __linux__
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned long long room_of(const struct stat *status) {
    const unsigned long long least = 4096, block = 512;
    unsigned long long room = (unsigned long long)status->st_blocks * block;
    return room < least ? least : room;
}

// A folder can be made that files can be put in and that cannot be listed. No link is followed: a cell may put one in the
// folder's place meanwhile.
static int open_folder(int parent, const char *name) {
    const int as_folder = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int folder = openat(parent, name, O_RDONLY | as_folder);
    if (folder >= 0 || errno != EACCES) return folder;
    int place = openat(parent, name, O_PATH | as_folder);
    if (place < 0) return -1;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", place);
    chmod(path, S_IRWXU);
    close(place);
    return openat(parent, name, O_RDONLY | as_folder);
}

// Closes `folder`.
static unsigned long long room_below(int folder, int depth) {
    if (folder < 0) return 0;
    DIR *entries = depth < DEEPEST_FOLDER ? fdopendir(folder) : NULL;
    if (!entries) {
        close(folder);
        return BEYOND_COUNT;
    }
    unsigned long long sum = 0;
    for (struct dirent *entry; (entry = readdir(entries));) {
        struct stat status;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
        sum += room_of(&status);
        if (!S_ISDIR(status.st_mode)) continue;
        unsigned long long below = room_below(open_folder(folder, entry->d_name), depth + 1);
        sum = below > BEYOND_COUNT - sum ? BEYOND_COUNT : sum + below;
        if (sum == BEYOND_COUNT) break;
    }
    closedir(entries);
    return sum;
}

enum { MOST_UNNAMED = 4096 };

// Files without a name, each once: processes share what they inherit.
typedef struct {
    dev_t device;
    ino_t files[MOST_UNNAMED];
    long count;
    unsigned long long room;
} unnamed_files;

static void note_unnamed(unnamed_files *unnamed, const struct stat *status) {
    if (!S_ISREG(status->st_mode) || status->st_nlink > 0 || status->st_dev != unnamed->device) return;
    for (long i = 0; i < unnamed->count; i++)
        if (unnamed->files[i] == status->st_ino) return;
    if (unnamed->count < MOST_UNNAMED) unnamed->files[unnamed->count++] = status->st_ino;
    unnamed->room += room_of(status);
}

static void find_unnamed(pid_t process, unnamed_files *unnamed) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/fd", (int)process);
    DIR *open_files = opendir(path);
    if (!open_files) return;
    struct stat status;
    for (struct dirent *entry; (entry = readdir(open_files));)
        if (entry->d_name[0] != '.' && fstatat(dirfd(open_files), entry->d_name, &status, 0) == 0)
            note_unnamed(unnamed, &status);
    closedir(open_files);
}

unsigned long long room_on_disk(const char *folder, const family *found) {
    static unnamed_files unnamed;
    struct stat status;
    unnamed.count = 0;
    unnamed.room = 0;
    if (stat(folder, &status) != 0) return 0;
    unnamed.device = status.st_dev;
    for (long i = 0; i < found->count; i++) find_unnamed(found->processes[i], &unnamed);
    unsigned long long below = room_below(open_folder(AT_FDCWD, folder), 0);
    return below > BEYOND_COUNT - unnamed.room ? BEYOND_COUNT : below + unnamed.room;
}
#else
unsigned long long room_on_disk(const char *folder, const family *found) {
    (void)folder, (void)found;
    return 0;
}
#endif
