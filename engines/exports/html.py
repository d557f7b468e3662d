"""Pages as one HTML file that needs nothing else, and runs nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from engines.exports import Result, Wishes
from engines.exports.blocks import Block, Cells, blocks, text_of
from engines.exports.markup import escaped
from engines.layout import runs_right_to_left
from engines.types import Page

# The language of what was read is unknown: "" says so (HTML, "The lang attribute").
HEAD = """<!DOCTYPE html>
<html lang="" dir="{dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" \
content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem;
  padding: 0 1rem; }}
section + section {{ border-top: 1px solid; margin-top: 3rem; padding-top: 2rem; }}
table {{ border-collapse: collapse; margin: 1rem 0; }}
th, td {{ border-bottom: 1px solid; padding: .1rem .6rem; text-align: start; }}
.amount {{ text-align: end; }}
ins {{ text-decoration: underline dotted; }}
</style>
</head>
<body>
"""
FOOT = "</body>\n</html>\n"


def render(result: Result, wishes: Wishes) -> bytes:
    """A section a page; ``<ins>``, HTML's own mark of an edit, is on what people
    corrected."""
    text = "".join(page.text for page in result.pages.values())
    whole = _direction(text)
    head = HEAD.format(dir=whole, title=escaped(result.title.strip() or "–"))
    sections = (
        _Section(page, whole, result.corrected.get(number, frozenset())).written(number)
        for number, page in result.pages.items()
    )
    return (head + "".join(sections) + FOOT).encode()


def _direction(text: str) -> str:
    return "rtl" if runs_right_to_left(text) else "ltr"


def _turned(direction: str, around: str) -> str:
    """The attribute for what runs against what is *around* it."""
    return f' dir="{direction}"' if direction != around else ""


@dataclass(frozen=True, slots=True)
class _Section:
    """A page in a text that runs *around* it; which of its lines people corrected."""

    page: Page
    around: str
    corrected: Collection[int]

    def written(self, number: int) -> str:
        inner = "".join(f"{self.block(block)}\n" for block in blocks(self.page))
        turned = _turned(self.direction, self.around)
        return f'<section id="page-{number}"{turned}>\n{inner}</section>\n'

    @property
    def direction(self) -> str:
        return _direction(self.page.text)

    def block(self, block: Block) -> str:
        direction = "rtl" if block.is_from_right else "ltr"
        turned = _turned(direction, self.direction)
        if block.kind == "table":
            return f"<table{turned}>\n{self.rows(block, direction)}</table>"
        name = f"h{block.level}" if block.kind == "heading" else "p"
        return f"<{name}{turned}>{''.join(self.lines(block))}</{name}>"

    def rows(self, block: Block, around: str) -> str:
        of_amounts, is_headed = block.of_amounts, block.is_headed
        written = ""
        for place, row in enumerate(block.rows):
            name = "th" if is_headed and not place else "td"
            columns = zip(row, of_amounts, strict=True)
            cells = (self.cell(cells, name, is_, around) for cells, is_ in columns)
            written += f"<tr>{''.join(cells)}</tr>\n"
        return written

    def cell(self, cells: Cells, name: str, is_amount: bool, around: str) -> str:
        turned = _turned(_direction(text_of(cells)), around)
        aligned = ' class="amount"' if is_amount else ""
        return f"<{name}{aligned}{turned}>{self.text(cells)}</{name}>"

    def lines(self, block: Block) -> Iterator[str]:
        for place, row in enumerate(block.rows):
            if place:
                goes_on = block.kind == "heading" or block.full[place - 1]
                yield "\n" if goes_on else "<br>\n"
            yield self.text(row[0])

    def text(self, cells: Cells) -> str:
        return " ".join(
            f"<ins>{escaped(cell.line.text)}</ins>"
            if cell.index in self.corrected
            else escaped(cell.line.text)
            for cell in cells
        )
