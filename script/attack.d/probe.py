"""What a probe is: a promise, and an attempt at breaking it."""

import importlib
from dataclasses import dataclass
from typing import Callable

KINDS = ["files", "calls", "processes", "network", "pipes", "limits", "links", "reading", "words", "pages", "server",
         "compiler", "packages"]


class Broken(Exception):
    """The promise is not kept; the message says what was reached."""


class Untried(Exception):
    """The attempt cannot be made here; the message says why. Never a promise kept."""


@dataclass(frozen=True)
class Probe:
    promise: str
    attempt: Callable
    quick: bool = True


def probe(promise, quick=True):
    """Makes a probe of a function of the world, which raises `Broken` where it got through."""
    def wrap(function):
        probes_of(function.__module__).append(Probe(promise, function, quick))
        return function
    return wrap


_probes = {}


def probes_of(module):
    return _probes.setdefault(module.rpartition(".")[2], [])


def kinds():
    """Each kind with its probes, in order."""
    for kind in KINDS:
        importlib.import_module(f"probes.{kind}")
    return [(kind, probes_of(kind)) for kind in KINDS]


def expect(is_kept, otherwise):
    if not is_kept:
        raise Broken(otherwise)
