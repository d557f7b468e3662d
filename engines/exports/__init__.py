"""Results as files: one row for each format, a pure function behind each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from engines.errors import OcrError
from engines.types import Line, Page

if TYPE_CHECKING:
    from engines.images import PageImage


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a caller may ask of a format; each ignores those it has no use for.

    ``layout`` keeps columns in plain text. ``rows`` says what makes a row of a table of
    text. ``background`` is what text is drawn on: white, or the picture with its old
    text painted out.
    """

    layout: bool = False
    rows: Literal["line", "word"] = "line"
    background: Literal["white", "original"] = "original"


def _no_picture(number: int) -> PageImage:
    raise OcrError(f"There is no picture of page {number}.")


@dataclass(frozen=True, slots=True)
class Result:
    """What was read of a document: its pages by number; renderers get them in order.

    ``picture`` gives the upright picture of a page, in whose pixels its boxes are, and
    raises an ``OcrError`` where there is none; a format may ask for one after another.
    ``corrected`` names the lines (from 0) of each page that people have corrected.
    """

    pages: Mapping[int, Page]
    title: str = ""
    picture: Callable[[int], PageImage] = _no_picture
    corrected: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Export:
    """A format: its media type, its file ending, and the dotted path of its renderer.

    The renderer is ``(result, wishes) -> bytes``. One that is slow, asks for pictures
    or loads a heavy library runs in workers alone. Of one that ``is_single`` a file
    holds a page, and several pages come in a zip (see ``export_of``).
    """

    media_type: str
    ending: str
    path: str
    is_slow: bool = False
    is_single: bool = False


EXPORTS: dict[str, Export] = {
    "txt": Export("text/plain; charset=utf-8", ".txt", "engines.exports.txt.render"),
    "json": Export("application/json", ".json", "engines.exports.json.render"),
    "md": Export("text/markdown; charset=utf-8", ".md", "engines.exports.md.render"),
    "html": Export("text/html; charset=utf-8", ".html", "engines.exports.html.render"),
    "csv": Export("text/csv; charset=utf-8", ".csv", "engines.exports.csv.render_csv"),
    "tsv": Export(
        "text/tab-separated-values; charset=utf-8",
        ".tsv",
        "engines.exports.csv.render_tsv",
    ),
    "hocr": Export("application/xhtml+xml", ".hocr", "engines.exports.hocr.render"),
    "alto": Export("application/xml", ".xml", "engines.exports.alto.render"),
    "vision": Export("application/json", ".json", "engines.exports.vision.render"),
    "xlsx": Export(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".xlsx",
        "engines.exports.xlsx.render",
    ),
    "pdf": Export(
        "application/pdf", ".pdf", "engines.exports.pdf.render", is_slow=True
    ),
    "png": Export(
        "image/png", ".png", "engines.exports.png.render", is_slow=True, is_single=True
    ),
}
NO_WISHES = Wishes()
# They tell what a description is; the others have print alone, and get its caption.
DESCRIBING = ("json", "md", "csv", "tsv")


def export_of(name: str, pages: int) -> Export:
    """The row of the format called *name*, as files of so many *pages* are.

    Raises:
        OcrError: no format has that name.
    """
    if name not in EXPORTS:
        known = ", ".join(EXPORTS)
        raise OcrError(f"There is no format “{name}”. Choose one of: {known}.")
    export = EXPORTS[name]
    if export.is_single and pages > 1:
        return replace(export, media_type="application/zip", ending=".zip")
    return export


def export_result(name: str, result: Result, wishes: Wishes = NO_WISHES) -> bytes:
    """*result* in the format called *name*.

    Raises:
        OcrError: no format has that name, or it needs pictures and there are none.
    """
    module, _, attribute = export_of(name, len(result.pages)).path.rpartition(".")
    render: Callable[[Result, Wishes], bytes]
    render = getattr(import_module(module), attribute)
    in_order = dict(sorted(result.pages.items()))
    if name not in DESCRIBING:
        in_order = {number: _captioned(page) for number, page in in_order.items()}
    return render(replace(result, pages=in_order), wishes)


def _captioned(page: Page) -> Page:
    """Of a description its sentences alone: the things that it names are no print."""
    if not page.is_description:
        return page
    said = tuple(Line(text) for text in page.text.splitlines() if text.strip())
    return replace(page, lines=said)
