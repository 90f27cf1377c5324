"""Writes Tests/DistillationTests/Golden/network.safetensors with the package safetensors, as another tool would."""

import json
import sys

import numpy
from safetensors.numpy import save_file

dense = lambda units, activation: {"dense": {"_0": {"activation": activation, "units": units}}}
architecture = {"inputs": 2, "seed": 7, "layers": [dense(3, "relu"), {"dropout": {"_0": {"rate": 0.5}}}, dense(2, "identity")]}
tensors = {
    "dense.0.weight": numpy.arange(6, dtype=numpy.float32).reshape(2, 3) / 4,
    "dense.0.bias": numpy.array([0.5, -1, 2], dtype=numpy.float32),
    "dense.1.weight": numpy.arange(6, dtype=numpy.float32).reshape(3, 2) - 3,
    "dense.1.bias": numpy.array([0.25, 8], dtype=numpy.float32),
}
save_file(tensors, sys.argv[1], {"kdbook.network": json.dumps(architecture)})
