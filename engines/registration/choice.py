"""Which of many layouts a page was printed from: sorted cheaply, then registered."""

from __future__ import annotations

from collections.abc import Mapping

from PIL import Image

from engines.registration.features import likely
from engines.registration.ladder import registered
from engines.registration.reference import prepared_of
from engines.registration.sheet import sheet_of
from engines.registration.types import Key, Match, ReadWords, Reference

TRIED = 3  # of the likeliest candidates: each costs a registration


def choose_reference(
    image: Image.Image,
    candidates: Mapping[Key, Reference],
    read_words: ReadWords | None = None,
) -> list[Match]:
    sheet = sheet_of(image)
    ranked = sorted(
        ((key, prepared_of(reference)) for key, reference in candidates.items()),
        key=lambda pair: likely(pair[1].features, sheet.features),
        reverse=True,
    )
    matches = [Match(key, 0.0, registered(sheet, x)) for key, x in ranked[:TRIED]]
    held = [
        Match(match.key, match.registration.score, match.registration)
        for match in matches
        if match.registration.holds
    ]
    return sorted(held, key=lambda match: match.score, reverse=True)
