"""Where one region lies on a page: with its label, or by the page's registration."""

from __future__ import annotations

from PIL import Image

from engines.registration.labels import (
    PLAIN,
    SLACK,
    TRIED,
    Candidate,
    candidates,
    likeness,
    own_places,
    read_at,
    said,
)
from engines.registration.reference import Prepared, prepared_of
from engines.registration.snapping import snapped
from engines.registration.types import Placement, ReadWords, Reference, Registration
from engines.registration.windows import brought_back
from engines.roi import Anchor, Region
from engines.types import Box

SURE = 0.8  # of looks and words together: "Total HT" looks like "Total TTC", but 0.75
SAID = 0.86  # of the words alone, where looks failed: one letter of eight misread
SAME = 0.05  # of the score, within which two places are as good


def place_region(
    image: Image.Image,
    reference: Reference,
    registration: Registration,
    region: Region,
    read_words: ReadWords | None = None,
) -> Placement:
    box = in_pixels(region.box, reference)
    if not registration.holds:
        polygon = box.polygon
        return Placement(polygon, 0.0, "lost", "The page lies on no layout.")
    prepared = prepared_of(reference)
    if region.anchor is None:
        return snapped(image, prepared, registration, box)
    return _with_label(image, prepared, registration, box, region.anchor, read_words)


def in_pixels(box: Box, reference: Reference | Prepared) -> Box:
    """A box given as fractions, in pixels of the reference."""
    width, height = reference.width, reference.height
    return Box(
        box.left * width, box.top * height, box.right * width, box.bottom * height
    )


def moved(box: Box, across: float, down: float) -> Box:
    return Box(box.left + across, box.top + down, box.right + across, box.bottom + down)


def _with_label(
    image: Image.Image,
    prepared: Prepared,
    registration: Registration,
    box: Box,
    anchor: Anchor,
    read_words: ReadWords | None,
) -> Placement:
    label = in_pixels(anchor.box, prepared)
    place = _by_looks(image, prepared, registration, anchor, label)
    if place is None and read_words is not None:
        place = _by_words(prepared, registration, anchor, label, read_words)
    if place is None:
        return Placement(
            registration.carry_box(box),
            0.0,
            "lost",
            f"The label “{anchor.text}” was not found on the page.",
        )
    there = moved(box, place.across, place.down)
    found = snapped(image, prepared, registration, there, alone=True)
    return Placement(found.polygon, place.alike * registration.score, "anchor")


def _by_looks(
    image: Image.Image,
    prepared: Prepared,
    registration: Registration,
    anchor: Anchor,
    label: Box,
) -> Candidate | None:
    places = candidates(image, registration, prepared, label)
    if not places:
        return None
    best, others = places[0], places[1:]
    next_best = max((other.alike for other in others), default=0.0)
    if best.alike >= PLAIN[0] and best.alike - next_best >= PLAIN[1]:
        return best
    sure: list[Candidate] = []
    enough = 0.0
    for place in places[:TRIED]:
        if place.alike < enough:
            break  # what looks so much less like it is another label
        text = read_at(image, registration, label, place)
        score = (place.alike + likeness(anchor.text, text)) / 2
        if score >= SURE:
            sure.append(Candidate(place.across, place.down, score))
            enough = max(enough, place.alike - PLAIN[1])
    return _the_one(sure, prepared, label)


def _the_one(sure: list[Candidate], prepared: Prepared, label: Box) -> Candidate | None:
    """The best; of several as good the one whose turn it is on the reference."""
    if not sure:
        return None
    most = max(place.alike for place in sure)
    as_good = sorted(
        (place for place in sure if place.alike >= most - SAME), key=lambda p: p.down
    )
    own = sorted(place.down for place in own_places(prepared, label))
    turn = min(range(len(own)), key=lambda n: abs(own[n]), default=0)
    if len(as_good) == len(own):
        return as_good[turn]
    if turn == len(own) - 1 and turn > 0:
        return as_good[-1]
    return min(as_good, key=lambda place: abs(place.down))


def _by_words(
    prepared: Prepared,
    registration: Registration,
    anchor: Anchor,
    label: Box,
    read_words: ReadWords,
) -> Candidate | None:
    sure = []
    for alike, box in said(anchor.text, read_words()):
        if alike < SAID:
            continue
        x, y = brought_back(registration, box.centre)
        across, down = x - label.centre[0], y - label.centre[1]
        if abs(across) <= 2 * SLACK * prepared.width:
            sure.append(Candidate(across, down, alike * SURE))
    return _the_one(sure, prepared, label)
