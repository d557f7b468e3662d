"""The ladder: how a page is laid over its layout, rung after rung until one holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.registration.anchors import planes_of_words, proof_of_words
from engines.registration.features import matched, planes
from engines.registration.fitting import LEAST, Fit, fit, is_sane
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
from engines.types import Page

Plane = NDArray[np.float64]

SAME_SHAPE = 0.03  # by which the sides of two scans of one paper differ at most
# Where words alone hold, nothing has proved the place to a pixel.
WORDS_ONLY = 0.8


def register_page(
    image: Image.Image, reference: Reference, read_words: ReadWords | None = None
) -> Registration:
    prepared, sheet = prepared_of(reference), sheet_of(image)
    found = by_looks(sheet, prepared)
    if not found.holds and read_words is not None:
        by_words = by_anchors(sheet, prepared, read_words())
        return by_words if by_words.holds else found
    return found


def by_looks(sheet: Sheet, prepared: Prepared) -> Registration:
    return looked_at(sheet, prepared)[0]


def looked_at(sheet: Sheet, prepared: Prepared) -> tuple[Registration, int]:
    """As it lies, by the sheet's corners, by features: the cheapest first. And how
    many marks agree: what tells two layouts apart that are both held."""
    rungs = (as_it_lies, by_outline, by_features)
    found, proved = proved_best(
        sheet, prepared, chain.from_iterable(rung(sheet, prepared) for rung in rungs)
    )
    if found is None or proved.score < HOLDS:
        return refused(proved), proved.count
    found_at = registration_of("features", proved.score, found, sheet, prepared)
    return found_at, proved.count


def proved_best(
    sheet: Sheet, prepared: Prepared, tried: Iterator[Plane]
) -> tuple[Fit | None, Proof]:
    """Of the planes *tried* the one that most marks agree with."""
    best, proved = None, NOTHING
    for plane in tried:
        found = fit(prepared, sheet.grey, plane)
        if found is None or (best and found.count <= best.count):
            continue
        best, proved = found, proof(found, prepared)
        if proved.is_plain:
            break
    return best, proved


def refused(proved: Proof) -> Registration:
    reason = (
        f"Only {proved.count} marks of this layout were found on the page, too few or "
        "too close together to be sure."
    )
    if proved.count < LEAST:
        reason = "The page has next to nothing in common with this layout."
    return Registration("", proved.score, IDENTITY, reason)


def as_it_lies(sheet: Sheet, prepared: Prepared) -> Iterator[Plane]:
    """A scan mostly lies as the layout's own did: tried first, it costs no features."""
    height, width = prepared.grey.shape
    across, down = sheet.grey.shape[1] / width, sheet.grey.shape[0] / height
    if sheet.corners is None and abs(across / down - 1) < SAME_SHAPE:
        yield np.diag([across, down, 1.0])


def by_outline(sheet: Sheet, prepared: Prepared) -> Iterator[Plane]:
    """The layout's page laid from corner to corner of the paper."""
    height, width = prepared.grey.shape
    if sheet.corners is not None:
        ours = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        theirs = sheet.corners.astype(np.float32)
        yield np.asarray(cv2.getPerspectiveTransform(ours, theirs), np.float64)


def by_features(sheet: Sheet, prepared: Prepared) -> Iterator[Plane]:
    pairs = matched(prepared.features, sheet.features)
    ours = prepared.features.places[pairs[:, 0], :2]
    theirs = sheet.features.places[pairs[:, 1], :2]
    yield from planes(ours, theirs, prepared.grey.shape[0] * HEAD)


def by_anchors(sheet: Sheet, prepared: Prepared, page: Page) -> Registration:
    """By the words that the layout keeps; marks then refine it, where they can."""
    ours = _shrink(*_scales(prepared))
    height, width = sheet.grey.shape
    theirs = np.diag([width / page.width, height / page.height, 1.0])
    rough = list(planes_of_words(prepared, page))
    inner = [theirs @ plane @ np.linalg.inv(ours) for plane in rough]
    found, proved = proved_best(sheet, prepared, iter(inner))
    if found is not None and proved.score >= HOLDS:
        return registration_of("anchors", proved.score, found, sheet, prepared)
    best, sure = None, proved
    for plane, small in zip(rough, inner, strict=True):
        words = proof_of_words(plane, prepared, page)
        if words.score > sure.score and is_sane(
            small, prepared.grey.shape, sheet.grey.shape
        ):
            best, sure = small, words
    if best is None or sure.score < HOLDS:
        return refused(sure)
    nobody = np.zeros(len(prepared.marks), np.bool_)
    bare = Fit(best, None, nobody, np.zeros(len(nobody), np.float32))
    return registration_of("anchors", WORDS_ONLY * sure.score, bare, sheet, prepared)


def registration_of(
    rung: Rung, score: float, found: Fit, sheet: Sheet, prepared: Prepared
) -> Registration:
    across, down = _scales(prepared)
    back = np.linalg.inv(_shrink(sheet.scale, sheet.scale))
    whole = back @ found.plane @ _shrink(across, down)
    bend = found.bend and Bend(
        float(prepared.width),
        float(prepared.height),
        tuple(x / across for x in found.bend.across),
        tuple(x / down for x in found.bend.down),
    )
    matrix = _matrix(whole / whole[2, 2])

    return Registration(rung, score, matrix, bend=bend)


def _scales(prepared: Prepared) -> tuple[float, float]:
    height, width = prepared.grey.shape
    return width / prepared.width, height / prepared.height


def _shrink(across: float, down: float) -> Plane:
    """Into a smaller copy: pixels keep their middles, not their corners."""
    return np.array(
        [[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2], [0, 0, 1]]
    )


def _matrix(plane: Plane) -> Matrix:
    a, b, c, d, e, f, g, h, i = (float(x) for x in plane.ravel())
    return a, b, c, d, e, f, g, h, i
