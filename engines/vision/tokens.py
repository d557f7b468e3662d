"""The words of an answer, each with the breaks that Google writes around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engines.types import Box, Point, Polygon
from engines.vision.nodes import Node

SPACE, NEW_LINE = " ", "\n"
# By name and by number. A hyphen at the end of a line is a break, and no symbol.
BREAKS = {
    **dict.fromkeys(("SPACE", 1, "SURE_SPACE", 2), SPACE),
    **dict.fromkeys(("EOL_SURE_SPACE", 3, "LINE_BREAK", 5), NEW_LINE),
    **dict.fromkeys(("HYPHEN", 4), "-" + NEW_LINE),
}
UNSIZED = 1000.0  # pixels: the sides of a page that tells only fractions of them
FARTHEST = 40  # letters that the list of words may leave out between two


@dataclass(frozen=True, slots=True)
class Token:
    """A word. *spelled*, with the breaks, makes up the text from token to token."""

    word: str
    spelled: str
    polygon: Polygon | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    tokens: tuple[Token, ...]
    polygon: Polygon | None = None
    confidence: float | None = None

    @property
    def spelled(self) -> str:
        return "".join(token.spelled for token in self.tokens)


def paragraphs_of(page: Node) -> list[Paragraph]:
    """What the tree of blocks, paragraphs, words and symbols says of *page*."""
    size = page.number("width") or UNSIZED, page.number("height") or UNSIZED
    found: list[Paragraph] = []
    for block in page.children("blocks"):
        inner = [
            Paragraph(
                tuple(_edged(paragraph, list(_tokens(paragraph, size)))),
                outline(paragraph, size),
                confidence_of(paragraph),
            )
            for paragraph in block.children("paragraphs")
        ]
        found += inner
    return found


def paragraph_of_list(annotations: list[Node], text: str) -> Paragraph:
    """What the flat list says: the whole first, then its words in the same order."""
    whole = (annotations[0].text("description") if annotations else "") or text
    tokens: list[Token] = []
    end = 0
    for annotation in annotations[1:]:
        word = annotation.text("description")
        start = whole.find(word, end)
        if start < 0 or len(whole[end:start].strip()) > FARTHEST:
            spelled = ""
        else:
            _append(tokens, whole[end:start])
            spelled, end = word, start + len(word)
        polygon = outline(annotation, (UNSIZED, UNSIZED))
        tokens.append(Token(word, spelled, polygon, confidence_of(annotation)))
    _append(tokens, whole[end:])
    return Paragraph(tuple(tokens))


def outline(node: Node, size: tuple[float, float]) -> Polygon | None:
    """The corners of *node* in pixels, clockwise from where its text's top left is."""
    box = node.child("boundingBox" if node.get("boundingBox") else "boundingPoly")
    corners = [_corner(vertex) for vertex in box.children("vertices")]
    if not corners:
        shares = [_corner(vertex) for vertex in box.children("normalizedVertices")]
        corners = [(round(x * size[0], 3), round(y * size[1], 3)) for x, y in shares]
    if len(corners) != 4:
        return Box.around(corners).polygon if corners else None
    first, second, third, fourth = corners
    return first, second, third, fourth


def confidence_of(node: Node) -> float | None:
    """0..1. Zero is what is written where nothing was said."""
    return min(1.0, max(0.0, node.number("confidence"))) or None


def _corner(vertex: Node) -> Point:
    return vertex.number("x"), vertex.number("y")


def _tokens(paragraph: Node, size: tuple[float, float]) -> Iterator[Token]:
    for word in paragraph.children("words"):
        symbols = word.children("symbols")
        before, after = _breaks(word)
        inner = "".join(
            f"{_breaks(symbol)[0]}{symbol.text('text')}{_breaks(symbol)[1]}"
            for symbol in symbols
        )
        yield Token(
            " ".join(inner.split()),
            before + inner + after,
            outline(word, size) or _around(symbols, size),
            confidence_of(word),
        )


def _around(symbols: list[Node], size: tuple[float, float]) -> Polygon | None:
    outlines = [outline(symbol, size) for symbol in symbols]
    points = [point for one in outlines if one for point in one]
    return Box.around(points).polygon if points else None


def _edged(node: Node, tokens: list[Token]) -> list[Token]:
    """*tokens* with the breaks that the paragraph itself has, as the format allows."""
    before, after = _breaks(node)
    if before:
        tokens.insert(0, Token("", before))
    if after:
        tokens.append(Token("", after))
    return tokens


def _breaks(node: Node) -> tuple[str, str]:
    """What *node* puts before itself, and after."""
    found = node.child("property").child("detectedBreak")
    kind = found.get("type")
    written = BREAKS.get(kind, "") if isinstance(kind, str | int) else ""
    return (written, "") if found.get("isPrefix") else ("", written)


def _append(tokens: list[Token], written: str) -> None:
    if written:
        tokens.append(Token("", written))
