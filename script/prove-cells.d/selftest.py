"""Shows that a difference is seen, told from none, and reduced: cells are run as one file, with a fault put in."""

import grammar
from proof import Proof
from run import Outcome, Workshop

SEEDS = [1, 2]
FEATURES = ["through_base", "overloads"]


class Faithful(Workshop):
    def notebook(self, cells):
        return self.one_file("\n".join(cells))


class Forgetful(Workshop):
    """Loses an override where its class is not in the first cell."""
    def notebook(self, cells):
        lost = [cell.replace("override func area() -> Int { w &* h }", "") for cell in cells[1:]]
        return self.one_file("\n".join(cells[:1] + lost))


class Broken(Workshop):
    """Does not compile what calls a function of another cell."""
    def notebook(self, cells):
        calls = any("through" in cell and "func through" not in cell for cell in cells[1:])
        return Outcome(failure="error: broken") if calls else self.one_file("\n".join(cells))


# Of each: whether it is to be found, and in how many lines and cells at most.
EXPECTED = [(Faithful, False, 0, 0), (Forgetful, True, 12, 2), (Broken, True, 4, 2)]


def main():
    programs = [grammar.program(seed, FEATURES) for seed in SEEDS]
    wrong = 0
    for workshop, differs, lines, cells in EXPECTED:
        proof = Proof(["finest"], most=1, workshop=workshop)
        proof.run([programs], 1)
        found = proof.findings[0].cells if proof.findings else []
        size = sum(cell.count("\n") + 1 for cell in found)
        holds = bool(found) == differs and size <= lines and len(found) <= cells and not proof.rejected
        verdict = "ok   " if holds else "FAILS"
        print(f"{verdict} {workshop.__name__.lower()}: {size} lines in {len(found)} cells", flush=True)
        wrong += not holds
    return 1 if wrong else 0
