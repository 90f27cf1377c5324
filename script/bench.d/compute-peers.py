"""The peers' side of the compute benchmark: each command prints one line of JSON."""

import json
import resource
import sys
import time


def report(work, value, unit):
    print(json.dumps({"work": work, "value": value, "unit": unit}))


def idx(path):
    import numpy

    with open(path, "rb") as file:
        content = file.read()
    rank = content[3]
    shape = [int.from_bytes(content[4 + 4 * i : 8 + 4 * i], "big") for i in range(rank)]
    return numpy.frombuffer(content, numpy.uint8, offset=4 + 4 * rank).reshape(shape)


def torch_network(widths, dropout=()):
    """The rates of dropout are before and after each hidden layer."""
    import torch

    sizes = [784] + [int(width) for width in widths.split(",") if width != "-"] + [10]
    layers = []
    for place, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        layers += [torch.nn.Dropout(dropout[place])] if dropout else []
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def torch_moved(images, most=2):
    """Each image moved by up to so many pixels either way."""
    import torch
    import torch.nn.functional as functional

    count, side = len(images), 28 + 2 * most
    wide = functional.pad(images.view(count, 28, 28), (most,) * 4)
    shifts = torch.randint(0, 2 * most + 1, (count, 2, 1))
    lines = torch.arange(28) + shifts[:, 0]
    columns = torch.arange(28) + shifts[:, 1]
    places = lines.unsqueeze(2) * side + columns.unsqueeze(1)
    return wide.view(count, -1).gather(1, places.view(count, -1))


def torch_epoch(network, optimizer, x, loss_of, batch=128, moved=False):
    import torch

    order = torch.randperm(len(x))
    for start in range(0, len(x), batch):
        rows = order[start : start + batch]
        loss = loss_of(network(torch_moved(x[rows]) if moved else x[rows]), rows)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()


def torch_run(widths, samples, soft=False, dropout=()):
    """Samples a second of an epoch; with dropout, on images that are moved."""
    import torch
    import torch.nn.functional as functional

    torch.manual_seed(1)
    x, y = torch.rand(samples, 784), torch.randint(0, 10, (samples,))
    network = torch_network(widths, dropout)
    optimizer = torch.optim.Adam(network.parameters(), fused=True)
    temperature, share = 4.0, 0.9
    targets = functional.softmax(torch.randn(samples, 10) * 3 / temperature, dim=1)

    def hard_loss(logits, rows):
        return functional.cross_entropy(logits, y[rows])

    def both_losses(logits, rows):
        soft_loss = functional.kl_div(
            functional.log_softmax(logits / temperature, dim=1), targets[rows], reduction="batchmean"
        )
        return (1 - share) * functional.cross_entropy(logits, y[rows]) + share * temperature**2 * soft_loss

    loss_of = both_losses if soft else hard_loss
    torch_epoch(network, optimizer, x[: 128 * 8], loss_of, moved=bool(dropout))
    start = time.perf_counter()
    torch_epoch(network, optimizer, x, loss_of, moved=bool(dropout))
    return samples / (time.perf_counter() - start)


def torch_logits(widths, samples):
    import torch

    x = torch.rand(samples, 784)
    network = torch_network(widths).eval()
    best = 0
    with torch.inference_mode():
        # The batch that suits it best here.
        for batch in (256, 1024, 4096):
            network(x[:batch])
            start = time.perf_counter()
            for first in range(0, samples, batch):
                network(x[first : first + batch])
            best = max(best, samples / (time.perf_counter() - start))
    return best


def keras_article(folder):
    import keras
    import numpy

    keras.utils.set_random_seed(1)
    x_train = idx(f"{folder}/train-images-idx3-ubyte").reshape(-1, 784).astype("float32") / 255
    y_train = idx(f"{folder}/train-labels-idx1-ubyte")
    x_test = idx(f"{folder}/t10k-images-idx3-ubyte").reshape(-1, 784).astype("float32") / 255
    y_test = idx(f"{folder}/t10k-labels-idx1-ubyte")

    def classifier():
        return keras.Sequential([keras.layers.Input((784,)), keras.layers.Dense(10)])

    teacher = classifier()
    teacher.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    teacher.fit(x_train, y_train, batch_size=32, epochs=5, verbose=0)
    teacher_logits = teacher.predict(x_train, batch_size=1024, verbose=0)

    temperature, share = 4.0, 0.9

    def loss(truth, logits):
        onehot, targets = truth[:, :10], truth[:, 10:]
        hard = keras.losses.categorical_crossentropy(onehot, logits, from_logits=True)
        log_student = keras.ops.log_softmax(logits / temperature)
        soft = keras.ops.sum(targets * (keras.ops.log(targets) - log_student), axis=-1)
        return (1 - share) * hard + share * temperature**2 * soft

    targets = keras.ops.convert_to_numpy(keras.ops.softmax(teacher_logits / temperature))
    truth = numpy.concatenate([keras.utils.to_categorical(y_train, 10), targets], axis=1).astype("float32")
    student = classifier()
    student.compile("adam", loss)
    student.fit(x_train, truth, batch_size=32, epochs=5, verbose=0)
    for name, network in (("teacher", teacher), ("student", student)):
        right = (network.predict(x_test, batch_size=1024, verbose=0).argmax(1) == y_test).mean()
        report(f"{name}'s accuracy", float(right), "")


command, arguments = sys.argv[1], sys.argv[2:]
if command == "torch-training":
    report("training", torch_run(arguments[0], int(arguments[1])), "samples/s")
elif command == "torch-dropout":
    report("training", torch_run(arguments[0], int(arguments[1]), dropout=(0.2, 0.5, 0.5)), "samples/s")
elif command == "torch-distilling":
    report("distilling", torch_run(arguments[0], int(arguments[1]), soft=True), "samples/s")
elif command == "torch-logits":
    report("soft labels", torch_logits(arguments[0], int(arguments[1])), "samples/s")
elif command == "torch-memory":
    torch_run(arguments[0], int(arguments[1]))
    report("peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")
elif command == "keras-article":
    keras_article(arguments[0])
else:
    sys.exit(f"there is no work named {command}")
