"""The pipe that a kernel's results go through. Cells can write into it; nothing in it is believed."""

import re

from cells import rendered, tries
from probe import expect, probe

FORGE = r'''
func forge(_ line: String) { _ = write(200, line + "\n", line.utf8.count + 1) }
let digest = String(repeating: "ab", count: 32), least = "-9223372036854775808", most = "9223372036854775807"
func shown(_ display: String, mark: String = "1") { forge(#"{"shown":{"_0":\#(display),"isCut":false,"mark":\#(mark)}}"#) }
func claim(line: String, of n: Int = 2) {
    shown(#"{"claim":{"combination":"all","findings":[{"n":1,"observations":{"count":{"of":\#(n),"successes":1}},"rule":{"holds":{"condition":"c"}},"setting":"","verdict":"supported"}],"id":"C1","measured":"m","place":{"file":"cell-1","line":\#(line)},"tolerance":0,"verdict":"supported"}}"#)
}
'''
WROTE = r"error: the cell wrote into the pipe"

FORGERIES = [
    ("the kernel's first words a second time", r'''forge(#"{"ready":{"_0":{"filtersCalls":true,"instructionSet":"av"# + #"x9","landlock":99}}}"#)'''),
    ("its own end", r'''forge(#"{"ended":{"cell":2,"mark":1}}"#)'''),
    ("that of another cell", r'''forge(#"{"ended":{"cell":9,"mark":\#(most)}}"#)'''),
    ("a halt", r'''forge(#"{"halted":{"_0":"done"}}"#)'''),
    ("a library at an impossible place", r'''forge(#"{"loaded":{"base":18446744073709551615,"cell":2}}"#)'''),
    ("a copy's end", r'''forge(#"{"lostCopy":{"mark":\#(most),"process":-2147483648,"status":0}}"#)'''),
    ("a claim at a line before all lines", "claim(line: least)"),
    ("a claim at a line behind all lines", "claim(line: most)"),
    ("a claim of more than all", "claim(line: \"1\", of: 0)"),
    ("a number beyond all numbers", r'''shown(#"{"table":{"alignments":[],"columns":[],"rows":[[1e999]]}}"#)'''),
    ("a ragged table", r'''shown(#"{"table":{"alignments":["leading"],"columns":["a"],"rows":[["1","2"]]}}"#)'''),
    ("a picture by another's name", r'''forge(#"{"picture":{"digest":"\#(digest)","png":"iVBORw0KGgo="}}"#)'''),
    ("a figure by a path", r'''shown(#"{"figure":{"alternativeText":"","data":{},"dark":"../../x","height":1,"light":"../../x","width":1}}"#)'''),
    ("text without its mark", r'''shown(#"{"text":"a"}"#, mark: most)'''),
    ("objects nested 100,000 deep", r'''forge(String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000))'''),
    ("a line of 300 MB", r'''let much = [UInt8](repeating: 65, count: 1 << 20)
for _ in 0..<300 { if write(200, much, much.count) < 0 { break } }
forge("")'''),
    ("bytes that are no text", "_ = write(200, [0xFF, 0xFE, 0x00, 0x0A] as [UInt8], 4)"),
    ("the same line a hundred thousand times", r'''for _ in 0..<100_000 { forge(#"{"progress":{"_0":"x"}}"#) }
shown(#"{"text":"a"}"#, mark: least)'''),
]
for _what, _code in FORGERIES:
    tries(f"a cell that forges {_what} ends its own notebook, at its line", FORGE + _code + "\nsleep(20)", stopped=WROTE)

tries("a crash that is told of at places where nothing lies has no place", r'''
let line = "!crash 4 " + String(UInt.max, radix: 16) + " 0 1\n"
_ = write(200, line, line.utf8.count)
_exit(0)
''', stopped=r":\d+:1: error: ")

tries("a cell that closes the pipe, or puts another in its place, is told of", r'''
close(200)
open("/dev/null", O_RDWR)
print("x")
''', stopped="error: ")


@probe("what pages and terminal say of the sandbox is no forger's word")
def sandbox_words(world):
    pages = rendered(world).book.root.rglob("index.html")
    expect(not any("avx9" in page.read_text() for page in pages), "a page has the forged instruction set")
    expect("avx9" not in rendered(world).outcome.said, "the terminal has it")


@probe("forgers leave the notebooks beside them as they are, and nothing damaged in the store")
def neighbours(world):
    book = rendered(world).book
    for file in book.root.joinpath(".kdbook/figures").rglob("*.png"):
        expect(file.read_bytes().endswith(b"IEND\xaeB`\x82"), f"{file.name} is no picture")
    lines = re.findall(r"Notebooks/[\w-]+\.md", rendered(world).outcome.said)
    expect(lines, "nothing is said of any notebook")
    expect("all was tried" in rendered(world).printed("cell-1") or not world.landlock, "another notebook is not rendered")
