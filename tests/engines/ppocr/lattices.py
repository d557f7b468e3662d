"""Lattices made by hand: a row of choices for each step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engines.ppocr.decoding import Lattice

BLANK = ""
CHARACTERS = (BLANK, *"0123456789.,:/abcdefghilmnoprstuvyACHILMOTVX]?", " ")

Step = dict[str, float]  # how likely each character is; the blank takes the rest


def lattice(steps: Sequence[Step]) -> Lattice:
    probabilities = np.zeros((len(steps), len(CHARACTERS)), np.float32)
    for row, step in zip(probabilities, steps, strict=True):
        row[0] = 1 - sum(step.values())
        for character, probability in step.items():
            row[CHARACTERS.index(character)] = probability
    return Lattice(probabilities, CHARACTERS)


def printed(text: str, **doubts: Step) -> Lattice:
    """*text*, a step for each character and a blank after it.

    ``s3={…}`` replaces the choices for the character at 3, ``gap3={…}`` the blank
    after it.
    """
    steps: list[Step] = []
    for index, character in enumerate(text):
        steps.append(doubts.get(f"s{index}", {character: 0.99}))
        steps.append(doubts.get(f"gap{index}", {}))
    return lattice(steps)
