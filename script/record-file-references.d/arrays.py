"""Arrays as NumPy and h5py store them: `arrays.py FOLDER`."""
import io
import json
import sys
import zipfile

import h5py
import numpy as np

folder = sys.argv[1]
kinds = ["bool", "i1", "u1", "<i2", ">i2", "<u2", "<i4", ">i4", "<u4", "<i8", "<u8", ">u8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]


def words(array):
    """What a test compares: the shape, and each number as a text that 64 bits can be read from."""
    array = np.asarray(array)
    numbers = array.astype("f8").ravel(order="C")
    return {"shape": list(array.shape), "numbers": [repr(float(number)) for number in numbers]}


def samples(kind):
    numbers = np.array([[0, 1, 2], [3, 100, 1.5]])
    if np.dtype(kind).kind == "f":
        numbers = np.array([[0, -0.0, 6.1e-5], [np.inf, -2.75, np.nan]])
    elif np.dtype(kind).kind == "i":
        numbers = np.array([[0, -1, 2], [3, 100, -128]])
    return numbers.astype(kind)


arrays = {}
for kind in kinds:
    arrays[kind] = samples(kind)
    arrays[kind + " fortran"] = np.asfortranarray(samples(kind))
arrays["cube"] = np.arange(24, dtype="<i2").reshape(2, 3, 4)
arrays["cube fortran"] = np.asfortranarray(arrays["cube"])
arrays["scalar"] = np.array(2.5)
arrays["nothing"] = np.zeros((2, 0, 3), "f4")
arrays["one"] = np.array([7], "u1")
np.savez(f"{folder}/plain.npz", **arrays)
np.savez_compressed(f"{folder}/compressed.npz", **arrays, many=np.arange(2000, dtype="<i4"))

with zipfile.ZipFile(f"{folder}/versions.npz", "w") as archive:
    for version in [(1, 0), (2, 0), (3, 0)]:
        file = io.BytesIO()
        np.lib.format.write_array(file, arrays["cube fortran"], version=version)
        archive.writestr(f"{version[0]}.npy", file.getvalue())
    for name, array in {
        "objects": np.array([None, 1], dtype=object),
        "records": np.zeros(2, dtype=[("a", "f4"), ("b", "i4")]),
        "text": np.array(["a", "bc"]),
        "times": np.array(["2026-01-01"], dtype="M8[D]"),
        "complex": np.array([1 + 2j]),
        "long": np.zeros(1, np.longdouble),
    }.items():
        file = io.BytesIO()
        np.lib.format.write_array(file, array)
        archive.writestr(f"{name}.npy", file.getvalue())

for name, lowest, highest in [("earliest", "earliest", "v108"), ("v108", "v108", "v108"), ("latest", "latest", "latest")]:
    with h5py.File(f"{folder}/{name}.h5", "w", libver=(lowest, highest)) as file:
        for kind in kinds:
            file[f"kinds/{kind}"] = samples(kind)
        file["scalar"] = 2.5
        file["nothing"] = np.zeros((2, 0), "f4")
        file["half"] = file["scalar"]
        file["soft"] = h5py.SoftLink("/scalar")
        file["outside"] = h5py.ExternalLink("other.h5", "/scalar")
        file["kinds/again"] = file["kinds"]
        file["text"] = "no numbers"
        large = np.arange(35, dtype="<f8").reshape(5, 7)
        file.create_dataset("chunks/single", data=large, chunks=(5, 7), compression="gzip", shuffle=True)
        if name != "latest":
            file.create_dataset("chunks/plain", data=large, chunks=(2, 3))
            file.create_dataset("chunks/all", data=large, chunks=(2, 3), compression="gzip", shuffle=True, fletcher32=True)
            sparse = file.create_dataset("chunks/sparse", shape=(5, 7), dtype="<f8", chunks=(2, 2), fillvalue=1.25)
            sparse[2:4, 2:5] = 3
            file.create_dataset("chunks/line", data=np.arange(600, dtype="<i4"), chunks=(7,))
        for number in range(24):
            file[f"members/member {number}"] = np.array([number], "i4")
            file["members"].attrs[f"attribute {number}"] = f"value {number}"
        file.attrs["word"] = "a µ"
        file.attrs["words"] = ["a", "", "ccc"]
        file.attrs["bytes"] = np.array([b"ab", b"c"])
        file.attrs["number"] = 3


def datasets(path):
    found = {}
    with h5py.File(path) as file:
        file.visititems(lambda name, item: found.update({name: words(item[()])}) if isinstance(item, h5py.Dataset) and item.dtype.kind in "biuf" else None)
    return found


expected = {"npz": {name: words(array) for name, array in arrays.items()}}
for name in ["earliest", "v108", "latest"]:
    expected[name] = datasets(f"{folder}/{name}.h5")
with open(f"{folder}/arrays.json", "w") as file:
    json.dump(expected, file, sort_keys=True, indent=0)
    file.write("\n")
