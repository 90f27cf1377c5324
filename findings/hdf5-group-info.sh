#!/bin/sh
# HDF5 adds nothing to a group whose header has no Group Info message, though the format calls the message optional.
#
# Guess: a group that keeps its links in its header has a Link Info message and links. The format's specification (IV.A.2.k) says of Group
# Info: optional, with defaults that hold where it is missing. So a file without it can be read and gone on with.
#
# Seen with h5py 3.16.0 (HDF5 2.0.0): such a file is read, and its members are listed; but a new member is an
# error, "message type not found". With a Group Info message of two zero bytes, which says nothing beyond the defaults, it is added.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet h5py==3.16.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import struct
import sys

import h5py

print("h5py", h5py.__version__, "HDF5", h5py.version.hdf5_version)
nowhere = b"\xff" * 8


def file_of(messages):
    """A file of version 0 with one group, whose header (version 1) has these messages."""
    body = b"".join(
        struct.pack("<HHB3x", kind, -(-len(content) // 8) * 8, 0) + content + bytes(-len(content) % 8) for kind, content in messages
    )
    header = struct.pack("<BxHII4x", 1, len(messages), 1, len(body)) + body
    end = 96 + len(header)
    head = b"\x89HDF\r\n\x1a\n" + bytes([0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0])
    head += struct.pack("<Q", 0) + nowhere + struct.pack("<Q", end) + nowhere + struct.pack("<QQ", 0, 96) + bytes(24)
    return head + header


def added(messages):
    with open("x.h5", "wb") as file:
        file.write(file_of(messages))
    with h5py.File("x.h5") as file:
        assert list(file) == [], "the empty group is not read"
    try:
        with h5py.File("x.h5", "r+") as file:
            file["a"] = 1
        with h5py.File("x.h5") as file:
            return f"added: {file['a'][()]}"
    except (OSError, KeyError, RuntimeError) as error:
        return str(error)


link_info = (0x02, bytes(2) + nowhere + nowhere)
without = added([link_info])
with_it = added([link_info, (0x0A, bytes(2))])
print("without Group Info:", without)
print("with two zero bytes of it:", with_it)
seen = "message type not found" in without and with_it == "added: 1"
print("seen again" if seen else "this has changed")
sys.exit(not seen)
PYTHON
