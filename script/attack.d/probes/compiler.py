"""The compiler, which reads a stranger's text before anything runs."""

import os
import shutil
import subprocess
import time

from probe import Untried, expect, probe
from world import SECRET, TOOL, cell, descendants


@probe("a compilation that takes minutes counts against the notebook's time", quick=False)
def time_of_compiling(world):
    # Functions of one name, literals of any type, closures within: each line takes the compiler about half a second.
    lines = ["func f<T>(_ x: T) -> Int { 1 }", "func f<T>(_ x: [T]) -> Int { 2 }", "func f<T>(_ x: T?) -> Int { 3 }"]
    lines += [f"let c{n} = f([f([nil, {n}]), f([1, nil, 2.5 as Double?].map {{ $0 ?? 1 }}), "
              f"f([[1], nil, [2]].compactMap {{ $0 }})].reduce(0) {{ $0 + $1 * 2 - -$0 }})" for n in range(300)]
    book = world.book(a="---\nlimits: {time: 5s}\n---\n\n" + cell("\n".join(lines)))
    # A notebook's compilations have thirty seconds of the processor's time at least; a busy machine stretches them.
    outcome = book.render(seconds=600)
    expect(outcome.status is not None, "it is not ended within ten minutes, of 30 s of the processor that compiling may take")
    expect(outcome.status == 1 and "took longer to compile" in outcome.said, f"it ends with {outcome.status}: {outcome.said[:200]}")


@probe("a compilation that takes gigabytes counts against the notebook's memory")
def memory_of_compiling(world):
    # A constant of 1.6 GB, which the compiler writes out.
    lines = ["let much: InlineArray<200_000_000, Int> = .init(repeating: 1)", "much[3]"]
    # A compiler may take 1 GB at least.
    book = world.book(a="---\nlimits: {memory: 1 GB}\n---\n\n" + cell("\n".join(lines)))
    largest = Largest()
    process = subprocess.Popen([TOOL, "render"], cwd=book.root, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        end = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < end and largest.look() < 1100:
            time.sleep(0.05)
        most = largest.most
        expect(most < 1100, f"the compiler takes {most} MB under a limit of 1 GB")
        expect(process.poll() is not None, "it is not ended within a minute")
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=20)


class Largest:
    """The most memory that any compiler below this process has taken, in MB."""

    most = 0

    def look(self):
        for number in descendants(os.getpid()):
            try:
                with open(f"/proc/{number}/cmdline", "rb") as file:
                    if b"swift-frontend" not in file.read():
                        continue
                with open(f"/proc/{number}/statm") as file:
                    self.most = max(self.most, int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20)
            except OSError:
                pass
        return self.most


def plugin(world, book):
    """A library that leaves a mark where whoever loads it may write."""
    compiler = shutil.which(os.environ.get("CC", "cc"))
    if not compiler:
        raise Untried("there is no C compiler to make a library with")
    source = book.write("plugin.c", f"""
        #include <fcntl.h>
        #include <unistd.h>
        __attribute__((constructor)) static void loaded(void) {{
            close(open("{world.folder}/loaded", O_WRONLY | O_CREAT, 0600));
            close(open("{world.outside}/new", O_WRONLY | O_CREAT, 0600));
        }}
    """)
    library = book.root / "Data/libOwn.so"
    library.parent.mkdir(exist_ok=True)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source], check=True)
    return library


@probe("a macro's words name no library, program or file that a book brings")
def macros(world):
    book = world.book()
    library = plugin(world, book)
    for n, module in enumerate(["Own", f"{library.parent}/Own", "../Data/Own", f"/../../../../../../..{library.parent}/libOwn",
                                f"x/../../../../../../../..{library.parent}/libOwn", str(library), f"{world.outside}/secret.txt"]):
        book.write(f"Notebooks/m{n}.md", "---\ninputs: Data/libOwn.so\n---\n\n" + cell(
            f'@freestanding(expression) macro own() -> Int = #externalMacro(module: "{module}", type: "Own")\nprint(#own())'))
    said = book.render(seconds=180).end().said
    expect(not (world.folder / "loaded").exists(), "the compiler has loaded a library of the book's")
    world.expect_untouched()
    expect(SECRET not in said and book.has_in_output(SECRET) is None, "the secret is told")


