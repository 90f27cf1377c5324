"""The peers' side of the benchmark of models: each command prints one line of JSON."""

import json
import sys
import time


def report(work, value, unit):
    print(json.dumps({"work": work, "value": value, "unit": unit}))


def rate(count, work):
    start = time.perf_counter()
    work()
    return count / (time.perf_counter() - start)


def convolutional_network(name):
    from torch.nn import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential

    if name == "large":
        return Sequential(
            Conv2d(1, 32, 5), ReLU(), MaxPool2d(2), Conv2d(32, 64, 5), ReLU(), MaxPool2d(2),
            Flatten(), Linear(1024, 512), ReLU(), Linear(512, 10),
        )  # fmt: skip
    return Sequential(
        Conv2d(1, 6, 5, padding=2), ReLU(), MaxPool2d(2), Conv2d(6, 16, 5), ReLU(), MaxPool2d(2),
        Flatten(), Linear(400, 120), ReLU(), Linear(120, 84), ReLU(), Linear(84, 10),
    )  # fmt: skip


def convolution(name, samples):
    """The better of the two orders in which torch can keep images."""
    import torch

    best = 0
    for order in (torch.contiguous_format, torch.channels_last):
        torch.manual_seed(1)
        x, y = torch.rand(samples, 1, 28, 28).to(memory_format=order), torch.randint(0, 10, (samples,))
        network = convolutional_network(name).to(memory_format=order)
        optimizer = torch.optim.Adam(network.parameters(), fused=True)

        def epoch(count):
            places = torch.randperm(count)
            for start in range(0, count, 128):
                rows = places[start : start + 128]
                loss = torch.nn.functional.cross_entropy(network(x[rows]), y[rows])
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                optimizer.step()

        epoch(512)
        best = max(best, rate(samples, lambda: epoch(samples)))
    return best


def hashed_texts(samples):
    """The better of a dense layer and of a sum of the rows of a table, as an embedding bag takes them."""
    import torch

    torch.manual_seed(1)
    places = torch.randint(0, 4096, (samples, 100))
    signs = 0.1 * (2 * torch.randint(0, 2, (samples, 100)) - 1).float()
    x, y = torch.zeros(samples, 4096).scatter_(1, places, signs), torch.randint(0, 4, (samples,))
    best = 0
    for sparse in (False, True):
        first = torch.nn.EmbeddingBag(4096, 64, mode="sum") if sparse else torch.nn.Linear(4096, 64)
        rest = torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Linear(64, 4))
        optimizer = torch.optim.Adam([*first.parameters(), *rest.parameters()], fused=True)

        def epoch(count):
            order = torch.randperm(count)
            for start in range(0, count, 32):
                rows = order[start : start + 32]
                hidden = first(places[rows], per_sample_weights=signs[rows]) if sparse else first(x[rows])
                loss = torch.nn.functional.cross_entropy(rest(hidden), y[rows])
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                optimizer.step()

        epoch(640)
        best = max(best, rate(samples, lambda: epoch(samples)))
    return best


def sentences(count):
    import torch

    torch.manual_seed(1)
    words = torch.randint(0, 800, (count, 12))
    before, after = words.roll(1, 1), words.roll(-1, 1)
    return torch.stack([words, 800 + before, 1600 + after], 2), words % 20


def chain_tagger(count, batch):
    """A conditional random field that makes a step for each `batch` of sentences, which are computed at once."""
    import torch

    features, labels = sentences(count)
    table = torch.nn.EmbeddingBag(2400, 20, mode="sum")
    torch.nn.init.zeros_(table.weight)
    transitions = torch.nn.Parameter(torch.zeros(20, 20))
    ends = torch.nn.Parameter(torch.zeros(2, 20))
    optimizer = torch.optim.Adagrad([table.weight, transitions, ends], lr=0.3)

    def loss_of(features, y):
        emissions = table(features.flatten(0, 1)).view(*y.shape, 20)
        forward = ends[0] + emissions[:, 0]
        for t in range(1, y.shape[1]):
            forward = torch.logsumexp(forward.unsqueeze(2) + transitions, 1) + emissions[:, t]
        total = torch.logsumexp(forward + ends[1], 1)
        right = emissions.gather(2, y.unsqueeze(2)).sum((1, 2)) + transitions[y[:, :-1], y[:, 1:]].sum(1)
        return (total - right - ends[0][y[:, 0]] - ends[1][y[:, -1]]).sum()

    def epoch(count):
        order = torch.randperm(count)
        for start in range(0, count, batch):
            rows = order[start : start + batch]
            optimizer.zero_grad(set_to_none=True)
            loss_of(features[rows], labels[rows]).backward()
            optimizer.step()

    epoch(10 * batch)
    return rate(count, lambda: epoch(count))


def recurrent_tagger(count, batch=16):
    import torch

    features, labels = sentences(count)
    table = torch.nn.EmbeddingBag(2400, 32, mode="sum")
    gru = torch.nn.GRU(32, 64, batch_first=True)
    scores = torch.nn.Linear(64, 20)
    parts = torch.nn.ModuleList([table, gru, scores])
    optimizer = torch.optim.Adam(parts.parameters(), lr=0.003, fused=True)

    def epoch(count):
        order = torch.randperm(count)
        for start in range(0, count, batch):
            rows = order[start : start + batch]
            x = table(features[rows].flatten(0, 1)).view(len(rows), -1, 32)
            loss = torch.nn.functional.cross_entropy(
                scores(gru(x)[0]).flatten(0, 1), labels[rows].flatten(), reduction="sum"
            )
            optimizer.zero_grad(set_to_none=True)
            (loss / len(rows)).backward()
            optimizer.step()

    epoch(160)
    return rate(count, lambda: epoch(count))


def cepstra(count):
    """Two processes, as the other side has two threads."""
    import multiprocessing

    with multiprocessing.Pool() as pool:
        pool.map(one_sound, range(16))
        return rate(count, lambda: pool.map(one_sound, range(count), chunksize=32))


def one_sound(_):
    import numpy
    import python_speech_features

    sound = numpy.random.default_rng(1).standard_normal(3500)
    return python_speech_features.mfcc(sound, 8000, nfft=256).shape[0]


if __name__ == "__main__":
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "convolution":
        report(command, convolution(arguments[0], int(arguments[1])), "samples/s")
    elif command == "hashed-texts":
        report(command, hashed_texts(int(arguments[0])), "samples/s")
    elif command == "chain-tagger":
        report(command, chain_tagger(int(arguments[0]), int(arguments[1])), "sentences/s")
    elif command == "recurrent-tagger":
        report(command, recurrent_tagger(int(arguments[0])), "sentences/s")
    elif command == "cepstra":
        report(command, cepstra(int(arguments[0])), "sounds/s")
    else:
        sys.exit(f"there is no work named {command}")
