"""From words to pages: lines, their outlines, the page's size, and which way is up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import atan2, ceil, cos, pi, sin

from engines.geometry import Affine, move_page, move_polygon, quarter_turns
from engines.types import Box, Line, Page, Point, Polygon, Word
from engines.vision.nodes import Node
from engines.vision.tokens import Paragraph, Token, paragraph_of_list, paragraphs_of

ENGINE = "google-vision"
OTHER_TEXT = "The words of the file do not make up its text; the text was kept."


def pages_of(answer: Node) -> list[Page]:
    """The pages of one answer: one, but for clients that put several into one."""
    full = answer.child("fullTextAnnotation")
    told, listed = full.text("text"), answer.children("textAnnotations")
    nodes = full.children("pages")
    trees = [paragraphs_of(node) for node in nodes]
    if not any(paragraph.tokens for tree in trees for paragraph in tree):
        first = nodes[0] if nodes else Node({})
        nodes, trees = [first], [[paragraph_of_list(listed, told)]]
        told = told or trees[0][0].spelled
    texts, notes = _texts(trees, told)
    return [
        _page(node, tree, text, notes)
        for node, tree, text in zip(nodes, trees, texts, strict=True)
    ]


def _texts(
    trees: Sequence[Sequence[Paragraph]], told: str
) -> tuple[list[str], tuple[str, ...]]:
    """The text of each page; of one page alone it is the text that the file tells."""
    spelled = ["".join(one.spelled for one in tree) for tree in trees]
    whole = "".join(spelled)
    notes = (OTHER_TEXT,) if told and told.rstrip("\n") != whole.rstrip("\n") else ()
    if len(spelled) == 1 and told:
        return [told], notes
    return [text.removesuffix("\n") for text in spelled], notes


def _page(
    node: Node, paragraphs: Sequence[Paragraph], text: str, notes: tuple[str, ...]
) -> Page:
    lines = [line for one in paragraphs for line in _lines(one)]
    width, height = _size(node, lines)
    page = Page(
        width,
        height,
        tuple(_fitted(line, width, height) for line in lines),
        text,
        ENGINE,
        notes,
    )
    turns = _turns([token for one in paragraphs for token in one.tokens])
    sides = (height, width) if turns % 2 else (width, height)
    move = quarter_turns(turns, width, height)
    return move_page(page, move, *sides) if turns else page


def _lines(paragraph: Paragraph) -> list[Line]:
    """A paragraph's text, cut where it breaks; a word is in the line it begins in."""
    rows: list[tuple[str, list[Token]]] = [("", [])]
    for token in paragraph.tokens:
        pieces = token.spelled.split("\n")
        home = next((at for at, piece in enumerate(pieces) if piece.strip()), 0)
        for at, piece in enumerate(pieces):
            if at:
                rows.append(("", []))
            text, tokens = rows[-1]
            own = [token] if at == home and token.word else []
            rows[-1] = text + piece, tokens + own
    rows = [(text.strip(), tokens) for text, tokens in rows]
    rows = [row for row in rows if row[0] or row[1]]
    whole = paragraph if len(rows) == 1 else Paragraph(())
    return [_line(text, tokens, whole) for text, tokens in rows]


def _line(text: str, tokens: Sequence[Token], whole: Paragraph) -> Line:
    """A line. Where it is a paragraph's *whole*, that has its place and confidence."""
    placed = [(token, token.polygon) for token in tokens if token.polygon]
    words = tuple(
        Word(token.word, Box.around(list(polygon)), token.confidence)
        for token, polygon in placed
    )
    polygon = whole.polygon or _around([polygon for _, polygon in placed])
    return Line(text, polygon, words, whole.confidence or _mean(words))


def _mean(words: Sequence[Word]) -> float | None:
    """How surely the words were read; the long ones weigh more."""
    rated = [(x.confidence, len(x.text)) for x in words if x.confidence is not None]
    weight = sum(length for _, length in rated)
    return min(1.0, sum(c * n for c, n in rated) / weight) if weight else None


def _around(polygons: Sequence[Polygon]) -> Polygon | None:
    """The outline of a line of words, turned as they are; the long ones decide."""
    if not polygons:
        return None
    right = sum(second[0] - first[0] for first, second, *_ in polygons)
    down = sum(second[1] - first[1] for first, second, *_ in polygons)
    tilt = atan2(down, right)
    level = Affine(cos(tilt), sin(tilt), 0, -sin(tilt), cos(tilt), 0)
    corners = [level(corner) for polygon in polygons for corner in polygon]
    return _rounded(move_polygon(Box.around(corners).polygon, level.inverse()))


def _rounded(polygon: Polygon) -> Polygon:
    first, second, third, fourth = ((round(x, 3), round(y, 3)) for x, y in polygon)
    return first, second, third, fourth


def _size(node: Node, lines: Sequence[Line]) -> tuple[int, int]:
    """The sides that the file tells; else as large as it takes to hold the lines."""
    width, height = round(node.number("width")), round(node.number("height"))
    if width > 0 and height > 0:
        return width, height
    corners = [corner for line in lines if line.polygon for corner in line.polygon]
    right = max((x for x, _ in corners), default=1)
    bottom = max((y for _, y in corners), default=1)
    return max(1, ceil(right)), max(1, ceil(bottom))


def _fitted(line: Line, width: int, height: int) -> Line:
    """*line* within the page: Google's words may reach over its edges."""

    def fit(point: Point) -> Point:
        return min(max(point[0], 0.0), width), min(max(point[1], 0.0), height)

    words = []
    for word in line.words:
        box = word.box
        corners = [fit((box.left, box.top)), fit((box.right, box.bottom))]
        words.append(Word(word.text, Box.around(corners), word.confidence))
    polygon = None
    if line.polygon:
        first, second, third, fourth = line.polygon
        polygon = fit(first), fit(second), fit(third), fit(fourth)
    return Line(line.text, polygon, tuple(words), line.confidence)


def _turns(tokens: Sequence[Token]) -> int:
    """How many quarter turns clockwise set most letters upright."""
    votes: Counter[int] = Counter()
    for token in tokens:
        if token.polygon and token.polygon[0] != token.polygon[1]:
            (left, top), (right, right_top) = token.polygon[:2]
            heading = round(atan2(right_top - top, right - left) / (pi / 2))
            votes[-heading % 4] += len(token.word)
    return votes.most_common(1)[0][0] if votes else 0
