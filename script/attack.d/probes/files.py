"""Files that were not granted."""

from cells import tries
from probe import expect, probe

tries("a cell reads no file but the notebook's inputs, by no way to it", r'''
attempt("open", open(secret, O_RDONLY))
attempt("open a file of the book", open("undeclared.txt", O_RDONLY))
attempt("open its own notebook", open("Notebooks/cell-1.md", O_RDONLY))
attempt("list a folder", opendir(outside) == nil ? -1 : 0)
attempt("list the book", opendir(".") == nil ? -1 : 0)
symlink(secret, scratch + "/link")
attempt("follow a link", open(scratch + "/link", O_RDONLY))
attempt("name it a second time", link(secret, scratch + "/second"))
attempt("move it", rename(secret, scratch + "/moved"))
for way in ["self", "\(tool)", "\(victim)", "1", "thread-self"] {
    attempt("through the root of \(way)", open("/proc/\(way)/root" + secret, O_RDONLY))
    attempt("through the folder of \(way)", open("/proc/\(way)/cwd/undeclared.txt", O_RDONLY))
}
let folder = open(scratch, O_RDONLY)
attempt("upwards", openat(folder, "../../../undeclared.txt", O_RDONLY))
attempt("the password file", open("/etc/shadow", O_RDONLY))
attempt("a disk", open("/dev/vda", O_RDONLY))
attempt("memory", open("/dev/mem", O_RDONLY))
let namedOnly: Int32 = 0o1000_0000, handle = open(secret, namedOnly)
attempt("open what was only named", open("/proc/self/fd/\(handle)", O_RDONLY))
attempt("a search of folders", chdir(outside) == 0 ? open("secret.txt", O_RDONLY) : -1)
''', needs_landlock=True)

tries("a cell writes, makes, moves and removes nothing outside its scratch folder", r'''
attempt("write", open(secret, O_WRONLY))
attempt("append", open(secret, O_WRONLY | O_APPEND))
attempt("shorten", truncate(secret, 0))
attempt("shorten by opening", open(secret, O_RDONLY | O_TRUNC))
attempt("remove", unlink(secret))
attempt("move", rename(secret, outside + "/moved"))
attempt("move in", rename(scratch, outside + "/scratch"))
attempt("make a file", open(outside + "/new", O_WRONLY | O_CREAT, 0o600))
attempt("make a nameless file", open(outside, O_WRONLY | 0o2000_0000 | O_DIRECTORY, 0o600))
attempt("make a folder", mkdir(outside + "/new", 0o700))
attempt("make a pipe", mkfifo(outside + "/new", 0o600))
attempt("make a link", symlink("secret.txt", outside + "/new"))
attempt("remove a folder", rmdir(outside + "/deep/deeper"))
attempt("write to an input", open("world.json", O_WRONLY))
attempt("write to an input that is open", open("/proc/self/fd/\(open("world.json", O_RDONLY))", O_WRONLY))
attempt("shorten an input", truncate("world.json", 0))
attempt("remove an input", unlink("world.json"))
attempt("write to a notebook", open("Notebooks/cell-1.md", O_WRONLY))
for place in [".", "Notebooks", "Output", ".kdbook", ".kdbook/cells", ".kdbook/figures", scratch + "/..", "/tmp", "/var/tmp", "/dev/shm", "/run"] {
    attempt("make a file in \(place)", open(place + "/kdbook-attack", O_WRONLY | O_CREAT | O_EXCL, 0o600))
}
''', needs_landlock=True)

tries("a cell that starts programs lets them reach no more than itself", r'''
let shell = Process()
shell.executableURL = URL(fileURLWithPath: "/bin/sh")
shell.arguments = ["-c", "cat \(secret) undeclared.txt && echo GOT THROUGH; echo x >\(outside)/new && echo GOT THROUGH"]
shell.standardError = FileHandle.nullDevice
try shell.run()
shell.waitUntilExit()
''', needs_landlock=True)

tries("a cell changes no mode, owner, date or attribute of a file of its user's", r'''
let times = [timespec](repeating: timespec(tv_sec: 1, tv_nsec: 0), count: 2)
chmod(secret, 0)
_ = call("fchmodat2", -100, address(secret), 0, 0)
_ = call("setxattrat", -100, address(secret), 0, address("user.kdbook"), 0, 0)
_ = call("removexattrat", -100, address(secret), 0, address("user.kdbook"))
_ = call("file_setattr", -100, address(secret), 0, 0, 0)
chown(secret, 1, 1)
lchown(secret, 1, 1)
_ = call("setxattr", address(secret), address("user.kdbook"), address("x"), 1, 0)
utimensat(AT_FDCWD, secret, times, 0)
for descriptor: Int32 in 3..<256 {
    _ = (fchmod(descriptor, 0), fchown(descriptor, 1, 1), futimens(descriptor, times))
    _ = call("fsetxattr", Int(descriptor), address("user.kdbook"), address("x"), 1, 0)
}
let folder = open(outside, 0o1000_0000)
_ = (fchmodat(folder, "secret.txt", 0, 0), fchownat(folder, "secret.txt", 1, 1, 0))
let input = open("world.json", O_RDONLY)
attempt("a lease on an input", fcntl(input, 1024, 0))
attempt("an exclusive lock on an input", flock(input, LOCK_EX | LOCK_NB))
var flags = 0
attempt("flags of an input", withUnsafeMutablePointer(to: &flags) { call("ioctl", Int(input), 0x4008_6602, Int(bitPattern: $0)) })
''')


tries("no cell reads or writes through a descriptor that the tool inherited", r'''
for descriptor: Int32 in 3..<1024 where fcntl(descriptor, F_GETFD) >= 0 {
    var text = [CChar](repeating: 0, count: 4096)
    let target = readlink("/proc/self/fd/\(descriptor)", &text, 4095)
    let path = target < 0 ? "" : String(decoding: text.prefix(target).map(UInt8.init(bitPattern:)), as: UTF8.self)
    if path.hasPrefix(outside) { attempt("descriptor \(descriptor)", 0) }
    attempt("open beside descriptor \(descriptor)", openat(descriptor, "secret.txt", O_RDONLY))
}
''')


@probe("the terminal and each page's foot say what this system does not guard")
def gaps(world):
    book = world.book(a="```swift\nprint(1)\n```\n")
    said = book.render().end(0).said
    foot = book.page("a").rpartition("<footer>")[2]
    for text in [said, foot]:
        if world.landlock:
            expect("does not guard" not in text or "signals" in text, f"a gap is told that there is not: {text!r}")
        else:
            for gap in ["which files cells read and write", "signals to other processes"]:
                expect(gap in text, f"it is not said that the system does not guard {gap}: {text!r}")
