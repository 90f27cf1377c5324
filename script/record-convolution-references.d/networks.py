"""Logits and gradients of small convolutional networks, by torch, in kdbook's order of numbers: channels last."""

import torch

torch.set_default_dtype(torch.float64)
BATCH, HEIGHT, WIDTH, CHANNELS, CLASSES = 3, 7, 6, 2, 3


class Padded(torch.nn.Module):
    """Two convolutions, the first padded and pooled."""

    def __init__(self):
        super().__init__()
        self.first = torch.nn.Conv2d(CHANNELS, 3, 3, padding=1)
        self.second = torch.nn.Conv2d(3, 4, 2)
        self.last = torch.nn.Linear(2 * 2 * 4, CLASSES)

    def forward(self, x):
        x = torch.nn.functional.max_pool2d(torch.relu(self.first(x)), 2)
        return self.last(torch.tanh(self.second(x)).permute(0, 2, 3, 1).flatten(1))


class Stepping(torch.nn.Module):
    """A convolution that moves two pixels at a time; pooling leaves a column over."""

    def __init__(self):
        super().__init__()
        self.first = torch.nn.Conv2d(CHANNELS, 5, 3, stride=2, padding=1)
        self.last = torch.nn.Linear(2 * 1 * 5, CLASSES)

    def forward(self, x):
        x = torch.nn.functional.max_pool2d(torch.sigmoid(self.first(x)), 2)
        return self.last(x.permute(0, 2, 3, 1).flatten(1))


def in_order(tensors):
    """The parameters, or what has their shapes: weights as kernel × kernel × channels × filters or inputs × units, then bias."""
    parts = [t.permute(2, 3, 1, 0) if t.dim() == 4 else t.T if t.dim() == 2 else t for t in tensors]
    return torch.cat([part.reshape(-1) for part in parts])


def sines(count, seed):
    return torch.round(torch.sin(seed * 100 + 3 * torch.arange(count) ** 2 + torch.arange(count) + 0.0), decimals=4)


def numbers(values):
    texts = [repr(v) for v in values.detach().reshape(-1).tolist()]
    lines = [", ".join(texts[i : i + 5]) for i in range(0, len(texts), 5)]
    return "[\n" + "".join(f"            {line},\n" for line in lines) + "        ]"


def report(name, network, seed):
    with torch.no_grad():
        for place, parameter in enumerate(network.parameters()):
            parameter.copy_(0.6 * sines(parameter.numel(), seed + place).reshape(parameter.shape))
    # Channels last outside, first within torch.
    x = sines(BATCH * HEIGHT * WIDTH * CHANNELS, seed + 9).reshape(BATCH, HEIGHT, WIDTH, CHANNELS).requires_grad_()
    weights = sines(BATCH * CLASSES, seed + 8).reshape(BATCH, CLASSES)
    logits = network(x.permute(0, 3, 1, 2))
    (logits * weights).sum().backward()
    gradients = in_order([p.grad for p in network.parameters()])
    print(f"    static let {name} = ConvolutionReference(")
    parts = {
        "input": x,
        "parameters": in_order(network.parameters()),
        "logits": logits,
        "logitGradient": weights,
        "gradient": gradients,
        "inputGradient": x.grad,
    }
    print(",\n".join(f"        {part}:\n        {numbers(values)}" for part, values in parts.items()) + ")")


print("// Written by script/record-convolution-references; do not edit.\n")
print("/// What torch gives for a network, of images of 7×6 pixels with 2 channels.")
print("struct ConvolutionReference {")
for part in ["input", "parameters", "logits", "logitGradient", "gradient", "inputGradient"]:
    print(f"    let {part}: [Double]")
print()
report("padded", Padded(), 1)
report("stepping", Stepping(), 20)
print("}")
