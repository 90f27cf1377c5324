"""Cuts a program into cells. A cut is a list of cells, each a list of consecutive numbers of steps."""

import random


def finest(count, choice):
    return [[step] for step in range(count)]


def anywhere(count, choice):
    return between(count, [place for place in range(1, count) if choice.random() < 0.5])


def coarse(count, choice):
    return between(count, sorted(choice.sample(range(1, count), min(3, count - 1))))


def between(count, places):
    bounds = [0, *places, count]
    return [list(range(start, end)) for start, end in zip(bounds, bounds[1:]) if start < end]


CUTS = {"finest": finest, "random": anywhere, "coarse": coarse}


def cells(steps, name, seed):
    """The text of each cell. steps: the text of each step."""
    cut = CUTS[name](len(steps), random.Random(f"{name} cut of {seed}"))
    return ["\n".join(steps[step] for step in cell) for cell in cut]


def side_by_side(programs):
    """The steps of several programs as those of one: the first of each, then the second of each, and so on.

    So that all of them are compiled at the price of one, and each is still cut wherever it can be."""
    rounds = max(len(program.steps) for program in programs)
    return ["\n".join(program.steps[number].text for program in programs if number < len(program.steps))
            for number in range(rounds)]
