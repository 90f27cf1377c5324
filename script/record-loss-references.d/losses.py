"""The losses of Sources/Distillation/Losses, written from their papers with numpy; gradients by automatic differentiation."""

import autograd.numpy as np
from autograd import grad

N, K, H, D, T = 5, 6, 4, 3, 3.0


def table(rows, columns, a, b, c):
    """Numbers that 32 bits hold exactly, the same as `LossTests.table` makes."""
    return np.array([[((r * a + k * b + r * k * c) % 13 - 6) / 4 for k in range(columns)] for r in range(rows)])


z, v = table(N, K, 7, 11, 3), table(N, K, 5, 4, 2)
h, hints, w = table(N, H, 3, 5, 1), table(N, D, 2, 7, 5), table(H + 1, D, 6, 1, 4)
labels = [2, 0, 5, 3, 1]
onehot = np.eye(K)[labels]


def log_softmax(x, t=1.0):
    x = x / t
    return x - np.log(np.sum(np.exp(x - np.max(x)), axis=1, keepdims=True)) - np.max(x)


def softmax(x, t=1.0):
    return np.exp(log_softmax(x, t))


def kl(p, log_q):
    return np.sum(p * (np.log(p) - log_q), axis=1)


def smoothed(z):
    target = 0.9 * onehot + 0.1 / K
    return -np.mean(np.sum(target * log_softmax(z), axis=1))


def soft_cross_entropy(z):
    return -T * T * np.mean(np.sum(softmax(v, T) * log_softmax(z, T), axis=1))


def divergence(z):
    return T * T * np.mean(kl(softmax(v, T), log_softmax(z, T)))


def divergence_without_square(z):
    return np.mean(kl(softmax(v, T), log_softmax(z, T)))


def logit_matching(z):
    return np.mean(0.5 * np.sum((z - v) ** 2, axis=1))


def combined(z):
    return 0.3 * -np.mean(np.sum(onehot * log_softmax(z), axis=1)) + 0.7 * divergence(z)


def decoupled(z):
    p, q = softmax(v, T), softmax(z, T)
    pt, qt = np.sum(p * onehot, axis=1), np.sum(q * onehot, axis=1)
    target = pt * np.log(pt / qt) + (1 - pt) * np.log((1 - pt) / (1 - qt))
    mask = 1 - onehot
    p_rest, q_rest = p * mask / (1 - pt)[:, None], q * mask / (1 - qt)[:, None]
    others = np.sum(mask * p_rest * np.log((p_rest + onehot) / (q_rest + onehot)), axis=1)
    return T * T * np.mean(1.5 * target + 4 * others)


def standardized(z):
    def s(x):
        centred = x - np.mean(x, axis=1, keepdims=True)
        return centred / (np.sqrt(np.sum(centred**2, axis=1, keepdims=True) / (K - 1)) + 1e-7)

    return T * T * np.mean(kl(softmax(s(v), T), log_softmax(s(z), T)))


def correlation(z):
    def rho(a, b):
        a, b = a - np.mean(a, axis=1, keepdims=True), b - np.mean(b, axis=1, keepdims=True)
        lengths = np.sqrt(np.sum(a * a, axis=1)) * np.sqrt(np.sum(b * b, axis=1))
        return np.sum(a * b, axis=1) / (lengths + 1e-8)

    p, q = softmax(v, T), softmax(z, T)
    return T * T * (2 * (1 - np.mean(rho(p, q))) + 0.5 * (1 - np.mean(rho(p.T, q.T))))


def hint(h, w):
    return np.mean(0.5 * np.sum((np.dot(h, w[:H]) + w[H] - hints) ** 2, axis=1))


def huber(d):
    return np.where(np.abs(d) <= 1, 0.5 * d * d, np.abs(d) - 0.5)


def distances(x):
    def ratios(x):
        d = [np.sqrt(np.sum((x[i] - x[j]) ** 2)) for i in range(N) for j in range(N) if i != j]
        d = np.array(d)
        return d / np.mean(d)

    return 25 * np.mean(huber(ratios(x) - ratios(hints)))


