"""The ladder: how a page is laid over its layout, rung after rung until one holds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.registration.features import matched, planes
from engines.registration.fitting import Fit, fit
from engines.registration.proof import HEAD, proof
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

HOLDS = 0.3  # of the proof's score, from which a registration is believed


def register_page(
    image: Image.Image, reference: Reference, read_words: ReadWords | None = None
) -> Registration:
    prepared = prepared_of(reference)
    sheet = sheet_of(image)
    return registered(sheet, prepared)


def registered(sheet: Sheet, prepared: Prepared) -> Registration:
    best, score = None, 0.0
    for plane in by_features(sheet, prepared):
        found = fit(prepared, sheet.grey, plane)
        if found is None:
            continue
        proved = proof(found, prepared)
        if best is None or found.count > best.count:
            best, score = found, proved.score
        if proved.is_plain:
            break
    if best is None or score < HOLDS:
        return Registration(
            "", score, IDENTITY, "The page looks like no print of this layout."
        )
    return _as_registration("features", score, best, sheet, prepared)


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
