"""Runs the losses of one toolkit on the probes of Data/toolkits.json and tells which values differ from the recorded ones.

usage: audit.py TOOLKIT FILE

Where a toolkit was installed without what it depends on, the file with its loss is loaded alone; names that it imports for other
purposes are stood in for.
"""
import importlib.util
import json
import math
import os
import pathlib
import sys
import sysconfig
import types

os.environ.setdefault("KERAS_BACKEND", "torch")


class Anything:
    """Stands in for a registry, a logger or a decorator: a class that it is called with comes back as it is."""

    def __call__(self, *arguments, **_):
        return arguments[0] if len(arguments) == 1 and callable(arguments[0]) else self

    def __getattr__(self, _):
        return self


class StandIn(types.ModuleType):
    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {}) if name[0].isupper() and not name.isupper() else Anything()


class Finder:
    """Finds a stand-in for each module of the toolkit itself, and for what is not installed."""

    def __init__(self, package):
        self.package = package

    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, self) if name.split(".")[0] == self.package else None

    def create_module(self, spec):
        return StandIn(spec.name)

    def exec_module(self, module):
        pass


def alone(path):
    """The module in a file of the installed packages, without its package."""
    file = pathlib.Path(sysconfig.get_path("purelib")) / path
    package = path.split("/")[0]
    sys.meta_path.insert(0, Finder(package))
    name = path.removesuffix(".py").replace("/", ".")
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def with_attributes(kind, **attributes):
    """An object of a class whose constructor wants whole models, with the attributes that its loss looks at."""
    value = object.__new__(kind)
    value.__dict__.update(attributes)
    return value


def torch_losses():
    import torch.nn.functional as F

    def parts(z, v, T):
        return F.log_softmax(z / T, -1), F.softmax(v / T, -1)

    return {
        "T*T*F.kl_div(log_softmax(z/T),softmax(v/T),reduction='batchmean')": lambda z, v, y, T: T
        * T
        * F.kl_div(*parts(z, v, T), reduction="batchmean"),
        "T*T*nn.KLDivLoss()(log_softmax(z/T),softmax(v/T)) (default reduction)": lambda z, v, y, T: T
        * T
        * F.kl_div(*parts(z, v, T)),
        "T*T*F.cross_entropy(z/T, softmax(v/T))": lambda z, v, y, T: T * T * F.cross_entropy(z / T, parts(z, v, T)[1]),
    }


def torchdistill_losses():
    KDLoss = alone("torchdistill/losses/mid_level.py").KDLoss

    def loss(targets=True, **settings):
        def call(z, v, y, T):
            module = KDLoss("m", "output", "m", "output", temperature=T, **settings)
            return module({"m": {"output": z}}, {"m": {"output": v}}, y if targets else None)

        return call

    return {
        "KDLoss(temperature=T, alpha=0.7)": loss(alpha=0.7),
        "KDLoss(temperature=T, alpha=1e-12) (targets given)": loss(alpha=1e-12),
        "KDLoss(temperature=T, alpha=0) (targets given)": loss(alpha=0),
        "KDLoss(temperature=T, alpha=0.7), targets=None": loss(targets=False, alpha=0.7),
        "KDLoss(temperature=T, alpha=0, beta=5.0) (targets given)": loss(alpha=0, beta=5.0),
    }


def textbrewer_losses():
    module = alone("textbrewer/losses.py")
    return {
        "kd_ce_loss(z, v, temperature=T)": lambda z, v, y, T: module.kd_ce_loss(z, v, temperature=T),
        "kd_mse_loss(z, v, temperature=T)": lambda z, v, y, T: module.kd_mse_loss(z, v, temperature=T),
    }


def torchtune_losses():
    module = alone("torchtune/modules/loss/kd_losses.py")
    return {
        f"{name}()(z, v, y)": lambda z, v, y, T, kind=getattr(module, name): kind()(z, v, y)
        for name in ("ForwardKLLoss", "ReverseKLLoss", "SymmetricKLLoss")
    }


def modelopt_losses():
    module = alone("modelopt/torch/distill/losses.py")
    logits, corrected = module.LogitsDistillationLoss, module.MFTLoss
    return {
        "LogitsDistillationLoss(temperature=T)(z, v) (defaults)": lambda z, v, y, T: logits(temperature=T)(z, v),
        "LogitsDistillationLoss(temperature=T, reduction='batchmean')(z, v)": lambda z, v, y, T: logits(
            temperature=T, reduction="batchmean"
        )(z, v),
        "MFTLoss(temperature=T)(z, v, y) (threshold 0.2)": lambda z, v, y, T: corrected(temperature=T)(z, v, y),
    }


def nemo_losses():
    module = alone("nemo_automodel/components/loss/kd_loss.py")
    return {"KDLoss(temperature=T)(z, v, y)": lambda z, v, y, T: module.KDLoss(temperature=T)(z, v, y)}


