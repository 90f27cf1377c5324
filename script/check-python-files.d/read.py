"""Reads with torch, Keras, h5py and NumPy what kdbook has written into a folder.

usage: KERAS_BACKEND=torch python read.py FOLDER
"""

import sys

import h5py
import keras
import numpy as np
import torch

folder = sys.argv[1]
inputs = np.load(f"{folder}/inputs.npy")


def check(name, found, wanted, tolerance=0.0):
    found, wanted = np.asarray(found), np.asarray(wanted)
    assert found.shape == wanted.shape and found.dtype == wanted.dtype, f"{name}: {found.shape} {found.dtype}"
    distance = 0.0 if np.array_equal(found, wanted) else float(np.max(np.abs(found - wanted)))
    assert distance <= tolerance, f"{name}: off by {distance}"
    print(f"{name}: {found.dtype}{list(found.shape)}, off by at most {distance:.1e}")


def tensors(path):
    """What a safetensors file holds; by the package where it is there, else by the format's few lines."""
    try:
        from safetensors.torch import load_file

        return load_file(path)
    except ImportError:
        import json

        content = open(path, "rb").read()
        size = int.from_bytes(content[:8], "little")
        header = json.loads(content[8 : 8 + size])
        body = content[8 + size :]
        return {
            name: torch.frombuffer(bytearray(body[slice(*entry["data_offsets"])]), dtype=torch.float32).reshape(entry["shape"])
            for name, entry in header.items()
            if name != "__metadata__"
        }


# torch: an nn.Sequential with each activation and each dropout as a module of its own.
stack = torch.nn.Sequential(
    torch.nn.Linear(5, 4), torch.nn.ReLU(), torch.nn.Dropout(0.2), torch.nn.Linear(4, 4), torch.nn.Tanh(), torch.nn.Linear(4, 3)
)
stack.load_state_dict(tensors(f"{folder}/net.safetensors"), strict=True)
with torch.no_grad():
    check("net in torch", stack.eval()(torch.from_numpy(inputs)).numpy(), np.load(f"{folder}/net.npy"), 1e-6)

# Keras: layers of the same sizes.
layers = keras.layers
models = {
    "net": [layers.Dense(4, activation="relu"), layers.Dropout(0.2), layers.Dense(4, activation="tanh"), layers.Dense(3)],
    "deep": [layers.Dense(5, activation="tanh") for _ in range(11)] + [layers.Dense(3)],
}
for name, parts in models.items():
    model = keras.Sequential([keras.Input((5,)), *parts])
    model.load_weights(f"{folder}/{name}.weights.h5")
    found = keras.ops.convert_to_numpy(model(inputs, training=False))
    check(f"{name} in Keras", found, np.load(f"{folder}/{name}.npy"), 1e-6)

# Arrays.
integers = np.array([[[-(2**63)], [2**63 - 1]]], np.int64)
wanted = {
    "floats": np.array([[1.5, -2, 3], [0, np.inf, 1e-45]], np.float32),
    "group/doubles": np.array([1, np.pi, -0.0]),
    "group/inner/integers": integers,
    "bytes": np.array([1, 2, 255], np.uint8),
    "µ/single": np.array(7, np.int64),
    "empty": np.zeros((0, 4)),
}
with h5py.File(f"{folder}/arrays.h5") as file:
    found = {}
    file.visititems(lambda name, item: found.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)
    assert set(found) == set(wanted), sorted(found)
    for name, array in wanted.items():
        check(f"{name} in h5py", found[name], array)
    assert np.signbit(found["group/doubles"][2])
with np.load(f"{folder}/arrays.npz") as file:
    for name, array in wanted.items():
        check(f"{name} in NumPy", file[name.split("/")[-1]], array)
# A file can be gone on with: h5py adds to the groups and takes away.
with h5py.File(f"{folder}/arrays.h5", "r+") as file:
    file["group/more"] = np.arange(3)
    del file["bytes"]
    assert sorted(file["group"]) == ["doubles", "inner", "more"] and "bytes" not in file
print("all as written")
