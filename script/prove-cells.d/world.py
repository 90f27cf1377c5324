"""What a program in the making has declared so far, and how the text of a feature is filled with it."""

import random
import re
from dataclasses import dataclass

NAME = re.compile(r"\b([A-Za-z]\w*?)_\b")
HOLE = re.compile("‹([a-z ]+)›")
# How many holes deep an expression may be: beyond that, literals stand.
DEPTH = 3
WORDS = ["ash", "birch", "cedar", "elm", "fir", "hazel", "larch", "oak", "pine", "rowan", "willow", "yew"]


@dataclass
class Type:
    """A type that a program can use. `make` is an expression of it, `traits` the protocols it is known to conform to."""
    name: str
    make: str
    traits: frozenset


@dataclass
class Step:
    """A declaration or statement at the top of a program, and the feature that it belongs to."""
    text: str
    feature: str


class World:
    """A program in the making: its random numbers, the expressions and the types that later text can use.

    Expressions are kept by kind: `int` and `string` can stand anywhere, `top int` and `top string` only at the top."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.number = seed
        self.instances = 0
        self.expressions = {"int": [], "string": [], "top int": [], "top string": []}
        every = "Equatable Hashable Codable Sendable Comparable CustomStringConvertible"
        self.types = [Type("Int", "‹int›", frozenset(every.split())),
                      Type("String", "‹string›", frozenset(every.split())),
                      Type("[Int]", "[‹int›, ‹n›]", frozenset("Equatable Hashable Codable Sendable".split())),
                      Type("Int?", "Optional(‹int›)", frozenset("Equatable Hashable Codable Sendable".split()))]

    def literal(self, kind):
        return str(self.random.randint(0, 20)) if "int" in kind or kind == "n" else f'"{self.random.choice(WORDS)}"'

    def expression(self, kind, depth=0):
        known = self.expressions.get(kind, [])
        if kind.startswith("top "):
            known = known + self.expressions[kind[4:]]
        if not known or depth >= DEPTH or self.random.random() < 0.3:
            return self.literal(kind)
        return self.filled(self.random.choice(known), depth + 1)

    def filled(self, text, depth=0):
        return HOLE.sub(lambda hole: self.expression(hole.group(1), depth), text)


class Scope:
    """What a feature writes with: it gives each name that ends in `_` a number of its own, and fills each `‹kind›`."""

    def __init__(self, world):
        self.world = world
        self.instance = world.instances
        self.suffix = f"{world.number}x{self.instance}"
        world.instances += 1

    def named(self, text):
        return NAME.sub(lambda name: name.group(1) + self.suffix, text)

    def text(self, template):
        """The Swift text of a template. Lines that are empty, such as of parts left out, go."""
        filled = self.world.filled(self.named(template))
        return "\n".join(line for line in filled.split("\n") if line.strip())

    def offer(self, kind, expression):
        """Lets all text that follows use an expression."""
        self.world.expressions[kind].append(self.named(expression))

    def offer_type(self, name, make, traits=""):
        self.world.types.append(Type(self.named(name), self.named(make), frozenset(traits.split())))

    def operator(self):
        """An operator that is in no other program, nor in this one once more."""
        digits, number = "", self.world.number * 100 + self.instance
        while number:
            digits, number = "+-*%<^|~"[number % 8] + digits, number // 8
        return "^" + digits + "^"

    def type(self, traits=""):
        wanted = set(traits.split())
        return self.world.random.choice([known for known in self.world.types if wanted <= known.traits])

    def chance(self, probability=0.5):
        return self.world.random.random() < probability

    def maybe(self, text, probability=0.5):
        return text if self.chance(probability) else ""

    def pick(self, *choices):
        return self.world.random.choice(choices)

    def between(self, low, high):
        return self.world.random.randint(low, high)

    def some(self, items):
        """One or more of the items, in their order."""
        items = list(items)
        count = self.world.random.randint(1, len(items))
        places = sorted(self.world.random.sample(range(len(items)), count))
        return [items[place] for place in places]

    def shuffled(self, items):
        items = list(items)
        self.world.random.shuffle(items)
        return items


def block(head, *members):
    """A declaration with members, each on lines of its own, indented."""
    body = "\n".join("    " + line for member in members for line in member.split("\n") if line.strip())
    return f"{head} {{\n{body}\n}}"
