"""The peer of script/bench.d/charts: the same chart by matplotlib; prints median milliseconds."""
import io
import statistics
import sys
import time

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def curve(series):
    noise = [(step * 7919 + series * 104729) % 1000 / 1000 for step in range(200)]
    return [2.3 / (1 + 0.1 * step * (series + 1)) * (0.9 + 0.2 * noise[step]) for step in range(200)]


CURVES = [curve(series) for series in range(5)]


def draw():
    figure, axes = plt.subplots(figsize=(7, 4.5), dpi=200)
    for series, losses in enumerate(CURVES):
        axes.plot(range(200), losses, label=f"series {series}")
    axes.set_yscale("log")
    axes.set_title("Learning curves")
    axes.set_xlabel("step")
    axes.set_ylabel("loss")
    axes.legend()
    return figure


def save(figure):
    figure.savefig(io.BytesIO(), format="png")
    plt.close(figure)


def median(work, repetitions):
    work()
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


repetitions = int(sys.argv[1])
figures = [draw() for _ in range(repetitions + 1)]
print(f"matplotlib {matplotlib.__version__}, savefig alone\t{median(lambda: save(figures.pop()), repetitions):.1f} ms")
print(f"matplotlib, figure and savefig\t{median(lambda: save(draw()), repetitions):.1f} ms")
