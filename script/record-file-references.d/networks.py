"""Networks as torch and Keras store them, and what these predict: `networks.py FOLDER`."""
import json
import os
import sys

import h5py
import keras
import numpy as np
import safetensors.torch
import torch

folder = sys.argv[1]
os.environ["KERAS_BACKEND"] = "torch"
random = np.random.default_rng(20)
inputs = random.standard_normal((6, 5)).astype("f4")
expected = {"inputs": inputs.ravel().tolist()}


def keep(name, outputs):
    expected[name] = [float(number) for number in np.asarray(outputs, "f8").ravel()]


# torch: a stack, a class with layers of its own names, lower precisions, several files.
torch.manual_seed(1)
stack = torch.nn.Sequential(torch.nn.Linear(5, 4), torch.nn.ReLU(), torch.nn.Dropout(0.2), torch.nn.Linear(4, 3)).eval()
safetensors.torch.save_file(stack.state_dict(), f"{folder}/torch.safetensors")
keep("torch", stack(torch.from_numpy(inputs)).detach())
mixed = torch.nn.Sequential(torch.nn.Linear(5, 4, bias=False), torch.nn.Tanh(), torch.nn.Linear(4, 3)).eval()
state = mixed.state_dict()
kept = {"encoder.weight": state["0.weight"].half(), "head.weight": state["2.weight"].bfloat16(), "head.bias": state["2.bias"].double()}
kept["encoder.num_batches_tracked"] = torch.tensor(3)
safetensors.torch.save_file(kept, f"{folder}/torch-mixed.safetensors")
mixed.load_state_dict({"0.weight": kept["encoder.weight"].float(), "2.weight": kept["head.weight"].float(), "2.bias": kept["head.bias"].float()})
keep("torch-mixed", mixed(torch.from_numpy(inputs)).detach())
state = stack.state_dict()
parts = [{name: state[name] for name in names} for names in [["0.weight", "3.bias"], ["0.bias", "3.weight"]]]
names = [f"model-{number}-of-2.safetensors" for number in (1, 2)]
for part, name in zip(parts, names):
    safetensors.torch.save_file(part, f"{folder}/{name}")
with open(f"{folder}/model.safetensors.index.json", "w") as file:
    places = {tensor: name for part, name in zip(parts, names) for tensor in part}
    json.dump({"metadata": {"total_size": 156}, "weight_map": places}, file, indent=1)
    file.write("\n")

# Every type, and what torch makes of each number.
types = ["float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz", "float8_e8m0fnu"]
tensors = {name: torch.arange(256, dtype=torch.uint8).view(getattr(torch, name)) for name in types}
for name in ["float16", "bfloat16"]:
    tensors[name] = torch.arange(0, 65536, 257, dtype=torch.int32).to(torch.uint16).view(getattr(torch, name))
for name in ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"]:
    tensors[name] = torch.tensor([0, 1, 100]).to(getattr(torch, name))
expected["types"] = {name: [repr(float(number)) for number in tensor.to(torch.float64)] for name, tensor in tensors.items()}
tensors["complex64"] = torch.tensor([1 + 2j])
tensors["float4"] = torch.arange(4, dtype=torch.uint8).view(torch.float4_e2m1fn_x2)
safetensors.torch.save_file(tensors, f"{folder}/types.safetensors")

# Keras: a model whole, and its weights alone.
keras.utils.set_random_seed(2)
layers = keras.layers
model = keras.Sequential(
    [
        keras.Input((5,)),
        layers.Dropout(0.1),
        layers.Dense(4, activation="relu", name="hidden", kernel_constraint=keras.constraints.MaxNorm(2.0)),
        layers.Dropout(0.25),
        layers.Dense(4, use_bias=False),
        layers.Activation("tanh"),
        layers.Dense(3, activation="softmax"),
    ]
)
for weights in model.weights:
    weights.assign(random.standard_normal(weights.shape).astype("f4"))
model.save(f"{folder}/keras.h5")
model.save(f"{folder}/keras.keras")
model.save_weights(f"{folder}/keras.weights.h5")
keep("keras", model.predict(inputs, verbose=0))

# More layers than ten, whose groups stand in the file in the order of their letters.
deep = keras.Sequential([keras.Input((5,))] + [layers.Dense(5, activation="tanh") for _ in range(11)] + [layers.Dense(3)])
for weights in deep.weights:
    weights.assign(random.standard_normal(weights.shape).astype("f4"))
deep.save_weights(f"{folder}/deep.weights.h5")
keep("deep", deep.predict(inputs, verbose=0))

# Layers in 16 bits, and of a kind that a network does not know.
brain = keras.Sequential([keras.Input((5,)), layers.Dense(3, dtype="bfloat16")])
brain.save_weights(f"{folder}/bfloat16.weights.h5")
single = keras.Sequential([keras.Input((5,)), layers.Dense(3)])
single.set_weights([np.asarray(keras.ops.convert_to_numpy(keras.ops.cast(weights, "float32"))) for weights in brain.weights])
keep("bfloat16", single.predict(inputs, verbose=0))
normalised = keras.Sequential([keras.Input((5,)), layers.BatchNormalization(), layers.Dense(3)])
normalised.save(f"{folder}/normalised.h5")

# As Keras 2 wrote it: names as bytes of one length, `kernel:0`.
with h5py.File(f"{folder}/keras2.h5", "w") as file:
    dense = [layer for layer in model.layers if layer.weights]
    file.attrs["keras_version"] = "2.15.0"
    config = json.loads(model.to_json())
    file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": config["config"]})
    group = file.create_group("model_weights")
    group.attrs["layer_names"] = np.array([layer.name.encode() for layer in model.layers])
    for layer in model.layers:
        names = [f"{layer.name}/{weights.name}:0" for weights in layer.weights]
        part = group.create_group(layer.name)
        part.attrs["weight_names"] = np.array([name.encode() for name in names]) if names else np.array([], "S1")
        for name, weights in zip(names, layer.weights):
            part[name] = keras.ops.convert_to_numpy(weights)

with open(f"{folder}/networks.json", "w") as file:
    json.dump(expected, file, sort_keys=True, indent=0)
    file.write("\n")
