"""System calls."""

import os
import shutil
import subprocess

from cells import tries
from probe import Untried, expect, probe
from world import HOME


@probe("a cell can make the system calls on record, and no other up to fifty beyond the newest")
def listed(world):
    if not shutil.which(os.environ.get("CC", "cc")):
        raise Untried("there is no C compiler, which the list of calls is made with")
    made = subprocess.run([HOME / "script/list-calls"], capture_output=True, text=True, timeout=300)
    expect(made.returncode == 0, made.stderr.strip()[-300:])


tries("a cell makes no namespace, and takes no power of a superuser", r'''
let namespaces = [0x1000_0000, 0x2_0000, 0x4000_0000, 0x0200_0000, 0x0400_0000, 0x0800_0000, 0x2000_0000]
for flag in namespaces {
    attempt("unshare \(String(flag, radix: 16))", call("unshare", flag))
    let child = call("clone", flag | 17)
    if child == 0 { _exit(0) }
    attempt("clone \(String(flag, radix: 16))", child)
    if child > 0 { waitpid(pid_t(child), nil, 0) }
}
let child = call("clone3", 0, 88)
attempt("clone3", child)
attempt("another root", chroot(scratch))
attempt("another user", setuid(1))
attempt("another group", setgid(1))
attempt("mount", mount("none", scratch, "tmpfs", 0, nil))
attempt("a device", mknod(scratch + "/device", S_IFCHR | 0o600, 1 << 8 | 5))
attempt("host name", sethostname("x", 1))
''')

tries("a cell loads no code into the system, and watches nothing of it", r'''
for name in ["bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "keyctl", "add_key", "init_module", "kexec_load",
    "memfd_create", "memfd_secret", "fanotify_init", "open_by_handle_at", "syslog", "landlock_create_ruleset", "seccomp",
    "a call of next year"] {
    attempt(name, call(name))
}
''')
