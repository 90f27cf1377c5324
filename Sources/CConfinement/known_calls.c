#include "CallFilter.h"

#include <stddef.h>
#include <string.h>

enum { NONE = -1 };

static const struct {
    const char *name;
    int numbers[2];
    kdbook_rule rule;
} known[] = {
#define CALL(name, x86_64, arm64, rule) {#name, {x86_64, arm64}, KDBOOK_##rule},
#include "allowed.inc.h"
#include "refused.inc.h"
#undef CALL
};

static const char *const tool_calls[] = {
#define TOOL(name) #name,
#include "tool_calls.inc.h"
#undef TOOL
};

int kdbook_is_tool_call(const char *name) {
    for (size_t i = 0; i < sizeof tool_calls / sizeof *tool_calls; i++)
        if (strcmp(tool_calls[i], name) == 0) return 1;
    return 0;
}

long kdbook_known_calls(kdbook_processor processor, kdbook_call *calls) {
    long count = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int number = known[i].numbers[processor];
        if (number != NONE) calls[count++] = (kdbook_call){known[i].name, number, known[i].rule};
    }
    return count;
}
