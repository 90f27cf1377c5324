"""Links, and names that are paths, in a book that was fetched."""

import os

from probe import expect, probe
from world import SECRET, cell

CHART = "prose\n\n" + cell("Chart { Line(y: [1.0, 2.0]) }")
FOLDERS = ["Output", "Output/default", "Output/default/a", "Output/default/a/figures", ".kdbook", ".kdbook/cells",
           ".kdbook/figures", ".kdbook/pages", ".kdbook/plans", ".kdbook/records", ".kdbook/scratch", ".kdbook/search",
           ".kdbook/twins", ".kdbook/workshop"]
FILES = ["Output/default/index.html", "Output/default/search.html", "Output/default/record.json",
         "Output/default/a/index.html", "Output/default/a/record.json", ".kdbook/lock"]


@probe("no folder of the tool's own is a link: nothing is written, emptied or removed behind one", quick=False)
def folders(world):
    for path in FOLDERS:
        book = world.book(a=CHART)
        book.link(path, world.outside)
        for command in [["render"], ["check", "--accept"], ["clean", "--cache"], ["clean"]]:
            book.run(*command).end()
            world.expect_untouched()


@probe("no file of the tool's own is written through a link or a second name", quick=False)
def files(world):
    for path in FILES:
        for target in ["secret.txt", "nowhere"]:
            book = world.book(a="prose\n")
            book.link(path, world.outside / target)
            for command in ["render", "check", "clean"]:
                book.run(command).end()
                world.expect_untouched()


@probe("what is watched, checked and exported goes through no link either")
def commands(world):
    book = world.book(a=CHART)
    book.render().end(0)
    book.link("away", world.outside)
    for command in [["render", "--output", "away"], ["render", "--output", "away/deep"],
                    ["export", "a", "--ipynb", "--output", "away/a.ipynb"],
                    ["run-experiment", "a", "--results", "away"], ["tangle", "a", "--output", "away/a.swift"]]:
        book.run(*command).end(1, 2)
        world.expect_untouched()


@probe("an input, a notebook and what describes the book are no links out of it")
def read(world):
    for path, text in [
        ("Data/s", "---\ninputs: Data/s\n---\n\n" + cell('print(try String(contentsOfFile: "Data/s", encoding: .utf8))')),
        ("Data", "---\ninputs: Data/secret.txt\n---\n\n"
         + cell('print(try String(contentsOfFile: "Data/secret.txt", encoding: .utf8))')),
        ("Notebooks/b.md", "prose\n"), ("Notebooks/references.bib", "@x1\n"), ("Notebooks/claims.yml", "prose\n"),
        ("Notebooks/book.yml", "prose\n"),
    ]:
        book = world.book(a=text)
        target = world.outside / "secret.txt" if path != "Data" else world.outside
        book.link(path, target)
        said = book.render().end().said
        expect(SECRET not in said, f"{path}: the terminal has it")
        file = book.has_in_output(SECRET)
        expect(file is None, f"{path}: {file} has what lies behind the link")


@probe("paths upwards and from the root are no inputs, editions, notebooks or bibliographies")
def upwards(world):
    out = os.path.relpath(world.outside / "secret.txt", world.folder / "x")
    read = 'let text = try? String(contentsOfFile: "{}", encoding: .utf8)\nprint(text ?? "nothing")'
    for name, text in [
        ("input", f"---\ninputs: {out}\n---\n\n" + cell(read.format(out))),
        ("whole", f"---\ninputs: {world.outside}/secret.txt\n---\n\n" + cell(read.format(f"{world.outside}/secret.txt"))),
        ("option", cell(read.format(out), f"inputs: {out}")),
        ("edition", "---\neditions:\n  ../../../outside: {}\n---\n\nprose\n"),
        ("encoded", "---\ninputs: Data/..%2F..%2Foutside/secret.txt\n---\n\nprose\n"),
        ("zero", '---\ninputs: "a\\0b"\n---\n\nprose\n'),
    ]:
        book = world.book(**{name: text})
        said = book.render().end().said + book.run("list").end().said
        for edition in ["../../../outside", "/", "..", ".", ""]:
            said += book.render("--edition", edition).end(1, 2).said
        expect(SECRET not in said and book.has_in_output(SECRET) is None, f"{name}: the secret is told")
        world.expect_untouched()
    for name in ["../outside/a", "/etc/passwd", "..", "Notebooks/../../outside/secret.txt"]:
        for command in ["render", "new", "tangle", "check"]:
            said = book.run(command, name).end(1, 2).said
            expect("root:" not in said and SECRET not in said, f"{command} {name}: {said[-80:]!r}")
    world.expect_untouched()


@probe("what the tool did not write stays where it is, in its own folders, too")
def removed(world):
    book = world.book(a=CHART, b="prose\n")
    book.render().end(0)
    own = [book.write(f"Output/default/{path}", "own") for path in
           ["a/figures/own.png", "a/figures/0123456789abcdef.png", "a/notes.txt", "b/notes.txt", "notes.txt"]]
    (book.root / "Notebooks/b.md").unlink()
    book.write("Notebooks/a.md", "prose\n")
    book.render().end(0)
    book.run("clean").end(0)
    lost = [str(file.relative_to(book.root)) for file in own if not file.exists()]
    expect(not lost, f"removed: {', '.join(lost)}")


@probe("a pipe, a socket or a device in place of a file holds nothing up")
def special(world):
    for path in ["Notebooks/b.md", "Notebooks/book.yml", "Notebooks/references.bib", "Notebooks/claims.yml",
                 "Output/default/a/index.html", "Output/default/a/record.json", ".kdbook/lock", "Data/s"]:
        book = world.book(a="---\ninputs: Data/s\n---\n\nprose\n" if path == "Data/s" else "prose\n")
        place = book.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(place)
        for command in ["render", "check", "list", "clean"]:
            if book.run(command, seconds=15).status is None:
                expect(False, f"{command} waits for a pipe in place of {path}")


@probe("what a killed or hostile run left in the store is used by none")
def store(world):
    book = world.book(a=CHART + cell("print(1 + 1)"))
    book.render().end(0)
    page = book.page("a")
    for file in sorted((book.root / ".kdbook").rglob("*")):
        if file.is_file() and not file.is_symlink() and file.name != "lock":
            file.chmod(0o644)
            file.write_bytes(file.read_bytes()[:50] + b"\0" * 50)
    book.render("--force").end(0)
    expect(book.page("a") == page, "the page is another")
