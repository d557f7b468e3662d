"""Scanned lines of Arabic print with numbers in them: digits and letters apart.

Text is in logical order here, as it is typed. Diacritics are left out of both sides:
annotators leave them out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engines.digits.alphabet import as_ascii
from engines.digits.kit.evaluation.alignment import pairs_of
from engines.digits.kit.evaluation.numbers import truth_of
from engines.digits.kit.evaluation.readers import available, parsed
from engines.errors import EngineError
from engines.protocol import LineReader

# Vowel signs, small letters above, the stretching of a word, and signs of direction.
LEFT_OUT = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u0652\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)

ReadText = Callable[[Path], str]


@dataclass(frozen=True, slots=True)
class BookLine:
    """A line as printed and as read, both normalised."""

    path: Path
    text: str
    read: str

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Each printed character with the one read for it; "" where one has none."""
        return pairs_of(self.text, self.read)


@dataclass(frozen=True, slots=True)
class LineScore:
    """Counts over some lines; ``edits`` are those of all but digits."""

    lines: int
    digits: int
    right: int
    read_digits: int
    letters: int
    edits: int

    @property
    def recall(self) -> float:
        return self.right / max(1, self.digits)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.read_digits)

    @property
    def letter_errors(self) -> float:
        """The character error rate over all that is no digit."""
        return self.edits / max(1, self.letters)


def ways_of(spec: str) -> dict[str, ReadText]:
    """The ways in which the engine *spec* can read a line: as a line, as a page.

    Raises:
        EngineUnavailable: there is no such engine, or it cannot run here.
    """
    engine, (name, options) = available(spec), parsed(spec)

    def as_line(path: Path) -> str:
        from PIL import Image

        assert isinstance(engine, LineReader)  # noqa: S101 - for mypy: handed out below to these alone
        with Image.open(path) as image:
            return engine.read_line(image.convert("RGB"), options).text

    def as_page(path: Path) -> str:
        from engines.pipeline import read_page

        return " ".join(read_page(path, engine=name, options=options).text.split())

    ways: dict[str, ReadText] = {"page": as_page}
    if isinstance(engine, LineReader):
        ways["line"] = as_line
    return ways


def read_lines(folder: Path, read: ReadText) -> list[BookLine]:
    """
    Raises:
        FileError: *folder* holds no truth.jsonl.
    """
    lines = []
    for row in truth_of(folder):
        path = folder / row["image"]
        try:
            text = read(path)
        except EngineError:
            text = ""
        lines.append(BookLine(path, normalised(row["text"]), normalised(text)))
    return lines


def normalised(text: str) -> str:
    """Composed (NFKC), without diacritics, digits as 0-9, blanks single.

    NFKC takes ligatures apart and puts a hamza onto its letter, as truth files have
    them either way.
    """
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text))
    return " ".join(as_ascii(LEFT_OUT.sub("", composed)).split())


def score_lines(lines: Sequence[BookLine]) -> LineScore:
    from rapidfuzz.distance import Levenshtein

    right = edits = letters = 0
    for line in lines:
        right += sum(true.isdigit() and true == read for true, read in line.pairs)
        true, read = without_digits(line.text), without_digits(line.read)
        edits += Levenshtein.distance(true, read)
        letters += len(true)
    return LineScore(
        lines=len(lines),
        digits=sum(digits_in(line.text) for line in lines),
        right=right,
        read_digits=sum(digits_in(line.read) for line in lines),
        letters=letters,
        edits=edits,
    )


def wrong_digits(lines: Sequence[BookLine]) -> list[tuple[str, str, int]]:
    """Printed, read, how often: where either is a digit and they differ."""
    wrong = Counter(
        (true, read)
        for line in lines
        for true, read in line.pairs
        if true != read and (true.isdigit() or read.isdigit())
    )
    return [(true, read, n) for (true, read), n in wrong.most_common()]


def digits_in(text: str) -> int:
    return sum(char.isdigit() for char in text)


def without_digits(text: str) -> str:
    return " ".join("".join(char for char in text if not char.isdigit()).split())
