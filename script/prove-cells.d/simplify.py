"""Simpler forms of a line of Swift, by its brackets alone."""

import re

CLOSING = {"(": ")", "[": "]", "{": "}"}
STRING = re.compile(r'"(?:\\\(|[^"\\]|\\.)*"')
OPERATOR = re.compile(r" (?:&[+*-]|[+*-]|==|&&) ")
LABEL = re.compile(r"\s*(?:\w+: )?")
# What a declaration may do without: a conformance, a modifier; and an import.
SPARE = re.compile(r": [A-Z]\w*(?= \{)|, [A-Z]\w*(?=[, ][^()]*\{)|(?<=: )[A-Z]\w*, "
                   r"|\b(?:final|private|fileprivate|indirect|mutating) |@discardableResult |^import \w+$")


def simpler(line):
    """Simpler forms of a line, those that leave out the most first."""
    forms = {line[:part.start()] + line[part.end():] for part in SPARE.finditer(line)}
    for opening, start, end in brackets(line):
        items = split(line, start, end, ";" if opening == "{" else ",")
        for number, (first, last) in enumerate(items):
            before, after = (items[number - 1][1], last) if number else (first, items[1][0] if len(items) > 1 else last)
            forms.add(line[:before] + line[after:])
            forms |= {line[:first] + text + line[last:] for text in smaller(line[first:last], opening)}
    return sorted((form for form in forms if len(form) < len(line)), key=len)


def smaller(item, opening):
    """What can stand in the place of an argument, an element or a statement."""
    label = LABEL.match(item).group()
    value = item[len(label):]
    if opening != "{" and value not in ("1", '"a"'):
        yield from (label + literal for literal in ["1", '"a"'])
    for found in OPERATOR.finditer(value):
        yield from (label + part for part in (value[:found.start()], value[found.end():]))
    if found := re.match(r"\w+ ", label + value):
        yield (label + value)[:found.end()] + "1" if found.group() in ("return ", "throw ") else item


def brackets(line):
    """Each pair of brackets: the opening one, and where its inside begins and ends."""
    open_ones = []
    at = 0
    while at < len(line):
        if line[at] in CLOSING:
            open_ones.append(at)
        elif open_ones and line[at] == CLOSING[line[open_ones[-1]]]:
            start = open_ones.pop()
            yield line[start], start + 1, at
        at += 1


def split(line, start, end, separator):
    """The parts of a bracket's inside, as places in the line."""
    parts, depth, first, at = [], 0, start, start
    while at < end:
        if line[at] == '"' and (string := STRING.match(line, at, end)):
            at = string.end()
            continue
        depth += (line[at] in CLOSING) - (line[at] in CLOSING.values())
        if depth == 0 and line[at] == separator:
            parts.append((first, at))
            first = at + 1
        at += 1
    parts = parts + [(first, end)] if end > start else []
    return [(first + len(line[first:last]) - len(line[first:last].lstrip()), last) for first, last in parts]
