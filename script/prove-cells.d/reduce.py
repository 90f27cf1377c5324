"""Reduces a program that differs: to fewer cells, fewer lines, simpler lines, plain names.

A program is a list of cells, a cell a list of lines. A line that opens a block goes with its block, or the block's
opening and end go without its inside."""

import re

from simplify import simpler

SUFFIX = re.compile(r"\b([A-Za-z]\w*?)\d+x\d+")
SUBCLASS = re.compile(r"\s*(?:final )?class (\w+): (\w+)[^,]*\{")
NUMBER = re.compile(r"[A-Za-z](\d+x\d+)\b")


class Reducer:
    """still: whether cells still differ in the same way. limit: how often it may be asked."""

    def __init__(self, still, limit=600):
        self.still, self.left, self.tried = still, limit, set()

    def accepts(self, cells):
        cells = [cell for cell in cells if cell]
        key = tuple(map(tuple, cells))
        if self.left == 0 or not cells or key in self.tried:
            return False
        self.tried.add(key)
        self.left -= 1
        return self.still(["\n".join(cell) for cell in cells])

    def reduced(self, cells):
        cells = self.needed([cell.split("\n") for cell in cells])
        before = None
        while cells != before and self.left:
            before = cells
            for step in [self.fewer_cells, self.fewer_lines, self.shorter_chains, self.simpler_lines,
                         self.joined_cells]:
                cells = step(cells)
        return ["\n".join(cell) for cell in self.plainly_named(cells)]

    def needed(self, cells):
        """The cells that one feature needs, the fewest first: by the numbers in the names that it uses."""
        names = [NUMBER.findall("\n".join(cell)) for cell in cells]
        # The first name in a cell is one of the cell's own feature.
        needs = {name: set() for name in sum(names, [])}
        for first, *others in filter(None, names):
            needs[first] |= {first, *others}
        parts = []
        for name in needs:
            part, more = set(), {name}
            while more - part:
                part |= more
                more = set().union(*(needs[one] for one in part))
            parts.append([cell for cell, own in zip(cells, names) if set(own) <= part])
        return next((part for part in sorted(parts, key=len) if len(part) < len(cells) and self.accepts(part)), cells)

    def fewer_cells(self, cells):
        """Takes cells out, many at once at first."""
        size = max(1, len(cells) // 2)
        while True:
            end = len(cells)
            # From the end: what is declared last is used by nothing else.
            while end > 0:
                start = max(0, end - size)
                fewer = cells[:start] + cells[end:]
                if self.accepts(fewer):
                    cells = fewer
                end = start
            if size == 1:
                return cells
            size //= 2

    def fewer_lines(self, cells):
        at = len(cells) - 1
        while at >= 0:
            line = len(cells[at]) - 1
            while line >= 0:
                for cell in without(cells[at], line):
                    fewer = cells[:at] + ([cell] if cell else []) + cells[at + 1:]
                    if self.accepts(fewer):
                        cells = fewer
                        break
                if at >= len(cells):
                    break
                line = min(line - 1, len(cells[at]) - 1)
            at -= 1
        return cells

    def shorter_chains(self, cells):
        """Takes a class out and lets its superclass stand for it."""
        for at in reversed(range(len(cells))):
            for line in reversed(range(len(cells[at]))):
                found = SUBCLASS.match(cells[at][line]) if line < len(cells[at]) else None
                if found:
                    name = re.compile(rf"\b{found.group(1)}\b")
                    rest = cells[at][:line] + cells[at][closing(cells[at], line) + 1:]
                    fewer = [[name.sub(found.group(2), text) for text in cell]
                             for cell in cells[:at] + [rest] + cells[at + 1:]]
                    if self.accepts(fewer):
                        return self.shorter_chains([cell for cell in fewer if cell])
        return cells

    def simpler_lines(self, cells):
        for at in range(len(cells)):
            for line in range(len(cells[at])):
                found = True
                while found:
                    found = False
                    for text in simpler(cells[at][line]):
                        cell = cells[at][:line] + [text] + cells[at][line + 1:]
                        if self.accepts(cells[:at] + [cell] + cells[at + 1:]):
                            cells, found = cells[:at] + [cell] + cells[at + 1:], True
                            break
        return cells

    def joined_cells(self, cells):
        at = len(cells) - 1
        while at > 0:
            joined = cells[:at - 1] + [cells[at - 1] + cells[at]] + cells[at + 1:]
            if self.accepts(joined):
                cells = joined
            at -= 1
        return cells

    def plainly_named(self, cells):
        """Names without the program's numbers, where they can be."""
        text = "\n".join(line for cell in cells for line in cell)
        taken, plain = set(re.findall(r"\w+", text)), {}
        for name in SUFFIX.finditer(text):
            if name.group(0) not in plain:
                free = (name.group(1) + number for number in ["", *map(str, range(2, 1000))])
                plain[name.group(0)] = next(one for one in free if one not in taken)
                taken.add(plain[name.group(0)])
        named = [[SUFFIX.sub(lambda name: plain[name.group(0)], line) for line in cell] for cell in cells]
        self.left += 1
        return named if self.accepts(named) else cells


def without(cell, line):
    """What is left of a cell without a line and what belongs to it."""
    text = cell[line]
    if text.rstrip().endswith("{"):
        end = closing(cell, line)
        yield cell[:line] + cell[end + 1:]
        if end > line + 1:
            yield cell[:line] + cell[line + 1:end] + cell[end + 1:]
    elif not text.strip().startswith("}"):
        yield cell[:line] + cell[line + 1:]


def closing(cell, line):
    """The line that ends a block."""
    depth = 0
    for number in range(line, len(cell)):
        depth += cell[number].count("{") - cell[number].count("}")
        if depth <= 0:
            return number
    return len(cell) - 1
