"""Words that a layout keeps: paired with those read on a page, wherever they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from engines.registration.bending import carried
from engines.registration.labels import plainly
from engines.registration.proof import HEAD, Proof
from engines.registration.reference import Prepared
from engines.types import Box, Page, Word

Floats = NDArray[np.float32]
Plane = NDArray[np.float64]

SHORTEST = 3  # letters; shorter words are everywhere
ALIKE = 80  # of 100: one letter in five may be misread
REPEATED = 3  # times that a word may stand on a page and still say where it is
NEAR = 0.012  # of the page's height that a word may miss its place by: half a line
LEAST = 5  # words that a plane is worth trying with


def words_of(page: Page) -> list[Word]:
    """The words of *page*; of a line that has none, the line itself."""
    found: list[Word] = []
    for line in page.lines:
        if line.words:
            found += line.words
        elif line.box is not None:
            found.append(Word(line.text, line.box))
    return found


def shared_words(ours: Sequence[Word], theirs: Sequence[Word]) -> NDArray[np.intp]:
    """Pairs of indices of words that may be the same, numbers and amounts left out."""
    left, right = _labels(ours), _labels(theirs)
    if not left or not right:
        return np.zeros((0, 2), np.intp)
    scores = process.cdist(
        [text for _, text in left],
        [text for _, text in right],
        scorer=fuzz.ratio,
        score_cutoff=ALIKE,
    )
    rare = (scores > 0).sum(axis=1, keepdims=True) <= REPEATED
    rows, columns = np.nonzero((scores > 0) & rare)
    pairs = [(left[i][0], right[j][0]) for i, j in zip(rows, columns, strict=True)]
    return np.array(pairs, np.intp).reshape(-1, 2)


def _labels(words: Iterable[Word]) -> list[tuple[int, str]]:
    found = []
    for index, word in enumerate(words):
        letters = sum(letter.isalpha() for letter in word.text)
        if letters >= SHORTEST and not any(c.isdigit() for c in word.text):
            found.append((index, plainly(word.text)))
    return found


def planes_of_words(prepared: Prepared, page: Page) -> Iterator[Plane]:
    """Planes from the reference's pixels to the page's that most shared words fit."""
    theirs = words_of(page)
    pairs = shared_words(prepared.words, theirs)
    ours_at = _middles([prepared.words[i].box for i in pairs[:, 0]])
    theirs_at = _middles([theirs[j].box for j in pairs[:, 1]])
    head = ours_at[:, 1] < HEAD * prepared.height
    for part in (np.ones(len(pairs), np.bool_), head):
        if part.sum() < LEAST:
            continue
        near = 2 * NEAR * page.height
        for fitted in (cv2.estimateAffinePartial2D, cv2.estimateAffine2D):
            flat, _ = fitted(ours_at[part], theirs_at[part], ransacReprojThreshold=near)
            if flat is not None:
                yield np.vstack([np.asarray(flat, np.float64), [0, 0, 1]])


def proof_of_words(plane: Plane, prepared: Prepared, page: Page) -> Proof:
    """How many of the layout's words stand where *plane* says."""
    theirs = words_of(page)
    pairs = shared_words(prepared.words, theirs)
    labels = np.array([i for i, _ in _labels(prepared.words)], np.intp)
    ours_at = _middles([prepared.words[i].box for i in pairs[:, 0]])
    theirs_at = _middles([theirs[j].box for j in pairs[:, 1]])
    missed = np.linalg.norm(carried(plane, ours_at) - theirs_at, axis=1)
    found = np.unique(pairs[missed <= NEAR * page.height, 0])
    places = _middles([word.box for word in prepared.words])
    head = labels[places[labels, 1] < HEAD * prepared.height]
    area = prepared.width * prepared.height
    hull = cv2.convexHull(places[found]) if len(found) else None
    return Proof(
        len(found),
        len(found) / max(1, len(labels)),
        len(np.intersect1d(found, head)) / max(1, len(head)),
        float(cv2.contourArea(hull)) / area if hull is not None else 0.0,
    )


def _middles(boxes: Sequence[Box]) -> Floats:
    return np.array([box.centre for box in boxes], np.float32).reshape(-1, 2)
