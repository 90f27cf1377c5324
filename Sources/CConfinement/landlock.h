#ifndef KDBOOK_LANDLOCK_H
#define KDBOOK_LANDLOCK_H

// Linux's Landlock as its documentation has it (https://docs.kernel.org/userspace-api/landlock.html). The system's own
// header may be older than the system.
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef struct {
    uint64_t files, network, scopes;
} landlock_ruleset;

typedef struct {
    uint64_t allowed;
    int32_t folder;
} __attribute__((packed)) landlock_path_rule;

#define LANDLOCK_EXECUTE (1ULL << 0)
#define LANDLOCK_WRITE_FILE (1ULL << 1)
#define LANDLOCK_READ_FILE (1ULL << 2)
#define LANDLOCK_READ_FOLDER (1ULL << 3)
#define LANDLOCK_REMOVE_FOLDER (1ULL << 4)
#define LANDLOCK_REMOVE_FILE (1ULL << 5)
#define LANDLOCK_MAKE_DEVICE (1ULL << 6 | 1ULL << 11)
#define LANDLOCK_MAKE_FOLDER (1ULL << 7)
#define LANDLOCK_MAKE_FILE (1ULL << 8)
#define LANDLOCK_MAKE_SOCKET (1ULL << 9)
#define LANDLOCK_MAKE_PIPE (1ULL << 10)
#define LANDLOCK_MAKE_LINK (1ULL << 12)
#define LANDLOCK_VERSION_1 ((1ULL << 13) - 1)
#define LANDLOCK_MOVE (1ULL << 13)            // version 2
#define LANDLOCK_TRUNCATE (1ULL << 14)        // version 3
#define LANDLOCK_CONTROL_DEVICE (1ULL << 15)  // version 5
#define LANDLOCK_TCP 3ULL                     // version 4: bind, connect
#define LANDLOCK_SCOPES 3ULL                  // version 6: abstract sockets, signals
#define LANDLOCK_SIGNALS 2ULL

static inline int landlock_version(int newest) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
    if (version < 0) version = 0;
    return version < newest ? (int)version : newest;
}

static inline int landlock_create(const landlock_ruleset *ruleset) {
    return (int)syscall(SYS_landlock_create_ruleset, ruleset, sizeof *ruleset, 0);
}

static inline int landlock_allow(int ruleset, const landlock_path_rule *rule) {
    return (int)syscall(SYS_landlock_add_rule, ruleset, 1, rule, 0);
}

static inline int landlock_enforce(int ruleset) { return (int)syscall(SYS_landlock_restrict_self, ruleset, 0); }

#endif
