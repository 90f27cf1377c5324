"""What a cell may use: all within bounds that are far below what would trouble the machine."""

import os
import signal
import subprocess
import time

from cells import rendered, tries
from probe import expect, probe
from world import TOOL, cell

tries("a cell that never ends is ended at its time", "while true { usleep(1000) }", options=["timeout: 1"], stopped="error: ")
tries("a cell that ignores signals and blocks them all is ended at its time", r'''
for number: Int32 in 1..<65 { signal(number, SIG_IGN) }
var all = sigset_t()
sigfillset(&all)
pthread_sigmask(SIG_BLOCK, &all, nil)
while true { pause() }
''', options=["timeout: 1"], stopped="error: ")
tries("a cell that prints without end is cut, and ended at its time", r'''
let line = String(repeating: "x", count: 9_999)
while true { print(line) }
''', options=["timeout: 2"], stopped="error: ")
tries("a cell takes no more memory than it may", r'''
var parts: [[UInt8]] = []
for _ in 0..<30 { parts.append([UInt8](repeating: 1, count: 50_000_000)) }
attempt("1.5 GB", parts.count)
''', matter="limits: {memory: 600 MB}", stopped="error: .*memory")
tries("a cell's processes take no more memory together than it may", r'''
for _ in 0..<3 where fork() == 0 {
    let part = [UInt8](repeating: 1, count: 400_000_000)
    sleep(8)
    _exit(Int32(part[0]))
}
sleep(8)
attempt("1.2 GB", 0)
''', matter="limits: {memory: 600 MB}", stopped="error: .*memory")
tries("memory that is shared, or lies in no file, is refused or counted", r'''
attempt("a file in memory", call("memfd_create", address("x"), 0))
attempt("a shared mapping", mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0)
attempt("System V's", find("shmget", as: (@convention(c) (Int32, Int, Int32) -> Int32).self)(0, 4096, 0o1600))
attempt("a higher limit", setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), [rlimit(rlim_cur: 1 << 50, rlim_max: 1 << 50)]))
''')
tries("a cell starts no more processes than it may", r'''
for _ in 0..<200 {
    let child = fork()
    if child == 0 { sleep(8); _exit(0) }
    if child < 0 { break }
}
sleep(8)
attempt("200 processes", 0)
''', matter="limits: {processes: 20}", stopped="error: .*process")
tries("a cell whose processes start processes is ended with all of them", r'''
for _ in 0..<8 { _ = fork() }
sleep(8)
''', matter="limits: {processes: 20}", stopped="error: .*process")
tries("a cell starts no more threads than it may", r'''
for _ in 0..<300 {
    let thread = Thread { sleep(8) }
    thread.stackSize = 65_536
    thread.start()
}
sleep(6)
attempt("300 threads", 0)
''', matter="limits: {threads: 100}", stopped="error: .*thread")
FILES = r'''
chdir(scratch)
let block = [UInt8](repeating: 1, count: 8_000_000)
func fill(_ path: String) { _ = write(open(path, O_WRONLY | O_CREAT, 0o600), block, block.count) }
'''
tries("a cell fills no more of the disk than it may", FILES + r'''
for i in 0..<6 { fill("file \(i)") }
sleep(5)
attempt("48 MB", 0)
''', matter="limits: {scratch: 20 MB}", stopped="error: .*20 MB")
tries("files that have no name any more, and hidden folders, count", FILES + r'''
mkdir("dark", 0o300)
for i in 0..<6 {
    fill("dark/file \(i)")
    if i % 2 == 0 { unlink("dark/file \(i)") }
}
sleep(5)
attempt("48 MB", 0)
''', matter="limits: {scratch: 20 MB}", stopped="error: .*20 MB")
tries("no file is larger than one may be", FILES + r'''
let file = open("large", O_WRONLY | O_CREAT, 0o600)
for _ in 0..<4 { attempt("written", write(file, block, block.count) == block.count ? 0 : -1) }
attempt("32 MB", 0)
'''.replace('attempt("written", write(file, block, block.count) == block.count ? 0 : -1)', "_ = write(file, block, block.count)"),
      matter="limits: {file: 16 MB}", stopped="error: .*16 MB")
tries("folders that are nested too deep to be counted end the cell", r'''
chdir(scratch)
for _ in 0..<2000 {
    mkdir("deeper", 0o700)
    chdir("deeper")
}
sleep(5)
''', stopped="error: .*nested")


@probe("nothing of all that stays in the scratch folders, and no process")
def swept(world):
    left = list((rendered(world).book.root / ".kdbook/scratch").glob("*"))
    expect(not left, f"{left[0] if left else ''} is left")


def interrupted(world, name, code):
    """How long a render takes to end when it is interrupted while the cell is at work."""
    book = world.book(a=cell(code))
    process = subprocess.Popen([TOOL, "render"], cwd=book.root, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    end = time.monotonic() + 60
    while time.monotonic() < end and not list((book.root / ".kdbook/scratch").glob("*/*/begun")) + list(
            (book.root / ".kdbook/scratch").glob("*/begun")):
        time.sleep(0.05)
    begin = time.monotonic()
    process.send_signal(name)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        expect(False, f"it does not end within 15 seconds of {name.name}")
    return time.monotonic() - begin


@probe("the tool ends soon after a signal, and the cell with it")
def signals(world):
    code = r'''
open(String(cString: getenv("HOME")) + "/begun", O_WRONLY | O_CREAT, 0o600)
for number: Int32 in 1..<65 { signal(number, SIG_IGN) }
while true { usleep(1000) }
'''
    for name in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL]:
        interrupted(world, name, code)
        left = world.processes_left()
        expect(not left, f"{name.name} leaves processes: {left}")
