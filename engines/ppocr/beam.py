"""What a stretch of the lattice may say, likeliest first: CTC prefix beam search."""

from __future__ import annotations

from collections import defaultdict

from engines.ppocr.decoding import BLANK, Lattice

WIDTH = 24  # how many prefixes are followed
WORTHWHILE = 0.01  # a character less likely than this at a step is not followed


def readings(lattice: Lattice, start: int, stop: int) -> list[tuple[str, float]]:
    """Texts of the steps from *start* to before *stop*, with their probabilities.

    Hannun et al. 2014: for each prefix, the probability of its paths that end in a
    blank and of those that end in its last character are kept apart.
    """
    beam: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    for step in lattice.probabilities[start:stop]:
        columns = (step > WORTHWHILE).nonzero()[0].tolist()
        choices = [(column, float(step[column])) for column in columns]
        beam = _extended(beam, choices, lattice.characters)
    ranked = [(prefix, blank + letter) for prefix, (blank, letter) in beam.items()]
    return sorted(ranked, key=lambda reading: -reading[1])


def _extended(
    beam: dict[str, tuple[float, float]],
    choices: list[tuple[int, float]],
    characters: tuple[str, ...],
) -> dict[str, tuple[float, float]]:
    """*beam* one step on."""
    blanks: dict[str, float] = defaultdict(float)
    letters: dict[str, float] = defaultdict(float)
    for prefix, (blank, letter) in beam.items():
        for column, probability in choices:
            character = characters[column]
            if column == BLANK:
                blanks[prefix] += probability * (blank + letter)
            elif prefix.endswith(character):
                letters[prefix] += probability * letter
                letters[prefix + character] += probability * blank
            else:
                letters[prefix + character] += probability * (blank + letter)
    together = {
        prefix: (blanks.get(prefix, 0.0), letters.get(prefix, 0.0))
        for prefix in blanks.keys() | letters.keys()
        if blanks.get(prefix) or letters.get(prefix)
    }
    best = sorted(together, key=lambda prefix: (-sum(together[prefix]), prefix))
    return {prefix: together[prefix] for prefix in best[:WIDTH]}