def lightly_losses():
    import torch

    module = alone("lightly_train/_methods/distillation/distillation_loss.py")
    return {
        "DistillationLoss(temperature=T)(teacher=v, student=z, queue=I)": lambda z, v, y, T: module.DistillationLoss(T)(
            v, z, torch.eye(z.shape[1])
        )
    }


def mmrazor_losses():
    soft = alone("mmrazor/models/losses/kl_divergence.py").KLDivergence
    decoupled = alone("mmrazor/models/losses/decoupled_kd.py").DKDLoss
    return {
        "KLDivergence(tau=T)(z, v)": lambda z, v, y, T: soft(tau=T)(z, v),
        "DKDLoss(tau=T, alpha=1, beta=1)(z, v, y)": lambda z, v, y, T: decoupled(tau=T, alpha=1, beta=1)(z, v, y),
        "DKDLoss(tau=T, reduction='mean')(z, v, y)": lambda z, v, y, T: decoupled(tau=T, reduction="mean")(z, v, y),
    }


def kd_lib_losses():
    import torch

    VanillaKD = alone("KD_Lib/KD/vision/vanilla/vanilla_kd.py").VanillaKD

    def loss(weight, measure):
        def call(z, v, y, T):
            return with_attributes(VanillaKD, temp=T, distil_weight=weight, loss_fn=measure).calculate_kd_loss(z, v, y)

        return call

    return {
        "VanillaKD(temp=T, distil_weight=1.0) (default loss_fn)": loss(1.0, torch.nn.MSELoss()),
        "VanillaKD(temp=T, distil_weight=0.7) (default loss_fn)": loss(0.7, torch.nn.MSELoss()),
        "VanillaKD(temp=T, distil_weight=1.0, loss_fn=KLDivLoss(reduction='batchmean'))": loss(
            1.0, torch.nn.KLDivLoss(reduction="batchmean")
        ),
    }


def keras_losses():
    import keras

    def loss(measure=None):
        def call(z, v, y, T):
            settings = {} if measure is None else {"loss": measure}
            return keras.distillation.LogitsDistillation(temperature=T, **settings).compute_loss(v, z)

        return call

    return {
        "LogitsDistillation(temperature=T).compute_loss(v, z) (default loss)": loss(),
        "LogitsDistillation(temperature=T, loss=keras.losses.KLDivergence())": loss(keras.losses.KLDivergence()),
        "LogitsDistillation(temperature=T, loss='categorical_crossentropy')": loss("categorical_crossentropy"),
        "LogitsDistillation(temperature=T, loss=CategoricalCrossentropy(from_logits=True))": loss(
            keras.losses.CategoricalCrossentropy(from_logits=True)
        ),
    }


def paddle_losses():
    import paddle
    import paddle.nn.functional as F

    def loss(**settings):
        def call(z, v, y, T):
            z, v = paddle.to_tensor(z.numpy()), paddle.to_tensor(v.numpy())
            return T * T * F.kl_div(F.log_softmax(z / T), F.softmax(v / T), **settings)

        return call

    return {
        "T*T*F.kl_div(log_softmax(z/T), softmax(v/T)) (default reduction)": loss(),
        "T*T*F.kl_div(log_softmax(z/T), softmax(v/T), reduction='batchmean')": loss(reduction="batchmean"),
    }


LOSSES = {
    "torch": torch_losses,
    "torchdistill": torchdistill_losses,
    "textbrewer": textbrewer_losses,
    "torchtune": torchtune_losses,
    "nvidia-modelopt": modelopt_losses,
    "nemo-automodel": nemo_losses,
    "lightly-train": lightly_losses,
    "mmrazor": mmrazor_losses,
    "KD_Lib": kd_lib_losses,
    "keras": keras_losses,
    "paddle": paddle_losses,
}


def differs(now, then):
    if not (math.isfinite(now) and math.isfinite(then)):
        return repr(now) != repr(then)
    return abs(now - then) > 1e-4 * max(abs(now), abs(then), 1e-3)


def main(toolkit, file):
    import torch

    recorded = json.load(open(file))
    probes = {probe["id"]: probe for probe in recorded["probes"]}
    calls = {call["call"]: call["values"] for call in recorded["calls"] if call["toolkit"] == toolkit}
    differences = count = 0
    for name, loss in LOSSES[toolkit]().items():
        for place, then in calls[name].items():
            probe = probes[place]
            z, v = (torch.tensor(probe[x], dtype=torch.float32) for x in ("student", "teacher"))
            now = float(loss(z, v, torch.tensor(probe["labels"]), probe["temperature"]))
            count += 1
            if differs(now, float(then)):
                differences += 1
                print(f"{toolkit}: {name} at {place}: {now}, recorded {then}")
    print(f"{toolkit}: {len(LOSSES[toolkit]())} calls, {count} values, {differences} differ")
    return differences > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
