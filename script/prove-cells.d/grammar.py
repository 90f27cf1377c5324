"""Makes a random program of features that meet in each other's expressions and types.

What stays out of the grammar are the limits that ARCHITECTURE.md states ("Cells as one file"), and nothing else:

- A conformance that Swift writes itself (`Equatable`, `Hashable`, `Codable`, `CaseIterable` without members) stands in
  the step that declares the type. Conformances that the program writes are stated later, too.
- An initializer in an extension of a structure calls one of the structure's own.
- No `guard` and no `async let` at the top.
- Names are declared before they are used: within a step everything goes, from step to step only backwards.
- `#file`, `#fileID` and `#line` as such are not printed; differences of lines are.
- Where a value is destroyed does not matter, or the program says it: the optimizer may do so after the last use.
- No step ends the process, by `exit` or by a trap.
- No expression at the top is left unused: a cell would show it.

A feature is a generator of steps: Swift text in which a name that ends in `_` gets a number of its own, and holes such
as `‹int›` and `‹top string›` are filled with what the program has declared by then. Programs print the same each time:
no addresses, no order of hashes.
"""

import random
from dataclasses import dataclass

from features import classes, closures, concurrency, conformances, errors, generics, initialisers, locals, reflection
from features import top, types, wrappers
from world import Scope, Step, World

MODULES = [classes, closures, concurrency, conformances, errors, generics, initialisers, locals, reflection, top,
           types, wrappers]
FEATURES = {feature.__name__: feature for module in MODULES for feature in module.FEATURES}
# What makes all of a program asynchronous is in every second program only: the others shall be seen without it.
ASYNCHRONOUS = {feature.__name__ for feature in concurrency.FEATURES}


@dataclass
class Program:
    seed: int
    steps: list
    is_asynchronous: bool

    @property
    def features(self):
        return sorted({step.feature for step in self.steps})


def program(seed, names=None):
    """The program of a seed, made of the features that are named, or of all."""
    world, choice = World(seed), random.Random(f"features of {seed}")
    is_asynchronous = choice.random() < 0.5
    names = [name for name in names or FEATURES if is_asynchronous or name not in ASYNCHRONOUS] or list(names)
    waiting = [choice.choice(names) for _ in range(choice.randint(3, 5))]
    running, steps = [], []
    while waiting or running:
        if waiting and (len(running) < 2 or choice.random() < 0.3):
            name = waiting.pop()
            scope = Scope(world)
            running.append((name, scope, FEATURES[name](scope)))
        name, scope, feature = current = choice.choice(running)
        template = next(feature, None)
        if template is None:
            running.remove(current)
        else:
            steps.append(Step(scope.text(template), name))
    return Program(seed, steps, is_asynchronous)
