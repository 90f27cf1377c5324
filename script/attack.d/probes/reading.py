"""What is read before anything runs: text that is made to hold up or end who reads it."""

from probe import expect, probe
from world import cell

# The tool is built for debugging here, several times as slow as an installed one.
PATIENCE = 60


def endures(world, what, texts, files=(), commands=(("render",),)):
    """Whether the tool ends by itself, with a word where it reads no further, and renders the notebook beside it."""
    for name, text in texts:
        book = world.book(a=text, good="All is well.\n")
        for path, content in files:
            book.write(path, content)
        for command in commands:
            outcome = book.run(*command, seconds=PATIENCE)
            expect(outcome.status is not None, f"{what}, {name}: {command[0]} does not end within {PATIENCE} seconds")
            expect(outcome.status in (0, 1, 2), f"{what}, {name}: {command[0]} ends with status {outcome.status}")
            expect(outcome.status == 0 or "error" in outcome.said, f"{what}, {name}: no word of what is wrong")
        if ("render",) in commands and not files:
            expect((book.root / "Output/default/good/index.html").exists(), f"{what}, {name}: the notebook beside is lost")


def many(piece, count, end=""):
    return piece * count + end


@probe("Markdown that is nested or unclosed without end holds nothing up", quick=False)
def markdown(world):
    endures(world, "Markdown", [
        ("quotes", many("> ", 20_000, "a\n")), ("lists", many("- ", 20_000, "a\n")),
        ("brackets", many("[", 100_000, "a\n")), ("images", many("![", 50_000, "a\n")),
        ("emphasis", many("*a **b ", 30_000, "\n")), ("backticks", " ".join("`" * n for n in range(1, 900)) + "\n"),
        ("links", many("[a](", 50_000, "\n")), ("autolinks", many("<a:", 50_000, "\n")), ("tags", many("<a ", 50_000, "\n")),
        ("comments", many("<!-- ", 50_000, "\n")), ("unclosed blocks", many("<div>\n\n", 20_000)),
        ("tables", "|" * 30_000 + "\n" + "|-" * 30_000 + "|\n" + "|" * 30_000 + "\n"),
        ("footnotes", "".join(f"[^{n}]: [^{n + 1}]\n\n" for n in range(5000)) + "[^0]\n"),
        ("definitions", "".join(f"[a{n}]: /x\n" for n in range(20_000)) + many("[a1]", 20_000, "\n")),
        ("headings", many("# a\n", 20_000)), ("fences", many("```\n", 20_001)), ("zeros", many("\0", 50_000, "\n")),
        ("one long line", many("a", 3_000_000, "\n")), ("bytes", "\udcff".encode("utf-8", "surrogateescape") .decode("latin-1")),
    ], commands=[("render",), ("list",)])


@probe("front matter and YAML files that unfold, repeat or nest without end hold nothing up", quick=False)
def yaml(world):
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    hostile = [
        ("aliases", bomb), ("nesting", "title: " + many("[", 50_000, "\n")), ("maps", "title: " + many("{a: ", 20_000, "\n")),
        ("keys", many("title: a\n", 20_000)), ("a cycle", "title: &a [*a]\n"), ("a merge", "<<: &a {<<: *a}\n"),
        ("tags", "title: !!python/object/apply:os.system [x]\n"), ("a number", "timeout: 1e300\n"),
        ("not a number", "timeout: .nan\n"), ("less than nothing", "timeout: -5s\n"), ("too much", f"timeout: {'9' * 400}\n"),
        ("sizes", f"limits: {{memory: {'9' * 40} GB}}\n"), ("parameters", f"parameters: {{a: {'9' * 4000}}}\n"),
        ("code", 'parameters: {"a = 1; import Foundation; let b": 1}\n'),
    ]
    endures(world, "front matter", [(name, f"---\n{text}---\n\n" + cell("print(1)")) for name, text in hostile],
            commands=[("render",), ("list",)])
    for path in ["Notebooks/book.yml", "Notebooks/claims.yml"]:
        for name, text in hostile[:7]:
            endures(world, path, [(name, "prose\n")], files=[(path, text)], commands=[("render",), ("claims",)])


