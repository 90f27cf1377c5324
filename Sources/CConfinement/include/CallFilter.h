#ifndef KDBOOK_CALL_FILTER_H
#define KDBOOK_CALL_FILTER_H

// Which system calls a confined process may make, and the filter that holds it to them, for each processor that Linux is
// supported on. The tables are values: they can be looked at anywhere, whatever the system at hand.

#include <stdint.h>

typedef enum { KDBOOK_X86_64, KDBOOK_ARM64 } kdbook_processor;

/// What becomes of a call.
typedef enum {
    KDBOOK_ABSENT,       ///< As in a system that has no such call: `ENOSYS`.
    KDBOOK_ALLOWED,
    KDBOOK_REFUSED,      ///< `EACCES`.
    KDBOOK_UNSUPPORTED,  ///< As in a file system that cannot do it: `EOPNOTSUPP`.
    KDBOOK_IDLE,         ///< Nothing, and success.
    KDBOOK_NETWORK,      ///< Allowed where the network is permitted.
    // By arguments:
    KDBOOK_OWN,         ///< On the calling process.
    KDBOOK_CLONE,       ///< Without new namespaces; a tool starts threads only.
    KDBOOK_IOCTL,       ///< By request.
    KDBOOK_FCNTL,       ///< By command.
    KDBOOK_PRCTL,       ///< By option.
    KDBOOK_KILL,        ///< To some process, not to all.
    KDBOOK_MMAP,        ///< Unless it is shared memory without a file.
    KDBOOK_SOCKET,      ///< By family, where the network is permitted.
    KDBOOK_SOCKETPAIR,  ///< Of local sockets.
    KDBOOK_SENDTO,      ///< To no address, unless the network is permitted.
} kdbook_rule;

enum { KDBOOK_RULES = KDBOOK_SENDTO + 1 };

typedef struct {
    const char *name;
    int number;
    kdbook_rule rule;
} kdbook_call;

/// Who makes calls.
typedef enum {
    KDBOOK_CELLS,
    KDBOOK_CELLS_ON_NETWORK,  ///< Where the network is permitted.
    KDBOOK_TOOL,              ///< What reads a stranger's text for us, such as a compiler.
    KDBOOK_BUILD,             ///< What builds packages by many programs: as cells, and it locks files.
    KDBOOK_BUILD_ON_NETWORK,  ///< What gets packages.
} kdbook_caller;

/// An instruction of a filter, as `struct sock_filter` of Linux has it.
typedef struct {
    uint16_t code;
    uint8_t if_so, if_not;
    uint32_t value;
} kdbook_instruction;

enum {
    KDBOOK_MOST_CALLS = 512,         ///< Every number is less.
    KDBOOK_MOST_INSTRUCTIONS = 1024,
};

/// Writes all calls of `processor` that are known, in no order, to `calls`, which has room for `KDBOOK_MOST_CALLS`.
///
/// - Returns: how many there are.
long kdbook_known_calls(kdbook_processor processor, kdbook_call *calls);

/// Whether tools may make the call `name`, by its rule; they may make no other.
int kdbook_is_tool_call(const char *name);

#ifdef __linux__
/// Writes the filter for `caller` on `processor` to `code`, which has room for `KDBOOK_MOST_INSTRUCTIONS`.
///
/// - Returns: how many instructions it has.
long kdbook_write_filter(kdbook_processor processor, kdbook_caller caller, kdbook_instruction *code);
#endif

#endif
