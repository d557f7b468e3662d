"""Two readings of one line laid side by side: what the other says of each word.

Blanks are left out of the comparison, so that "TAXINVOICE" and "TAX INVOICE" differ in
nothing but a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise


@dataclass(frozen=True, slots=True)
class Saying:
    """What another reading has in the place of a word.

    ``inner`` lies between the word's own edges, ``whole`` reaches out to the edges of
    the other reading's words: of "TAX", one that sees no gap says "TAXINVOICE".
    """

    inner: str
    whole: str


def sayings(words: Sequence[str], other: str) -> list[Saying]:
    """What *other*, the text of the same line, says of each of *words*."""
    letters, gaps = squeezed(other)
    edges = [0, *accumulate(map(len, words))]
    meets = meeting_points("".join(words), letters, gaps)
    cuts = [0, *(meets[edge] for edge in edges[1:-1]), len(letters)]
    return [saying(letters, gaps, *cut) for cut in pairwise(cuts)]


def squeezed(text: str) -> tuple[str, frozenset[int]]:
    """*text* without its blanks, and where between its letters they were."""
    words = text.split()
    ends = list(accumulate(map(len, words)))
    return "".join(words), frozenset(ends[:-1])


def meeting_points(letters: str, others: str, gaps: frozenset[int]) -> dict[int, int]:
    """For each place in *letters* the one in *others*, by the fewest edits.

    What *others* has in addition may belong to either side: a gap tells, else it is
    the left one's, as a comma is.
    """
    from rapidfuzz.distance import Levenshtein

    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for edit in Levenshtein.opcodes(letters, others):
        start, stop = edit.src_start, edit.src_end
        begin, end = edit.dest_start, edit.dest_end
        if start == stop:
            first.setdefault(start, begin)
            last[start] = end
            continue
        for place in range(start, stop + 1):
            at = min(begin + place - start, end)
            first.setdefault(place, at)
            last[place] = at
    return {
        place: next((x for x in range(first[place], end + 1) if x in gaps), end)
        for place, end in last.items()
    }


def saying(letters: str, gaps: frozenset[int], start: int, stop: int) -> Saying:
    """The letters from *start* to before *stop*, and the words they are part of."""
    if start >= stop:
        return Saying("", "")
    edges = {0, *gaps, len(letters)}
    begin = max(edge for edge in edges if edge <= start)
    end = min(edge for edge in edges if edge >= stop)
    return Saying(spaced(letters, gaps, start, stop), spaced(letters, gaps, begin, end))


def spaced(letters: str, gaps: frozenset[int], start: int, stop: int) -> str:
    inside = sorted(gap for gap in gaps if start < gap < stop)
    return " ".join(letters[a:b] for a, b in pairwise([start, *inside, stop]))
