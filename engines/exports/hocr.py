"""Pages as hOCR 1.2, in XHTML: areas, lines and words with their places."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import atan2, ceil, degrees, floor

from engines.exports import Result, Wishes
from engines.exports.blocks import Block, blocks_of_lines
from engines.exports.cells import Part, parts
from engines.exports.markup import escaped
from engines.layout import runs_right_to_left
from engines.types import Box, Line, Page, Point

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" dir="{dir}">
<head>
<title>{title}</title>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta name="ocr-system" content="{system}" />
<meta name="ocr-capabilities" \
content="ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_dir ocrp_wconf" />
<meta name="ocr-number-of-pages" content="{count}" />
<meta name="ocr-langs" content="unknown" />
<meta name="ocr-scripts" content="unknown" />
</head>
<body>
"""
FOOT = "</body>\n</html>\n"
# Direction is said by attributes: the standard wants none of these marks in the text.
MARKS = dict.fromkeys(map(ord, "\u200e\u200f"))


def render(result: Result, wishes: Wishes) -> bytes:
    """A line that people corrected has the property ``x_corrected 1`` in its title."""
    pages = result.pages
    engines = dict.fromkeys(page.engine for page in pages.values() if page.engine)
    head = HEAD.format(
        dir=_direction("".join(page.text for page in pages.values())),
        title=escaped(result.title),
        system=escaped(" ".join(("ocrsite", *engines))),
        count=len(pages),
    )
    written = (
        _Written(number, page, result.corrected.get(number, frozenset())).all()
        for number, page in pages.items()
    )
    return (head + "".join(written) + FOOT).encode()


def _direction(text: str) -> str:
    return "rtl" if runs_right_to_left(text) else "ltr"


@dataclass(frozen=True, slots=True)
class _Written:
    """A page as hOCR; ``corrected`` are the lines that people corrected."""

    number: int
    page: Page
    corrected: Collection[int]

    def all(self) -> str:
        title = f"bbox {self.box(self.whole)}; ppageno {self.number - 1}"
        found = enumerate(blocks_of_lines(self.page), start=1)
        areas = (self.area(block, lines, n) for n, (block, lines) in found)
        start = f'<div class="ocr_page" id="page_{self.number}" title="{title}">'
        return f"{start}\n{''.join(areas)}</div>\n"

    @property
    def whole(self) -> Box:
        return Box(0, 0, self.page.width, self.page.height)

    def area(self, block: Block, lines: list[tuple[int, Line]], place: int) -> str:
        points = [point for _, line in lines for point in _points(line)]
        title = self.title(points)
        name = f"{self.number}_{place}"
        direction = "rtl" if block.is_from_right else "ltr"
        written = "".join(self.line(index, line) for index, line in lines)
        return (
            f'<div class="ocr_carea" id="block_{name}"{title}>\n'
            f'<p class="ocr_par" id="par_{name}" dir="{direction}"{title}>\n'
            f"{written}</p>\n</div>\n"
        )

    def line(self, index: int, line: Line) -> str:
        mark = "x_corrected 1" if index in self.corrected else ""
        title = self.title(_points(line), _slope(line), mark)
        name = f"{self.number}_{index + 1}"
        words, end = "", 0
        for place, part in enumerate(parts(line), start=1):
            apart = " " if part.start > end else ""
            words, end = words + apart + self.word(part, f"{name}_{place}"), part.end
        start = f'<span class="ocr_line" id="line_{name}" dir="{_direction(line.text)}"'
        return f"{start}{title}>{words}</span>\n"

    def word(self, part: Part, name: str) -> str:
        sure = "" if part.confidence is None else f"x_wconf {100 * part.confidence:.0f}"
        points = part.box.polygon if part.box else ()
        text = escaped(part.text.translate(MARKS))
        title = self.title(points, sure)
        return f'<span class="ocrx_word" id="word_{name}"{title}>{text}</span>'

    def title(self, points: Sequence[Point], *properties: str) -> str:
        """The attribute that says where something is, and what else is known of it."""
        place = f"bbox {self.box(Box.around(list(points)))}" if points else ""
        said = "; ".join(filter(None, (place, *properties)))
        return f' title="{said}"' if said else ""

    def box(self, box: Box) -> str:
        """Whole pixels, within the page."""
        left, right = (min(max(x, 0), self.page.width) for x in (box.left, box.right))
        top, bottom = (min(max(y, 0), self.page.height) for y in (box.top, box.bottom))
        return f"{floor(left)} {floor(top)} {ceil(right)} {ceil(bottom)}"


def _points(line: Line) -> list[Point]:
    """The corners of a line and of its words: a part lies within the whole."""
    words = [corner for word in line.words for corner in word.box.polygon]
    return [*(line.polygon or ()), *words]


def _slope(line: Line) -> str:
    """How the line lies, where that is not level: as a turn, or as a baseline along
    the lower edge of its outline."""
    if line.polygon is None:
        return ""
    (left, top), (right, right_top), lower_right, lower_left = line.polygon
    if abs(right_top - top) >= right - left:
        return f"textangle {degrees(atan2(top - right_top, right - left)):.0f}"
    box = Box.around(_points(line))
    slope = (lower_right[1] - lower_left[1]) / (lower_right[0] - lower_left[0])
    height = lower_left[1] + slope * (box.left - lower_left[0]) - box.bottom
    return f"baseline {slope:.3f} {height:.0f}"
