"""Line pictures to lattices, one by one: padding to a batch costs time and accuracy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from engines.ppocr.alphabets import alphabet, columns
from engines.ppocr.crops import fitted
from engines.ppocr.decoding import Lattice
from engines.ppocr.detection import Rgb, as_input
from engines.ppocr.networks import Columns, Networks


def recognise(
    networks: Networks, crops: Sequence[Rgb], languages: tuple[str, ...]
) -> list[Lattice]:
    """One lattice for each of *crops* (any size), over the languages' alphabet."""
    chosen, characters = _alphabet(networks.characters, languages)
    return [
        Lattice(networks.recognise(as_input(fitted(crop)), chosen)[0], characters)
        for crop in crops
    ]


@lru_cache(maxsize=8)
def _alphabet(
    characters: tuple[str, ...], languages: tuple[str, ...]
) -> tuple[Columns, tuple[str, ...]]:
    chosen = columns(characters, alphabet(languages))
    return np.array(chosen, np.intp), tuple(characters[index] for index in chosen)
