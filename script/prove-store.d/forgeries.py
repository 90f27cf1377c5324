"""What an allowed signer can forge: a pull takes it, and a challenge finds it."""

import json
import struct

from book import Machine, NOTEBOOK, Place, digest, sealed


def resealed(file, change):
    content = json.loads(file.read_bytes().partition(b"\n")[2])
    change(content)
    file.write_bytes(sealed(json.dumps(content).encode()))


def renoted(folder):
    """Has a cell's note state the digests that its files have."""
    def change(note):
        note["files"] = {name: digest((folder / name).read_bytes()) for name in note["files"]}
    resealed(folder / "unit.json", change)


def record(machine):
    file = next(file for file in machine.files("records/*.json") if "circumstances" not in file.name)

    def change(kept):
        kept["record"]["cells"][0]["displays"][0]["value"] = "2.5"
    resealed(file, change)


def cell(machine, name):
    return next(folder for folder in machine.files("cells/*") if (folder / name).exists())


def library(machine):
    """A byte of what is carried out: in the middle of the segment that is loaded to be run."""
    folder = cell(machine, "libCell2.so")
    file = folder / "libCell2.so"
    content = bytearray(file.read_bytes())
    table, count = struct.unpack_from("<Q", content, 32)[0], struct.unpack_from("<H", content, 56)[0]
    for header in range(table, table + 56 * count, 56):
        kind, flags, start = struct.unpack_from("<IIQ", content, header)
        if kind == 1 and flags & 1:
            content[start + struct.unpack_from("<Q", content, header + 32)[0] // 2] ^= 1
    file.write_bytes(content)
    renoted(folder)


def module(machine, other):
    """The module of another cell, by which the next cell compiles to something else."""
    folder = cell(machine, "libCell1.so")
    (folder / "Cell1.swiftmodule").write_bytes((cell(other, "libCell1.so") / "Cell1.swiftmodule").read_bytes())
    renoted(folder)


def plan(machine):
    def change(keys):
        keys[0]["key"] = "0" * 64
    resealed(machine.files("plans/*.json")[0], change)


def run(tool, work, check):
    other = Machine(tool, work, "other", notebooks={"n": NOTEBOOK.replace("mass * 2", "mass * 3")})
    other.render()
    kinds = {"record": record, "library": library, "module": lambda machine: module(machine, other), "plan": plan}
    for words, forge in kinds.items():
        signer, place = Machine(tool, work, f"forger-of-{words}"), Place(work / f"forged-{words}")
        signer.render()
        right = signer.run("store", "challenge", "--sample", "100", "--seed", "1")
        check(right.returncode == 0 and " 0 differ, 0 not" in right.stdout, f"before: {right.stdout}")
        forge(signer)
        check(signer.run("store", "push", place.address, "--key", signer.key, "--all").returncode == 0, f"{words}: push")
        believer = Machine(tool, work, f"believer-of-{words}")
        check(believer.pull(place).returncode == 0, f"{words}: an allowed signer is believed")
        found = believer.run("store", "challenge", "--sample", "100", "--seed", "1")
        check(found.returncode == 1 and "differs" in found.stdout, f"a forged {words}: {found.stdout}")
    print(f"{len(kinds)} forgeries by an allowed signer, each to be found by a challenge", flush=True)
