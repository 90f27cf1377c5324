#include "CallFilter.h"

#ifdef __linux__
#include "call_rules.h"

#include <assert.h>
#include <linux/audit.h>
#include <string.h>

typedef struct {
    int first;
    kdbook_rule rule;
} range;

// Programs that build wait for each other by locks, and take a mode that they cannot set for a failure. All stay in the group that
// ends with the build.
static kdbook_rule build_rule(const kdbook_call *call) {
    if (strcmp(call->name, "flock") == 0) return KDBOOK_ALLOWED;
    const char *const idle[] = {"chmod", "fchmodat", "utime", "utimes", "futimesat", "setpgid", "setsid"};
    for (size_t i = 0; i < sizeof idle / sizeof *idle; i++)
        if (strcmp(call->name, idle[i]) == 0) return KDBOOK_IDLE;
    return call->rule;
}

static kdbook_rule rule_for(kdbook_caller caller, const kdbook_call *call) {
    if (caller == KDBOOK_BUILD || caller == KDBOOK_BUILD_ON_NETWORK) return build_rule(call);
    if (caller != KDBOOK_TOOL || call->rule == KDBOOK_ABSENT) return call->rule;
    return kdbook_is_tool_call(call->name) ? call->rule : KDBOOK_REFUSED;
}

// The numbers from 0 on, in ranges of one rule each; all that is unknown or newer is absent.
static long make_ranges(kdbook_processor processor, kdbook_caller caller, range *ranges) {
    kdbook_call calls[KDBOOK_MOST_CALLS];
    kdbook_rule rules[KDBOOK_MOST_CALLS] = {KDBOOK_ABSENT};
    long known = kdbook_known_calls(processor, calls), count = 0;
    for (long i = 0; i < known; i++) rules[calls[i].number] = rule_for(caller, &calls[i]);
    for (int number = 0; number < KDBOOK_MOST_CALLS; number++)
        if (number == 0 || rules[number] != rules[number - 1]) ranges[count++] = (range){number, rules[number]};
    return count;
}

// A search for the range that a number is in: who calls often is told after a few comparisons.
static void write_search(filter *f, const range *ranges, long count) {
    if (count == 1) return decide(f, ranges->rule);
    long half = count / 2, test = f->length;
    append(f, BPF_JMP | BPF_JGE | BPF_K, (uint32_t)ranges[half].first, 0, 0);
    write_search(f, ranges, half);
    long skipped = f->length - test - 1;
    assert(skipped <= UINT8_MAX);
    f->code[test].if_so = (uint8_t)skipped;
    write_search(f, ranges + half, count - half);
}

long kdbook_write_filter(kdbook_processor processor, kdbook_caller caller, kdbook_instruction *code) {
    range ranges[KDBOOK_MOST_CALLS];
    filter f = {.code = code, .caller = caller};
    load(&f, offsetof(struct seccomp_data, arch));
    append(&f, BPF_JMP | BPF_JEQ | BPF_K, processor == KDBOOK_ARM64 ? AUDIT_ARCH_AARCH64 : AUDIT_ARCH_X86_64, 1, 0);
    give(&f, KDBOOK_REFUSED);
    load(&f, offsetof(struct seccomp_data, nr));
    write_search(&f, ranges, make_ranges(processor, caller, ranges));
    write_rules(&f);
    return f.length;
}
#endif
