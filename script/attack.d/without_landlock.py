"""Runs a command on a system that has no Landlock, as far as the command can see: its calls are missing.

usage: without_landlock.py COMMAND…"""

import ctypes
import os
import sys

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD, JUMP_IF_AT_LEAST, RETURN = 0x20, 0x35, 0x06
ALLOW, FAIL, ENOSYS = 0x7FFF0000, 0x00050000, 38
# landlock_create_ruleset to landlock_restrict_self, on all processors.
FIRST, LAST = 444, 446


class Instruction(ctypes.Structure):
    _fields_ = [("code", ctypes.c_ushort), ("if_so", ctypes.c_ubyte), ("if_not", ctypes.c_ubyte),
                ("value", ctypes.c_uint)]


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.POINTER(Instruction))]


code = [(LOAD, 0, 0, 0), (JUMP_IF_AT_LEAST, 0, 2, FIRST), (JUMP_IF_AT_LEAST, 1, 0, LAST + 1),
        (RETURN, 0, 0, FAIL | ENOSYS), (RETURN, 0, 0, ALLOW)]
filter = Program(len(code), (Instruction * len(code))(*[Instruction(*line) for line in code]))
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(filter), 0, 0):
    sys.exit(f"without_landlock: {os.strerror(ctypes.get_errno())}")
os.execvp(sys.argv[1], sys.argv[1:])
