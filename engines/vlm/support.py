"""Text that a second engine does not find on the page is marked: it may be made up."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from engines.errors import EngineError
from engines.images import PageImage
from engines.protocol import Engine
from engines.registry import get_engine
from engines.types import Alternative, Box, Line, Options, Page, Polygon, Word
from engines.vlm.letters import TAKEN, Letters, letters_of, part, words_of
from engines.vlm.scripts import can_be_judged

if TYPE_CHECKING:
    from PIL import Image

WITNESSES = ("ppocr", "tesseract")
OF_ARABIC = "auto"  # it reads each line in the script that it is in
ARABIC = "ara"
COMPARING = "1"  # raise it with every change to what is made of the same answers
SUPPORTED = 0.67  # of the letters of a line must be the same,
SURE = 0.9  # lines that are so like the print choose theirs first
CLEAR = 0.8  # and for its place,
SHORT = 3  # and all of a line of fewer
DOUBTFUL = 0.1  # the confidence of what nobody else reads
NOBODY = "No second engine could compare the answer with the page."


class Found(NamedTuple):
    """The part of the page from its letter *start* to before *stop*, and how much of it
    is as the line says."""

    start: int
    stop: int
    likeness: float


class Sheet:
    """What a second engine read on the page: letters to find, words to show."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = [line for line in lines for _ in words_of(line)]
        self.words = [word for line in lines for word in words_of(line)]
        self.letters = letters_of([word.text for word in self.words])
        self.free = self.letters.text

    def find(self, wanted: str) -> Found:
        """Where *wanted* fits best, in whole words."""
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.fuzz import partial_ratio_alignment

        best = partial_ratio_alignment(wanted, self.free)
        if best is None or not wanted or not self.free:
            return Found(0, 0, 0.0)
        start, stop = self._whole_words(best.dest_start, best.dest_end)
        likeness = Levenshtein.normalized_similarity(wanted, self.free[start:stop])
        return Found(start, stop, likeness)

    def take(self, found: Found) -> None:
        """Print bears out one line alone."""
        taken = TAKEN * (found.stop - found.start)
        self.free = self.free[: found.start] + taken + self.free[found.stop :]

    def _whole_words(self, start: int, stop: int) -> tuple[int, int]:
        """The words that more than half lie between *start* and *stop*."""
        owners = self.letters.owners
        for edge in {owners[start], owners[stop - 1]} if start < stop else ():
            first, end = self.letters.spans[edge]
            inside = min(stop, end) - max(start, first)
            if 2 * inside > end - first:
                start, stop = min(start, first), max(stop, end)
            elif first <= start:
                start = min(end, stop)
            else:
                stop = max(first, start)
        return start, stop


def version() -> str:
    """Changes with whatever may bear an answer out differently; short, for it is a part
    of others."""
    # That of OF_ARABIC names the others, which it chooses from.
    others = get_engine(OF_ARABIC).version
    return f"support {COMPARING} {hashlib.sha256(others.encode()).hexdigest()[:8]}"


def supported(page: Page, image: Image.Image, options: Options) -> Page:
    """*page*, the answer of a model about *image*, with how far each line is borne out.

    Where a second engine reads the same, the line has its place and its words; where
    none does, it is hardly trusted; where none can tell, it has no confidence.
    """
    from engines.pipeline import read_pixels

    if not page.lines:
        return page
    witness = witness_for(options.languages)
    if witness is None:
        return replace(page, notes=(*page.notes, NOBODY))
    asked = replace(options, prompt="", max_side=None, extra={})
    try:
        other = read_pixels(witness, PageImage(image), asked)
    except EngineError:
        return replace(page, notes=(*page.notes, NOBODY))
    return compared(page, other, witness, options.languages)


def witness_for(languages: Sequence[str]) -> Engine | None:
    """The second engine: one that can run here and knows most of *languages*."""
    if ARABIC in languages and get_engine("arabic").availability().ok:
        return get_engine(OF_ARABIC)
    engines = [get_engine(name) for name in WITNESSES]
    able = [engine for engine in engines if engine.availability().ok]
    return max(
        able, key=lambda it: len(set(languages) & {*it.languages()}), default=None
    )


