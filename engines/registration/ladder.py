"""The ladder: how a page is laid over its layout, rung after rung until one holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.registration.features import matched, planes
from engines.registration.fitting import LEAST, Fit, fit
from engines.registration.proof import HEAD, HOLDS, NOTHING, Proof, proof
from engines.registration.reference import Prepared, prepared_of
from engines.registration.sheet import Sheet, sheet_of
from engines.registration.types import (
    IDENTITY,
    Bend,
    Matrix,
    ReadWords,
    Reference,
    Registration,
    Rung,
)

Plane = NDArray[np.float64]

SAME_SHAPE = 0.03  # by which the sides of two scans of one paper differ at most


def register_page(
    image: Image.Image, reference: Reference, read_words: ReadWords | None = None
) -> Registration:
    prepared = prepared_of(reference)
    sheet = sheet_of(image)
    return registered(sheet, prepared)


def registered(sheet: Sheet, prepared: Prepared) -> Registration:
    best, proved = None, NOTHING
    for plane in chain(as_it_lies(sheet, prepared), by_features(sheet, prepared)):
        found = fit(prepared, sheet.grey, plane)
        if found is None or (best and found.count <= best.count):
            continue
        best, proved = found, proof(found, prepared)
        if proved.is_plain:
            break
    if best is None or proved.score < HOLDS:
        return Registration("", min(proved.score, 1.0), IDENTITY, refusal(proved))
    return _as_registration("features", proved.score, best, sheet, prepared)


def refusal(proved: Proof) -> str:
    if proved.count < LEAST:
        return "The page has next to nothing in common with this layout."
    return (
        f"Only {proved.count} marks of this layout were found on the page, too few or "
        "too close together to be sure."
    )


def as_it_lies(sheet: Sheet, prepared: Prepared) -> Iterator[Plane]:
    """A scan mostly lies as the layout's own did: tried first, it costs no features."""
    height, width = prepared.grey.shape
    across, down = sheet.grey.shape[1] / width, sheet.grey.shape[0] / height
    if abs(across / down - 1) < SAME_SHAPE:
        yield np.diag([across, down, 1.0])


def by_features(sheet: Sheet, prepared: Prepared) -> Iterator[Plane]:
    pairs = matched(prepared.features, sheet.features)
    ours = prepared.features.places[pairs[:, 0], :2]
    theirs = sheet.features.places[pairs[:, 1], :2]
    yield from planes(ours, theirs, prepared.grey.shape[0] * HEAD)


def _as_registration(
    rung: Rung, score: float, found: Fit, sheet: Sheet, prepared: Prepared
) -> Registration:
    height, width = prepared.grey.shape
    across, down = width / prepared.width, height / prepared.height
    whole = (
        np.linalg.inv(_shrink(sheet.scale, sheet.scale))
        @ found.plane
        @ _shrink(across, down)
    )
    bend = found.bend and Bend(
        float(prepared.width),
        float(prepared.height),
        tuple(x / across for x in found.bend.across),
        tuple(x / down for x in found.bend.down),
    )
    return Registration(rung, score, _matrix(whole / whole[2, 2]), bend=bend)


def _shrink(across: float, down: float) -> Plane:
    """Into a smaller copy: pixels keep their middles, not their corners."""
    return np.array(
        [[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2], [0, 0, 1]]
    )


def _matrix(plane: Plane) -> Matrix:
    a, b, c, d, e, f, g, h, i = (float(x) for x in plane.ravel())
    return a, b, c, d, e, f, g, h, i
