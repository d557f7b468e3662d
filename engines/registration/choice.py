"""Which of many layouts a page was printed from: sorted cheaply, then registered."""

from __future__ import annotations

from collections.abc import Mapping

from PIL import Image

from engines.registration.anchors import shared_words, words_of
from engines.registration.features import likely
from engines.registration.ladder import by_anchors, looked_at
from engines.registration.reference import prepared_of
from engines.registration.sheet import sheet_of
from engines.registration.types import Key, Match, ReadWords, Reference, Registration

TRIED = 3  # of the likeliest candidates: each costs a registration


def choose_reference(
    image: Image.Image,
    candidates: Mapping[Key, Reference],
    read_words: ReadWords | None = None,
) -> list[Match]:
    sheet = sheet_of(image)
    prepared = {key: prepared_of(reference) for key, reference in candidates.items()}
    looks = {k: likely(p.features, sheet.features) for k, p in prepared.items()}
    likeliest = sorted(looks, key=lambda key: looks[key], reverse=True)[:TRIED]
    matches = held({key: looked_at(sheet, prepared[key]) for key in likeliest})
    if matches or read_words is None:
        return matches
    page = read_words()
    words = words_of(page)
    shared = {k: len(shared_words(p.words, words)) for k, p in prepared.items()}
    likeliest = sorted(shared, key=lambda key: shared[key], reverse=True)[:TRIED]
    return held(
        {
            key: (by_anchors(sheet, prepared[key], page), shared[key])
            for key in likeliest
        }
    )


def held(found: Mapping[Key, tuple[Registration, int]]) -> list[Match]:
    """Those that hold; of two that look alike first the one with more in common."""
    ranked = sorted(found.items(), key=lambda pair: pair[1][1], reverse=True)
    return [Match(key, x.score, x) for key, (x, _) in ranked if x.holds]