@probe("TeX, diagrams and bibliographies that nest, define or grow without end hold nothing up", quick=False)
def notations(world):
    endures(world, "TeX", [
        ("braces", "$" + many("{", 30_000) + "$\n"), ("fractions", "$" + many("\\frac{", 10_000) + "$\n"),
        ("scripts", "$x" + many("^{x", 10_000) + "$\n"), ("left", "$" + many("\\left(", 10_000) + "$\n"),
        ("matrices", "$" + many("\\begin{matrix}", 5000) + "$\n"), ("definitions", "$\\def\\a{\\a\\a}\\a$\n"),
        ("dollars", many("$", 100_001, "\n")), ("a label", "$$x$$ {#eq-" + many("a", 100_000, "}\n")),
    ])
    endures(world, "diagram", [
        (name, f"```mermaid\nflowchart TD\n{text}\n```\n") for name, text in [
            ("nodes", "\n".join(f"a{n} --> a{n + 1}" for n in range(20_000))),
            ("edges", "\n".join(f"a{n} --> a{m}" for n in range(150) for m in range(150))),
            ("chain", " --> ".join(f"a{n}" for n in range(20_000))), ("brackets", "a" + many("[", 20_000)),
            ("groups", many("subgraph a\n", 5000)), ("words", "a[" + many("word ", 100_000, "]")),
        ]])
    for name, text in [
        ("braces", "@article{a, title = " + many("{", 50_000, "\n")), ("entries", many("@article{a, title = {b}}\n", 20_000)),
        ("joins", "@string{a = \"x\"}\n@article{a, title = " + many("a # ", 30_000, "a}\n")), ("unclosed", many("@a{", 30_000)),
        ("names", "@article{a, author = {" + many("A and ", 50_000, "B}}\n")),
    ]:
        endures(world, "bibliography", [(name, "[@a]\n")], files=[("Notebooks/references.bib", text)])


@probe("cells' code that nests or goes on without end is refused before anything compiles it", quick=False)
def code(world):
    endures(world, "code", [
        ("parentheses", cell("let a = " + many("(", 20_000))), ("closures", cell("let a = " + many("{", 20_000))),
        ("strings", cell("let a = " + many('"\\(', 5000))), ("generics", cell("let a: " + many("[", 20_000))),
        ("operators", cell("let a = " + many("-", 100_000, "1"))), ("a name", cell("let " + many("a", 300_000, " = 1"))),
        ("comments", cell(many("/*", 50_000))), ("options", cell("", *["label: a"] * 3000)),
        ("ifs", cell(many("if true {", 5000))), ("attributes", cell(many("@a(", 5000))),
    ], commands=[("list",), ("render",)])


@probe("records and pages that were changed by another's hand are told of, and end nothing")
def records(world):
    book = world.book(a=cell("print(1)"))
    book.render().end(0)
    for path in ["Output/default/a/record.json", "Output/default/record.json"]:
        for text in [many("[", 100_000), many('{"a":', 50_000), '{"cells":' + many("9", 100_000) + "}", "\0" * 1000, "",
                     '{"cells":[{"displays":[{"text":1e999}]}]}', "[" + many('"x",', 300_000, '"x"]')]:
            book.write(path, text)
            outcome = book.run("check", seconds=PATIENCE)
            expect(outcome.status in (0, 1, 2), f"{path}: check ends with {outcome.status}, {text[:20]!r}")
    for text in [many("<", 200_000), "", "\0" * 1000, many("<p>", 100_000)]:
        book.write("Output/default/a/index.html", text)
        outcome = book.render(seconds=PATIENCE)
        expect(outcome.status in (0, 1, 2), f"render ends with {outcome.status} over a page {text[:10]!r}")


@probe("inputs with headers that lie end their own cell", quick=False)
def inputs(world):
    book = world.book(a="---\ninputs: [Data/x, Data/y]\n---\n\n" + cell(
        'for path in ["Data/x", "Data/y"] {\n    print((try? Safetensors(contentsOfFile: path)) == nil)\n}', "error: true"))
    book.write("Data/x", (1 << 62).to_bytes(8, "little") + b"{}")
    book.write("Data/y", b"\0\0\x08\x03" + b"\xff" * 12)
    outcome = book.render()
    expect(outcome.status in (0, 1), f"it ends with {outcome.status}")
