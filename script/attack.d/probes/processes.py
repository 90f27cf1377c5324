"""Other processes."""

import os
from pathlib import Path

from cells import rendered, tries
from probe import expect, probe
from world import SECRET

tries("a cell signals no process but its own", r'''
for (name, number) in [("the tool", tool), ("the first", pid_t(1)), ("another of the user's", victim)] {
    attempt("signal \(name)", kill(number, 0))
    attempt("signal a thread of \(name)", call("tgkill", Int(number), Int(number), 0))
    let handle = call("pidfd_open", Int(number), 0)
    attempt("signal a handle of \(name)", handle < 0 ? -1 : call("pidfd_send_signal", handle, 0, 0, 0))
}
attempt("end another of the user's", kill(victim, SIGTERM))
attempt("its group", killpg(getpgid(victim), 0))
attempt("a terminal's signals", fcntl(0, 8 /* F_SETOWN */, victim))
''', needs_landlock=True)

tries("a cell neither reads nor stops nor slows another process", r'''
let trace = find("ptrace", as: (@convention(c) (Int, Int32, Int, Int) -> Int).self)
for number in [tool, victim] {
    attempt("trace", trace(16, number, 0, 0))
    attempt("seize", trace(0x4206, number, 0, 0))
    var byte: UInt8 = 0
    withUnsafeMutablePointer(to: &byte) { pointer in
        var here = iovec(iov_base: pointer, iov_len: 1), there = iovec(iov_base: pointer, iov_len: 1)
        attempt("read memory", withUnsafePointer(to: &here) { a in withUnsafePointer(to: &there) { b in
            call("process_vm_readv", Int(number), Int(bitPattern: a), 1, Int(bitPattern: b), 1) } })
        attempt("write memory", withUnsafePointer(to: &here) { a in withUnsafePointer(to: &there) { b in
            call("process_vm_writev", Int(number), Int(bitPattern: a), 1, Int(bitPattern: b), 1) } })
    }
    var processors: UInt64 = 1
    attempt("choose its processor", withUnsafePointer(to: &processors) { call("sched_setaffinity", Int(number), 8, Int(bitPattern: $0)) })
    var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
    attempt("limit it", withUnsafePointer(to: &limit) { call("prlimit64", Int(number), 0, Int(bitPattern: $0), 0) })
    attempt("schedule it", call("sched_setscheduler", Int(number), 5, 0))
    attempt("take a descriptor", call("pidfd_getfd", call("pidfd_open", Int(number), 0), 1, 0))
}
''')

tries("/proc tells a cell nothing of another process's memory, environment and files", r'''
// Some of them open for anyone, and are refused when they are read.
func read(_ path: String) -> Int {
    var byte: UInt8 = 0
    let file = open(path, O_RDONLY)
    return file < 0 ? -1 : read(file, &byte, 1)
}
for number in [tool, victim, 1] {
    for file in ["mem", "environ", "maps", "smaps", "auxv", "io", "stack", "syscall", "pagemap", "personality", "fdinfo/0"] {
        attempt("\(file) of \(number)", read("/proc/\(number)/\(file)"))
    }
    for file in ["fd/0", "fd/1", "exe", "cwd", "root"] {
        var path = [CChar](repeating: 0, count: 4096)
        attempt("where \(file) of \(number) leads", readlink("/proc/\(number)/\(file)", &path, 4095))
        attempt("\(file) of \(number)", open("/proc/\(number)/\(file)", O_RDONLY))
    }
}
for file in ["oom_score_adj", "comm", "timerslack_ns", "attr/current", "setgroups"] {
    attempt("write to \(file) of another", open("/proc/\(victim)/\(file)", O_WRONLY))
}
for file in ["/proc/sys/kernel/core_pattern", "/proc/sys/vm/drop_caches", "/proc/sysrq-trigger", "/proc/kcore", "/proc/kmsg"] {
    attempt("write to \(file)", open(file, O_WRONLY))
}
''', needs_landlock=True)

tries("a cell's environment has nothing of the user's, and no word that marks are made with", r'''
let known: Set<String> = ["CFFIXED_USER_HOME", "HOME", "KDBOOK_INPUTS", "LANG", "PATH", "SWIFT_BACKTRACE", "SWIFT_DETERMINISTIC_HASHING", "TMPDIR", "TZ"]
for name in ProcessInfo.processInfo.environment.keys where !known.contains(name) { attempt(name, 0) }
// What the kernel is told when it starts stands there; it takes it out of its environment.
let told: Set<String> = ["KDBOOK_BOUNDS", "KDBOOK_COPIES", "KDBOOK_FOLDER", "KDBOOK_THREADS_SHARED", "KDBOOK_THREADS", "KDBOOK_ISA"]
let whole = try Data(contentsOf: URL(fileURLWithPath: "/proc/self/environ"))
for entry in String(decoding: whole, as: UTF8.self).split(separator: "\0") 
where !known.union(told).contains(String(entry.prefix { $0 != "=" })) {
    attempt(String(entry), 0)
}
''')

tries("a cell that hides, or asks to outlive its parent, is ended like any other", r'''
let dumpable = find("prctl", as: (@convention(c) (Int, Int, Int, Int, Int) -> Int32).self)(4, 0, 0, 0, 0)
attempt("hide its memory", dumpable)
if fork() == 0 {
    setsid()
    signal(SIGTERM, SIG_IGN)
    signal(SIGHUP, SIG_IGN)
    if fork() == 0 {
        for descriptor: Int32 in 0..<1024 { close(descriptor) }
        sleep(600)
    }
    _exit(0)
}
sleep(1)
''', stopped=r"error: .*process")


@probe("another process of the user's is as it was: alive, at its processors and its priority")
def victim(world):
    rendered(world)
    number = world.victim.pid
    expect(world.victim.poll() is None, "it has ended")
    expect(os.sched_getaffinity(number) == os.sched_getaffinity(0), "its processors are others")
    expect(os.getpriority(os.PRIO_PROCESS, number) == os.getpriority(os.PRIO_PROCESS, 0), "its priority is another")


@probe("what the tool's own environment and command line say stands in nothing that it writes")
def environment(world):
    file = rendered(world).book.has_in_output(SECRET)
    expect(file is None, f"{file} has the secret in it")
    expect(SECRET not in rendered(world).outcome.said, "the terminal has it")
    expect(not list(Path("/tmp").glob("kdbook-attack")), "/tmp/kdbook-attack is there")
