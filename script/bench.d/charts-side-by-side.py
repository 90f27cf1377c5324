"""Draws three charts with matplotlib from the records of ours, and puts the pictures side by side.

usage: .build/optimised/release/kdbook-bench-charts --samples FOLDER
       python3 script/bench.d/charts-side-by-side.py FOLDER      (needs: pip install matplotlib pillow)
"""
import json
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from PIL import Image

FOLDER = pathlib.Path(sys.argv[1])


def marks(figure, kind):
    return [mark[kind]["_0"] for mark in figure["charts"][0]["marks"] if kind in mark]


def numbers(positions):
    return positions["numbers"]["_0"]


def curves(figure, axes):
    for index, band in enumerate(marks(figure, "band")):
        axes.fill_between(numbers(band["x"]), band["lower"], band["upper"], alpha=0.2, color=f"C{index}")
    for line in marks(figure, "line"):
        axes.plot(numbers(line["x"]), line["y"], label=line["label"])
    axes.set_yscale("log")
    axes.legend()


def confusion(figure, axes):
    heat = marks(figure, "heatMap")[0]
    image = axes.imshow(heat["cells"], cmap="Blues")
    axes.figure.colorbar(image, label=heat["label"])
    axes.set_xticks(range(10), heat["columns"])
    axes.set_yticks(range(10), heat["rows"])
    most = max(map(max, heat["cells"]))
    for row, cells in enumerate(heat["cells"]):
        for column, value in enumerate(cells):
            axes.text(column, row, f"{value:.0f}", ha="center", va="center", color="white" if value > most / 2 else "black")


def differences(figure, axes):
    intervals = marks(figure, "intervals")[0]
    names = intervals["positions"]["names"]["_0"]
    places = list(range(len(names)))[::-1]
    errors = [
        [mean - low for mean, low in zip(intervals["estimates"], intervals["lower"])],
        [high - mean for mean, high in zip(intervals["estimates"], intervals["upper"])],
    ]
    for place, samples in zip(places, intervals["samples"]):
        axes.plot(samples, [place - 0.2] * len(samples), "C0.", alpha=0.4, markersize=4)
    axes.errorbar(intervals["estimates"], places, xerr=errors, fmt="o", capsize=4)
    axes.axvline(0, color="black", linewidth=1)
    axes.set_yticks(places, names)


for name, draw in [("curves", curves), ("confusion", confusion), ("differences", differences)]:
    figure = json.loads((FOLDER / f"{name}.json").read_text())
    ours = Image.open(FOLDER / f"{name}.png").convert("RGB")
    picture, axes = plt.subplots(figsize=(ours.width / 200, ours.height / 200), dpi=200, layout="constrained")
    draw(figure, axes)
    axes.set_title(figure["title"])
    axes.set_xlabel(figure["charts"][0]["x"]["label"])
    axes.set_ylabel(figure["charts"][0]["y"].get("label") or "")
    picture.savefig(FOLDER / f"{name}-matplotlib.png")
    theirs = Image.open(FOLDER / f"{name}-matplotlib.png").convert("RGB")
    both = Image.new("RGB", (ours.width + theirs.width + 40, max(ours.height, theirs.height)), "#888888")
    both.paste(ours, (0, 0))
    both.paste(theirs, (ours.width + 40, 0))
    both.save(FOLDER / f"{name}-side-by-side.png")
