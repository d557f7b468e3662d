"""Models that begin to repeat themselves, told from print that does.

Print repeats itself too: leaders of dots, columns of equal amounts, sheets of labels.
So an end that repeats is a loop only where it is longer than what a page can hold.
"""

from __future__ import annotations

from itertools import takewhile

LONGEST = 2000  # letters of what may be said again and again
ONE_ROW = 400  # letters that repeat within a row: no page is so wide
ROWS = 120  # equal rows: no page is so tall
SHEET = 3000, 10  # letters of equal pieces of several rows, and how many: sheets of
# labels hold fewer
LEAST = 40  # letters of an end worth looking at: where a repetition is sought
LOOK_EVERY = 256  # letters of a stream


def loop_start(text: str) -> int | None:
    """Where in *text* the repetition begins that it ends with; None without one.

    The answer is what comes before it, and what is repeated, once: see ``unlooped``.
    """
    found = _loop(text)
    return None if found is None else found[0]


def unlooped(text: str) -> str:
    """*text* with what it repeats at its end said once."""
    found = _loop(text)
    return text if found is None else text[: sum(found)].rstrip()


class LoopGuard:
    """Looks at a stream of text from time to time: ``add`` says when to stop it."""

    def __init__(self) -> None:
        self.text = ""
        self._seen = 0

    def add(self, piece: str) -> bool:
        """Whether the text that *piece* goes on with has become a loop."""
        self.text += piece
        if len(self.text) - self._seen < LOOK_EVERY:
            return False
        self._seen = len(self.text)
        return loop_start(self.text) is not None


def _loop(text: str) -> tuple[int, int] | None:
    """Where the repetition at the end of *text* begins, and how long one turn is."""
    tail = text[-LEAST:]
    if len(tail) < LEAST:
        return None
    # The end stands once more one turn earlier: only such turns need to be tried.
    at = text.rfind(tail, 0, len(text) - 1)
    while at >= 0 and (turn := len(text) - LEAST - at) <= LONGEST:
        repeated = _repeated(text, turn)
        if _is_loop(text[-turn:], repeated):
            return len(text) - repeated, turn
        at = text.rfind(tail, 0, at + LEAST - 1)
    return None


def _repeated(text: str, turn: int) -> int:
    """How many letters at the end of *text* are turns of that length, all equal."""
    pairs = zip(reversed(text), reversed(text[:-turn]), strict=False)
    return turn + sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_loop(turn: str, repeated: int) -> bool:
    if (turn + turn).find(turn, 1) < len(turn):
        return False  # the turn is several shorter ones, which were looked at
    times = repeated / len(turn)
    ended, broken, begun = turn.rpartition("\n")  # the text may end within a row
    rows = sum(1 for row in (begun + ended).split("\n") if row.strip())
    if not broken:
        return repeated >= ONE_ROW
    if rows <= 1:
        return times >= ROWS
    letters, pieces = SHEET
    return repeated >= letters and times >= pieces