def compared(
    page: Page, other: Page, witness: Engine, languages: Sequence[str]
) -> Page:
    """*page* with its lines borne out, or not, by what *witness* read: *other*."""
    known = set(languages) & {*witness.languages()}
    sheet = Sheet(other.lines)
    lines = list(page.lines)
    wanted = {place: letters_of(line.text.split()) for place, line in enumerate(lines)}
    # Long lines choose first: short ones are found in many a place.
    places = sorted(wanted, key=lambda x: (-len(wanted[x].text), x))
    places = [x for x in places if can_be_judged(lines[x].text, known)]
    for least in (SURE, SUPPORTED):
        for place in [x for x in places if lines[x].confidence in (None, DOUBTFUL)]:
            lines[place] = _judged(
                lines[place], wanted[place], sheet, least, witness.name
            )
    made_up = sum(line.confidence == DOUBTFUL for line in lines)
    notes = (_note(made_up, len(lines), witness.label),) if made_up else ()
    return replace(page, lines=tuple(lines), notes=(*page.notes, *notes))


def _note(made_up: int, lines: int, label: str) -> str:
    return (
        f"The second engine ({label}) does not find {made_up} of {lines} lines on the "
        "page: they may be made up. Compare them with the picture."
    )


def _judged(
    line: Line, letters: Letters, sheet: Sheet, least: float, witness: str
) -> Line:
    found = sheet.find(letters.text)
    least = least if len(letters.text) >= SHORT else 1.0
    if found.likeness < least:
        return replace(line, confidence=DOUBTFUL)
    sheet.take(found)
    borne_out = replace(line, confidence=found.likeness)
    if found.likeness < CLEAR:
        return borne_out
    words = _words(line, letters, sheet, found, witness)
    return replace(borne_out, polygon=_polygon(sheet, found), words=words)


def _polygon(sheet: Sheet, found: Found) -> Polygon:
    """Around what was found: as the second engine outlined it, where it is a line."""
    first, last = (sheet.letters.owners[x] for x in (found.start, found.stop - 1))
    line = sheet.lines[first]
    own = [x for x, other in enumerate(sheet.lines) if other is line]
    if line.polygon and (own[0], own[-1]) == (first, last):
        return line.polygon
    corners = [x for word in sheet.words[first : last + 1] for x in word.box.polygon]
    return Box.around(corners).polygon


def _words(
    line: Line, letters: Letters, sheet: Sheet, found: Found, witness: str
) -> tuple[Word, ...]:
    """The words of *line* where the letters stand that were found for them."""
    from rapidfuzz.distance import Levenshtein

    from engines.agree.alignment import meeting_points

    there = sheet.letters.text[found.start : found.stop]
    gaps = frozenset(x - found.start for x in sheet.letters.gaps)
    meets = meeting_points(letters.text, there, gaps)
    meets |= {0: 0, len(letters.text): len(there)}
    words = []
    for number, text in enumerate(line.text.split()):
        start, stop = letters.spans[number]
        if start == stop:
            continue  # it is mark-up alone
        begin, end = (found.start + meets[edge] for edge in (start, stop))
        said = sheet.letters.text[begin:end]
        likeness = Levenshtein.normalized_similarity(letters.text[start:stop], said)
        other = (
            () if likeness == 1 else (Alternative(_said(sheet, begin, end), witness),)
        )
        words.append(Word(text, _place(sheet, begin, end), likeness, other))
    return tuple(words)


def _said(sheet: Sheet, begin: int, end: int) -> str:
    """The words, as they were read, that have letters from *begin* to before *end*."""
    words = dict.fromkeys(sheet.letters.owners[begin:end])
    return " ".join(sheet.words[word].text for word in words)


def _place(sheet: Sheet, begin: int, end: int) -> Box:
    """The box around the letters from *begin* to before *end*, a sliver for none."""
    at = range(begin, end) or [min(begin, len(sheet.letters.owners) - 1)]
    return Box.around([x for y in at for x in _letter_box(sheet, y).polygon])


def _letter_box(sheet: Sheet, at: int) -> Box:
    word = sheet.letters.owners[at]
    start, stop = sheet.letters.spans[word]
    length = stop - start
    box = sheet.words[word].box
    return part(box, (at - start) / length, (at + 1 - start) / length)
