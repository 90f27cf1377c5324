#!/bin/sh
# mmrazor's decoupled distillation loss takes reduction='mean' and gives the sum.
#
# Guess: DKDLoss(reduction='mean') is the mean over the batch, as 'mean' is in torch: 'sum' divided by the number of rows.
#
# Seen with mmrazor 1.0.0 (torch 2.13.0): 'mean', 'sum' and 'none' all give one number, the sum; only 'batchmean', the default, divides.
# So whoever writes 'mean' trains with a loss and a gradient that grow with the batch, and nothing says so.
#
# The file with the loss is loaded alone; its class registers itself in mmrazor's registry, for which a function stands that does
# nothing.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.13.0 numpy
"$folder/venv/bin/pip" install --quiet --no-deps mmrazor==1.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import importlib.util
import pathlib
import sys
import sysconfig
import types

import torch

registry = types.ModuleType("mmrazor.registry")
registry.MODELS = types.SimpleNamespace(register_module=lambda: lambda kind: kind)
sys.modules["mmrazor"] = types.ModuleType("mmrazor")
sys.modules["mmrazor.registry"] = registry
file = pathlib.Path(sysconfig.get_path("purelib")) / "mmrazor/models/losses/decoupled_kd.py"
spec = importlib.util.spec_from_file_location("decoupled_kd", file)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)

rows = 4
student = torch.tensor([[0.0, 1.0, 2.0]]).repeat(rows, 1)
teacher = torch.tensor([[2.0, 1.0, 0.0]]).repeat(rows, 1)
labels = torch.zeros(rows, dtype=torch.long)
values = {}
for reduction in ("batchmean", "mean", "sum", "none"):
    loss = module.DKDLoss(tau=4.0, reduction=reduction)(student, teacher, labels)
    values[reduction] = loss
    print(f"{reduction}: shape {tuple(loss.shape)}, value {float(loss.sum()):.6f}")
same = all(v.dim() == 0 and torch.isclose(v, rows * values["batchmean"]) for k, v in values.items() if k != "batchmean")
print("seen again" if same else "this has changed")
sys.exit(not same)
PYTHON