def angles(x):
    def cosines(x):
        unit = lambda e: e / np.sqrt(np.sum(e * e))
        triples = [(i, j, k) for i in range(N) for j in range(N) for k in range(N) if len({i, j, k}) == 3]
        return np.array([np.sum(unit(x[i] - x[j]) * unit(x[k] - x[j])) for i, j, k in triples])

    return 50 * np.mean(huber(cosines(x) - cosines(hints)))


def attention(h):
    def directions(x, channels):
        q = np.sum(np.reshape(x, (N, -1, channels)) ** 2, axis=2)
        return q / np.sqrt(np.sum(q * q, axis=1, keepdims=True))

    return np.mean(0.5 * np.sum((directions(h, 2) - directions(v, 3)) ** 2, axis=1))


def similarity(h):
    def rows(x):
        g = np.dot(x, x.T)
        return g / np.sqrt(np.sum(g * g, axis=1, keepdims=True))

    return np.mean((rows(h) - rows(hints)) ** 2)


def probabilistic_transfer(h):
    others = 1 - np.eye(N)

    def probabilities(x):
        y = x / np.sqrt(np.sum(x * x, axis=1, keepdims=True))
        k = others * (np.dot(y, y.T) + 1) / 2
        return k / np.sum(k, axis=1, keepdims=True)

    p, q = probabilities(h), probabilities(hints)
    return np.sum(q * np.log((q + 1e-7) / (p + 1e-7))) / N


def virtual(z):
    p = 0.9 * onehot + 0.02 * (1 - onehot)
    return T * T * np.mean(kl(softmax(np.log(p), T), log_softmax(z, T)))


def virtual_as_published(z):
    p = 0.9 * onehot + 0.02 * (1 - onehot)
    return T * T * np.mean(kl(softmax(p, T), log_softmax(z, T)))


def learned_temperature(z):
    t = 1 + 20 / (1 + np.exp(-0.3))
    return t * t * np.mean(kl(softmax(v, t), log_softmax(z, t)))


def learned_temperature_in_theta(theta):
    t = 1 + 20 / (1 + np.exp(-theta))
    return -0.7 * t * t * np.mean(kl(softmax(v, t), log_softmax(z, t)))


def mutual(z):
    return np.mean(0.5 * kl(softmax(v), log_softmax(z)) + 0.5 * kl(softmax(table(N, K, 1, 2, 3)), log_softmax(z)))


def numbers(x):
    items = ["%.15g" % value for value in np.ravel(x)]
    lines = [", ".join(items[i : i + 5]) for i in range(0, len(items), 5)]
    return "[\n            " + ",\n            ".join(lines) + ",\n        ]"


print("// Made by script/record-loss-references with numpy and autograd; not to be changed by hand.\n")
print("/// Losses and their gradients, computed once by other means.\nstruct LossReference {")
print("    var loss: Double\n    var gradient: [Double]\n")
losses = [smoothed, soft_cross_entropy, divergence, divergence_without_square, logit_matching, combined, decoupled]
for loss in losses + [standardized, correlation, virtual, virtual_as_published, learned_temperature, mutual]:
    name = "".join(part.capitalize() if i else part for i, part in enumerate(loss.__name__.split("_")))
    print("    static let %s = LossReference(\n        loss: %.15g,\n        gradient: %s)" % (name, loss(z), numbers(grad(loss)(z))))
print("    static let hint = LossReference(\n        loss: %.15g,\n        gradient: %s)" % (hint(h, w), numbers(grad(hint)(h, w))))
print("    static let regressor = LossReference(\n        loss: %.15g,\n        gradient: %s)" % (hint(h, w), numbers(grad(hint, 1)(h, w))))
print("    static let ascent = LossReference(\n        loss: %.15g,\n        gradient: %s)" % (learned_temperature_in_theta(0.3), numbers(grad(learned_temperature_in_theta)(0.3))))
for loss in [distances, angles, attention, similarity, probabilistic_transfer]:
    name = "".join(part.capitalize() if i else part for i, part in enumerate(loss.__name__.split("_")))
    print("    static let %s = LossReference(\n        loss: %.15g,\n        gradient: %s)" % (name, loss(h), numbers(grad(loss)(h))))
print("}")
