#ifndef KDBOOK_CALL_RULES_H
#define KDBOOK_CALL_RULES_H

// The part of a filter that a call's number leads to.
#include "CallFilter.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>

typedef struct {
    kdbook_instruction *code;
    long length;
    kdbook_caller caller;
    kdbook_rule pending[KDBOOK_MOST_INSTRUCTIONS];  // of each instruction that is to lead to a rule
} filter;

void append(filter *f, uint16_t code, uint32_t value, uint8_t if_so, uint8_t if_not);
void load(filter *f, size_t offset);

/// Ends with what a rule gives that looks at no arguments.
void give(filter *f, kdbook_rule rule);

/// Ends with what `rule` gives, or goes on where ``write_rules`` will write what looks at the arguments. One instruction.
void decide(filter *f, kdbook_rule rule);

/// Writes what looks at arguments, after all else.
void write_rules(filter *f);

#endif
