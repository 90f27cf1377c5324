#define _GNU_SOURCE
#include "confinement.h"

#ifdef __linux__
#include "landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

static uint64_t handled_files(int version) {
    uint64_t rights = LANDLOCK_VERSION_1;
    if (version >= 2) rights |= LANDLOCK_MOVE;
    if (version >= 3) rights |= LANDLOCK_TRUNCATE;
    if (version >= 5) rights |= LANDLOCK_CONTROL_DEVICE;
    return rights;
}

static uint64_t rights(kdbook_access access) {
    const uint64_t write = LANDLOCK_WRITE_FILE | LANDLOCK_TRUNCATE;
    switch (access) {
    case KDBOOK_LIST: return LANDLOCK_READ_FOLDER;
    case KDBOOK_READ: return LANDLOCK_READ_FILE | LANDLOCK_READ_FOLDER;
    case KDBOOK_EXECUTE: return LANDLOCK_READ_FILE | LANDLOCK_READ_FOLDER | LANDLOCK_EXECUTE;
    case KDBOOK_DEVICE: return LANDLOCK_READ_FILE | write;
    case KDBOOK_WRITE:
        return LANDLOCK_READ_FILE | LANDLOCK_READ_FOLDER | write | LANDLOCK_REMOVE_FOLDER | LANDLOCK_REMOVE_FILE
            | LANDLOCK_MAKE_FOLDER | LANDLOCK_MAKE_FILE | LANDLOCK_MAKE_SOCKET | LANDLOCK_MAKE_PIPE
            | LANDLOCK_MAKE_LINK | LANDLOCK_MOVE;
    }
    return 0;
}

static int allow(int ruleset, const kdbook_grant *grant, uint64_t handled) {
    int file = open(grant->path, O_PATH | O_CLOEXEC);
    // What is not there cannot be reached either.
    if (file < 0) return 1;
    struct stat status;
    uint64_t allowed = rights(grant->access) & handled;
    const uint64_t of_files = LANDLOCK_EXECUTE | LANDLOCK_WRITE_FILE | LANDLOCK_READ_FILE | LANDLOCK_TRUNCATE;
    if (fstat(file, &status) == 0 && !S_ISDIR(status.st_mode)) allowed &= of_files;
    landlock_path_rule rule = {.allowed = allowed, .folder = file};
    int done = allowed == 0 || landlock_allow(ruleset, &rule) == 0;
    int cause = errno;
    close(file);
    errno = cause;
    return done;
}

int make_file_rules(
    const kdbook_grant *grants, long count, int network, int newest, int *version, const char **failure) {
    *failure = NULL;
    *version = landlock_version(newest);
    if (*version < 1) return -1;
    landlock_ruleset wanted = {
        .files = handled_files(*version),
        .network = *version >= 4 && !network ? LANDLOCK_TCP : 0,
        .scopes = *version >= 6 ? LANDLOCK_SCOPES : 0,
    };
    int ruleset = landlock_create(&wanted);
    if (ruleset < 0) *failure = "making a Landlock ruleset";
    for (long i = 0; i < count && !*failure; i++)
        if (!allow(ruleset, &grants[i], wanted.files)) *failure = grants[i].path;
    if (!*failure) return ruleset;
    int cause = errno;
    if (ruleset >= 0) close(ruleset);
    errno = cause;
    return -1;
}

const char *confine_files(int ruleset) {
    return ruleset < 0 || landlock_enforce(ruleset) == 0 ? NULL : "enforcing a Landlock ruleset";
}

int confine_signals(int newest) {
    if (landlock_version(newest) < 6) return 0;
    landlock_ruleset wanted = {.scopes = LANDLOCK_SIGNALS};
    int ruleset = landlock_create(&wanted);
    if (ruleset < 0) return 0;
    int done = landlock_enforce(ruleset) == 0;
    close(ruleset);
    return done;
}
#endif
