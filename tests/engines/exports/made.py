"""Pages for exports: lines of 20 px, 10 px a letter, where a test wants them."""

from __future__ import annotations

from engines import Box, Line, Page, Result, Word

ARABIC = "المبلغ"


def line(
    text: str, left: float, top: float, *, height: float = 20, sure: float | None = 0.9
) -> Line:
    """Left below 0: from the right edge of a page 600 px wide."""
    start = left if left >= 0 else 600 + left - 10 * len(text)
    box = Box(start, top, start + 10 * len(text), top + height)
    return Line(text, box.polygon, (), sure)


def worded(text: str, left: float, top: float) -> Line:
    """The same with a box for each word; from the right where *text* is Arabic."""
    from_right = text.startswith(ARABIC)
    right, words, at = left + 10 * len(text), [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        near = right - 10 * at if from_right else left + 10 * start
        box = Box(near, top, near + 10 * len(word), top + 20)
        words.append(Word(word, box, 0.5))
    return Line(text, Box(left, top, right, top + 20).polygon, tuple(words), 0.75)


def page(*lines: Line, engine: str = "ppocr") -> Page:
    return Page(600, 400, lines, "\n".join(one.text for one in lines), engine)


def told(text: str) -> Page:
    """As a vision model answers: lines without places, paragraphs by empty lines."""
    lines = tuple(Line(one) for one in text.split("\n") if one)
    return Page(600, 400, lines, text, "qwen3-vl")


HOSTILE = "<script>alert('1')</script> & \"quoted\" \x00\x0b\ud800 ]]> \u200f|*_`#"
EVERYTHING = Result(
    {
        1: page(
            line("CORNER BAKERY", 20, 10, height=40),
            line("Bread & butter", 20, 100),
            line("7.80", -30, 102),
            line("Honey", 20, 130),
            line("115.40", -30, 128, sure=None),
            worded("Thank you, come again", 20, 300),
        ),
        2: page(
            worded(f"{ARABIC} 12.50", 300, 10),
            line("above", 20, 200),
            line(HOSTILE, 20, 225),
        ),
        4: told("said without a place\n\nin two parts"),
        7: Page(600, 400, (), "", "tesseract"),
    },
    title="a <b> & c.jpg",
    corrected={1: frozenset({1, 3}), 2: frozenset({0})},
)
