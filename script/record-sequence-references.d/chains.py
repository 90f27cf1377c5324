"""Losses of linear chains and their gradients, by torch's automatic differentiation over every labelling."""

import itertools

import torch

torch.set_default_dtype(torch.float64)
N, K, T = 4, 3, 2.0


def scores(seed):
    """Emissions, transitions, starts, ends: sines, which any language gives to the last digit that is compared."""
    count = N * K + K * K + 2 * K
    values = [round(1.7 * torch.sin(torch.tensor(float(seed * 100 + 3 * i * i + i))).item(), 6) for i in range(count)]
    return torch.tensor(values, requires_grad=True)


def all_scores(x):
    e, a, s, f = x[: N * K].view(N, K), x[N * K : N * K + K * K].view(K, K), x[-2 * K : -K], x[-K:]
    labellings = list(itertools.product(range(K), repeat=N))
    totals = [
        s[y[0]] + sum(e[t, y[t]] for t in range(N)) + sum(a[y[t - 1], y[t]] for t in range(1, N)) + f[y[-1]]
        for y in labellings
    ]
    return labellings, torch.stack(totals)


def marginals(labellings, logs):
    p = logs.exp()
    rows = [[p[[i for i, y in enumerate(labellings) if y[t] == k]].sum() for k in range(K)] for t in range(N)]
    return torch.stack([torch.stack(row) for row in rows])


def losses(student, teacher):
    labellings, own = all_scores(student)
    _, other = all_scores(teacher.detach())
    p, q = torch.log_softmax(own / T, 0), torch.log_softmax(other / T, 0)
    words_p, words_q = marginals(labellings, p), marginals(labellings, q)
    best = torch.topk(other, 3).indices
    weights = torch.softmax(other[best], 0)
    return {
        "likelihood": -torch.log_softmax(own, 0)[labellings.index((0, 1, 2, 0))],
        "sequences": T * T * (q.exp() * (q - p)).sum(),
        "best": -(weights * torch.log_softmax(own, 0)[best]).sum(),
        "words": T * T * (words_q * (words_q / words_p).log()).sum(),
    }


def numbers(values):
    texts = [repr(v) for v in values.detach().tolist()]
    lines = [", ".join(texts[i : i + 4]) for i in range(0, len(texts), 4)]
    return "[\n" + "".join(f"            {line},\n" for line in lines) + "        ]"


student, teacher = scores(1), scores(2)
print("// Written by script/record-sequence-references; do not edit.\n")
print("/// What torch gives for chains of 4 positions and 3 labels; scores as emissions, transitions, starts, ends.")
print("enum SequenceReferences {")
print(f"    static let student: [Double] =\n        {numbers(student)}")
print(f"    static let teacher: [Double] =\n        {numbers(teacher)}")
for name, loss in losses(student, teacher).items():
    (gradient,) = torch.autograd.grad(loss, student, retain_graph=True)
    print(f"    static let {name}Loss = {loss.item()!r}")
    print(f"    static let {name}Gradient: [Double] =\n        {numbers(gradient)}")
print("}")
