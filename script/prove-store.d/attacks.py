"""What somebody can do to whom the place belongs: each is found by a pull, and nothing of it gets into the store."""

import functools
import json
import os
import pathlib
import shutil
import subprocess

from book import Keys, Machine, Place, digest
from web import served


def some(place, part, has):
    """A file of the place with some bytes in it."""
    return next(file for file in sorted((place.folder / part).iterdir()) if has in file.read_bytes())


def flipped(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def swapped(place):
    files = [some(place, "objects", mark) for mark in [b"\x89PNG", b"\x7fELF"]]
    contents = [file.read_bytes() for file in files]
    for file, content in zip(files, reversed(contents)):
        file.write_bytes(content)


def replaced(file, make):
    file.unlink()
    make(file)


def sparse(file):
    with open(file, "wb") as stream:
        stream.truncate(1 << 40)


def changes(place, outside):
    """Each change, and whether a pull fails by it."""
    object_of = functools.partial(some, place, "objects")
    record = lambda: object_of(b'"notebook"')
    manifest = lambda: some(place, "manifests", b"SSH SIGNATURE")
    return {
        "a byte of a library": lambda: flipped(object_of(b"\x7fELF")),
        "a byte of a record": lambda: flipped(record()),
        "a byte of a picture": lambda: flipped(object_of(b"\x89PNG")),
        "a byte of a manifest": lambda: flipped(manifest()),
        "two contents swapped": lambda: swapped(place),
        "a file cut short": lambda: os.truncate(record(), 10),
        "a file that goes on": lambda: record().write_bytes(record().read_bytes() + b" "),
        "a file of a terabyte": lambda: sparse(object_of(b"\x7fELF")),
        "a manifest of a terabyte": lambda: sparse(manifest()),
        "a link to a file": lambda: replaced(record(), lambda file: file.symlink_to(outside)),
        "a link to what is signed": lambda: replaced(
            record(), lambda file, content=record().read_bytes(): (
                outside.with_name("right").write_bytes(content), file.symlink_to(outside.with_name("right")))),
        "a folder in place of a file": lambda: replaced(record(), lambda file: file.mkdir()),
        "a pipe in place of a file": lambda: replaced(record(), os.mkfifo),
        "a file withheld": lambda: record().unlink(),
        "a manifest without a signature": lambda: unsigned(manifest()),
        "names that are no digests": lambda: (place.folder / "manifests" / "a..%2f..%2fx").write_text("x"),
    }


def unsigned(file):
    content = file.read_bytes().partition(b"-----BEGIN")[0]
    file.unlink()
    (file.parent / digest(content)).write_bytes(content)


def signed_manifest(keys, name, namespace, content):
    file = keys.work / "manifest"
    file.write_bytes(content)
    pathlib.Path(f"{file}.sig").unlink(missing_ok=True)
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", keys.key(name), "-n", namespace, file], check=True,
                   stderr=subprocess.DEVNULL)
    return content + pathlib.Path(f"{file}.sig").read_bytes()


def manifests(keys, content):
    """Manifests that somebody brings: what is in each, and what is said of it."""
    def with_files(files):
        return json.dumps({**content, "files": files}).encode()

    fine = next(iter(content["files"].values()))
    key = "0" * 64
    bad_names = ["../../outside", "/etc/passwd", f"cells/{key}/../../../x", f"cells/{key}/lib/x.so", "lock", "compiler",
                 f"records/{key}.json/x", f"pages/{key}.json", f"cells/{key}~/unit.json", f"figures/{key}.PNG",
                 f"records/{key.replace('0', '０')}.json", "", "cells", f"./records/{key}.json",
                 f"records//{key}.json", f"cells/{key}/lib\u0000.so"]
    for name in bad_names:
        yield f"the name {name!r}", "ada", "kdbook-store", with_files({name: fine}), "no name of a file"
    for size in [-1, 1 << 62]:
        yield f"the size {size}", "ada", "kdbook-store", with_files({f"records/{key}.json": {**fine, "size": size}}), \
            "no file has such"
    yield "a digest that is a path", "ada", "kdbook-store", with_files(
        {f"records/{key}.json": {**fine, "sha256": "../../../../etc/passwd"}}), "no file has such"
    yield "another format", "ada", "kdbook-store", json.dumps({**content, "format": 2}).encode(), "its format is 2"
    yield "deep nesting", "ada", "kdbook-store", b"[" * 100_000, "no manifest"
    yield "another signer", "eve", "kdbook-store", with_files({f"records/{key}.json": fine}), "no allowed key"
    yield "another purpose", "ada", "kdbook", with_files({f"records/{key}.json": fine}), "no allowed key"
    yield "another's file under a key", "ada", "kdbook-store", with_files({f"figures/{key}.png": fine}), "no entry"


