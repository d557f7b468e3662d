"""How a training went, as a table of figures and as a picture."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path

from matplotlib.figure import Figure

from engines.openocr.kit.training import Point

TABLE, PICTURE = "curve.csv", "curve.png"


def write_curve(folder: Path, points: Sequence[Point], before: float) -> None:
    """``curve.csv`` and ``curve.png``; *before*: the character error rate untrained."""
    part = folder / f"{TABLE}.part"
    with part.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([field.name for field in fields(Point)])
        rows.writerows(astuple(point) for point in points)
    part.replace(folder / TABLE)
    picture = folder / f"{PICTURE}.part"
    drawn(points, before).savefig(picture, format="png")
    picture.replace(folder / PICTURE)


def drawn(points: Sequence[Point], before: float) -> Figure:
    """Loss above, errors on held-out lines below, by epoch."""
    figure = Figure(figsize=(7, 6), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True)
    epochs = [point.epoch for point in points]
    above.plot(epochs, [point.loss for point in points], marker=".")
    above.set(ylabel="loss (CTC), lines learnt from", yscale="log")
    cers = [before, *(point.cer for point in points)]
    below.plot([0, *epochs], cers, marker=".", label="character error rate")
    below.plot(epochs, [point.exact for point in points], label="whole lines right")
    below.set(xlabel="epoch", ylabel="held-out lines", ylim=(0, max(1.0, *cers)))
    below.legend()
    for axes in (above, below):
        axes.grid(alpha=0.3)
    return figure
