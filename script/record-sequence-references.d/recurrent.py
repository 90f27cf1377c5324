"""Logits of a small GRU tagger and the gradients in all its parameters, by torch, in kdbook's order of numbers."""

import torch

torch.set_default_dtype(torch.float64)
FEATURES, EMBEDDING, UNITS, LABELS = 5, 3, 4, 3
# Sequences of positions with features, of three lengths and not in their order.
SEQUENCES = [[[0], [1, 2]], [[3], [], [4, 0], [2]], [[1]], [[2, 2], [3]]]


class Tagger(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embeddings = torch.nn.Embedding(FEATURES, EMBEDDING)
        self.gru = torch.nn.GRU(EMBEDDING, UNITS)
        self.scores = torch.nn.Linear(UNITS, LABELS)

    def forward(self, sequence):
        zero = torch.zeros(EMBEDDING)
        x = torch.stack([sum((self.embeddings.weight[f] for f in active), zero) for active in sequence])
        return self.scores(self.gru(x)[0])


def in_order(tensors):
    """E, W, b, U, c, V, d; torch has the gates' matrices and the scores' turned."""
    e, w, u, b, c, v, d = tensors
    return torch.cat([t.reshape(-1) for t in (e, w.T, b, u.T, c, v.T, d)])


def sines(count, seed):
    return torch.round(torch.sin(seed * 100 + 3 * torch.arange(count) ** 2 + torch.arange(count) + 0.0), decimals=4)


def numbers(values):
    texts = [repr(v) for v in values.detach().reshape(-1).tolist()]
    lines = [", ".join(texts[i : i + 5]) for i in range(0, len(texts), 5)]
    return "[\n" + "".join(f"        {line},\n" for line in lines) + "    ]"


tagger = Tagger()
parameters = list(tagger.parameters())
with torch.no_grad():
    for place, parameter in enumerate(parameters):
        parameter.copy_(sines(parameter.numel(), place + 1).reshape(parameter.shape))
logits = torch.cat([tagger(sequence) for sequence in SEQUENCES])
weights = sines(logits.numel(), 40).reshape(logits.shape)
(logits * weights).sum().backward()

print("// Written by script/record-sequence-references; do not edit.\n")
print("/// What torch gives for a GRU tagger of 5 features in 3 numbers, 4 units and 3 labels.")
print("enum RecurrentReferences {")
print(f"    static let sequences: [[[Int]]] = {SEQUENCES}")
print(f"    static let parameters: [Double] = {numbers(in_order(parameters))}")
print(f"    static let logits: [Double] = {numbers(logits)}")
print(f"    static let logitGradient: [Double] = {numbers(weights)}")
print(f"    static let gradient: [Double] = {numbers(in_order([p.grad for p in parameters]))}")
print("}")