def tree(folder):
    return {str(path): path.lstat().st_size for path in folder.rglob("*") if ".kdbook" not in path.parts}


def run(tool, work, check):
    author = Machine(tool, work, "attacked")
    author.render()
    whole = Place(work / "intact")
    author.push(whole)
    outside = work / "outside"
    outside.write_text("not to be read, nor to be changed")
    reader = Machine(tool, work, "careful")
    count = 0
    for by_web in [False, True]:
        for words in changes(whole, outside):
            place = Place(work / "changed")
            place.forget()
            shutil.copytree(whole.folder, place.folder)
            changes(place, outside)[words]()
            reader.forget()
            # A web server shows what links lead to, and cannot show a pipe.
            if by_web and words in ["a pipe in place of a file", "names that are no digests", "a link to what is signed"]:
                continue
            before = tree(work / "careful")
            with served(place.folder) as address:
                if by_web:
                    place.address = address
                    (place.folder / "index").write_text("".join(f"{name}\n" for name in place.manifests()))
                outcome = reader.pull(place)
            check(outcome.returncode == 1 and "refused" in outcome.stdout, f"{words}: {outcome.stdout}")
            check(not reader.damage(), f"{words}: {reader.damage()}")
            check(tree(work / "careful") == before, f"{words}: something was written elsewhere")
            check(reader.render() and reader.records() == author.records(), f"{words}: the records differ")
            count += 1
    keys = Keys(work)
    source = (whole.folder / "manifests" / whole.manifests()[0]).read_bytes().partition(b"-----BEGIN")[0]
    for words, signer, namespace, content, said in manifests(keys, json.loads(source)):
        place = Place(work / "changed")
        place.forget()
        shutil.copytree(whole.folder, place.folder)
        file = signed_manifest(keys, signer, namespace, content)
        (place.folder / "manifests" / digest(file)).write_bytes(file)
        reader.forget()
        before = tree(work / "careful")
        outcome = reader.pull(place)
        check(said in outcome.stdout and "1 record" in outcome.stdout, f"{words}: {outcome.stdout}")
        check(not reader.damage() and tree(work / "careful") == before, f"{words}: something was written")
        count += 1
    check(outside.read_text() == "not to be read, nor to be changed", "a file outside was changed")
    print(f"{count} changes by an owner of the place, each to be found, all else taken, nothing written elsewhere", flush=True)
    over_ssh(tool, work, author, check)


def over_ssh(tool, work, author, check):
    server = pathlib.Path(os.environ.get("SFTP_SERVER", "/usr/lib/openssh/sftp-server"))
    if not server.exists():
        print("over ssh: not tried: neither SFTP_SERVER nor openssh-sftp-server is there", flush=True)
        return
    programs = work / "programs"
    programs.mkdir()
    shim = programs / "sftp"
    # The same client, with a server on this machine in place of a connection.
    shim.write_text(f'#!/bin/bash\nexec {shutil.which("sftp")} -D {server} "${{@:1:$#-2}}"\n')
    shim.chmod(0o755)
    os.environ["PATH"] = f"{programs}:{os.environ['PATH']}"
    place = Place(work / "over-ssh")
    place.address = f"host:{place.folder}"
    reader = Machine(tool, work, "far")
    check(author.push(place).returncode == 0 and not place.damage(), "a push over ssh")
    outcome = reader.pull(place)
    check(outcome.returncode == 0, f"a pull over ssh: {outcome.stdout}")
    check("page only" in reader.render(), "a render behind a pull over ssh runs nothing")
    flipped(some(place, "objects", b'"notebook"'))
    reader.forget()
    check(reader.pull(place).returncode == 1, "a changed file is found over ssh")
    print("over ssh: pushed, pulled, a change found", flush=True)