@probe("no cell's text has the compiler show another file")
def shown(world):
    file = world.outside / "secret.txt"
    notebooks = {
        "place": f'#sourceLocation(file: "{file}", line: 1)\nlet a: Int = "x"\n#sourceLocation()',
        "crash": f'#sourceLocation(file: "{file}", line: 1)\nlet none: [Int] = []\nprint(none[none.count])\n#sourceLocation()',
        "import": "import Secret", "link": f'@_silgen_name("{file}") func a()\na()',
        "section": f'@_section("{file}") let a = 1', "spi": f'@_spi("{file}") import Foundation',
        "words": f'@available(*, unavailable, message: "{file}") func a() {{}}\na()',
        "doc": f"/// - Include: {file}\nlet a = #fileLiteral(resourceName: \"{file}\")\nprint(a)",
        "autolink": f'@_cdecl("{file}") func a() {{}}', "raw": f'let a = #embed("{file}")',
    }
    book = world.book(**{name: cell(code) for name, code in notebooks.items()})
    book.write("module.modulemap", f'module Secret {{ header "{file}" export * }}\n')
    said = book.render(seconds=180).end().said
    expect(SECRET not in said, f"the terminal shows it: {said[said.find(SECRET) - 100:][:150]!r}")
    where = book.has_in_output(SECRET)
    expect(where is None, f"{where} has it")


@probe("no file of the book's own modules has the compiler show another file, and none is a link out of the book")
def shown_by_modules(world):
    file = world.outside / "secret.txt"
    modules = {
        "Place": f'#sourceLocation(file: "{file}", line: 1)\npublic let a: Int = "x"\n#sourceLocation()',
        "Embed": f'public let a = #embed("{file}")', "Import": "import Secret",
        "Words": f'@available(*, unavailable, message: "{file}") func a() {{}}\npublic func b() {{ a() }}',
        "Crash": f'#sourceLocation(file: "{file}", line: 1)\npublic func a(_ n: [Int]) -> Int {{ n[n.count] }}\n#sourceLocation()',
    }
    notebooks = {name.lower(): cell(f"import {name}\nprint({'a([])' if name == 'Crash' else 1})") for name in modules}
    book = world.book(**notebooks)
    for name, code in modules.items():
        book.write(f"Sources/{name}/A.swift", code)
    book.write("Sources/module.modulemap", f'module Secret {{ header "{file}" export * }}\n')
    linked = [world.book(a=cell("import Linked\nprint(1)")) for _ in range(2)]
    linked[0].link("Sources/Linked", world.outside)
    linked[1].write("Sources/Linked/B.swift", "public let b = 1")
    linked[1].link("Sources/Linked/A.swift", file)
    for book in [book, *linked]:
        said = book.render(seconds=180).end().said
        expect("error" in said, f"nothing was tried: {said[:200]}")
        expect(SECRET not in said, f"the terminal shows it: {said[said.find(SECRET) - 100:][:150]!r}")
        where = book.has_in_output(SECRET)
        expect(where is None, f"{where} has it")


@probe("what a book brings beside its notebooks is no compiler, module or configuration", quick=False)
def brought(world):
    book = world.book(a=cell("import Own\nprint(1)"), good=cell("print(1 + 1)"))
    library = plugin(world, book)
    for name in ["swiftc", "swift-frontend", "clang", "ld", "lld", "curl", "chromium", "llvm-symbolizer"]:
        place = book.write(name, f"#!/bin/sh\ntouch {world.folder}/loaded\nexit 1\n")
        place.chmod(0o755)
    book.write("Own.swiftmodule", library.read_bytes())
    book.write("Package.swift", "import Foundation\n")
    for folder in [".kdbook/cells/Own.swiftmodule", ".kdbook/workshop/Own.swiftinterface", "Notebooks/Own.swiftmodule"]:
        book.write(folder, "x")
    book.render(seconds=120, environment={"PATH": ":.:" + os.environ["PATH"]}).end()
    expect(not (world.folder / "loaded").exists(), "something that the book brought was run")
    expect("2" in book.page("good"), "the notebook beside is lost")
