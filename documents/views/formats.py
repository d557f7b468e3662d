"""What a result can be downloaded as: choices in groups, and what one asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from documents.models import Job
from engines import EXPORTS

# By the name of a wish and the word for it in an address: what an export is told;
# nothing where it does so by itself.
WISHES: dict[str, dict[str, Any]] = {
    "layout": {"true": True, "false": None},
    "rows": {"line": None, "word": "word"},
    "background": {"original": None, "white": "white"},
}


class NoSuchChoice(ValueError):
    """The address asks for something that the menu does not offer."""


@dataclass(frozen=True)
class Choice:
    """A format, perhaps with a wish, in a short word and a hint."""

    name: str
    words: str
    hint: str = ""
    wish: tuple[str, str] | None = None

    @property
    def query(self) -> str:
        return urlencode({"as": self.name, **dict([self.wish] if self.wish else [])})

    @property
    def is_slow(self) -> bool:
        return EXPORTS[self.name].is_slow


GROUPS = (
    (
        _("Text"),
        (
            Choice("txt", _("Plain text"), _("line by line")),
            Choice(
                "txt",
                _("Text with its columns kept"),
                _("as it stands on the page"),
                ("layout", "true"),
            ),
            Choice("md", _("Markdown"), _("headings, paragraphs, tables")),
        ),
    ),
    (
        _("Tables"),
        (
            Choice("xlsx", _("Excel"), _("lines and words, amounts as numbers")),
            Choice("csv", _("CSV of its lines"), _("for spreadsheets")),
            Choice(
                "csv", _("CSV of its words"), _("a word in each row"), ("rows", "word")
            ),
            Choice("tsv", _("TSV of its lines"), _("for programs")),
        ),
    ),
    (
        _("Documents"),
        (
            Choice("pdf", _("PDF that can be searched"), _("the scan, its text below")),
            Choice("html", _("Web page (HTML)"), _("text and tables")),
            Choice(
                "png",
                _("Picture on white (PNG)"),
                _("the text drawn anew"),
                ("background", "white"),
            ),
            Choice("png", _("Picture on the scan (PNG)"), _("in place of the print")),
        ),
    ),
    (
        _("For other software"),
        (
            Choice("json", _("JSON, with places"), _("all that was read")),
            Choice("hocr", _("hOCR"), _("for tools that make PDFs")),
            Choice("alto", _("ALTO XML"), _("for libraries and archives")),
            Choice("vision", _("Google Vision JSON"), _("as its API answers")),
        ),
    ),
)


def format_groups() -> list[tuple[str, list[Choice]]]:
    """The choices in groups; a format that none of them has comes with the last."""
    groups = [(str(title), list(choices)) for title, choices in GROUPS]
    known = {choice.name for _title, choices in groups for choice in choices}
    others = [Choice(name, name.upper()) for name in EXPORTS if name not in known]
    groups[-1][1].extend(others)
    return groups


def formats() -> list[tuple[str, str, bool]]:
    """The formats without wishes, beside plain text: name, words, is_slow."""
    choices = [choice for _title, group in format_groups() for choice in group]
    words = {one.name: str(one.words) for one in choices if not one.wish}
    return [
        (name, words[name], export.is_slow)
        for name, export in EXPORTS.items()
        if name != "txt"
    ]


def chosen_format(query: Mapping[str, str], job: Job) -> tuple[str, int | None, dict]:
    """The format that the address asks for, the page (None: all), and the wishes.

    Raises:
        NoSuchChoice: the menu has none of that kind.
    """
    name = query.get("as", "txt")
    if name not in EXPORTS:
        raise NoSuchChoice(_("There is no such format. Choose one from the menu."))
    return name, chosen_page(query.get("page"), job), wishes_in(query)


def chosen_page(wish: str | None, job: Job) -> int | None:
    if wish is None:
        return None
    number = int(wish) if wish.isdecimal() and len(wish) < 6 else 0
    if not 1 <= number <= job.document.page_count:
        raise NoSuchChoice(_("There is no such page. Choose one of the document's."))
    return number


def wishes_in(query: Mapping[str, str]) -> dict[str, Any]:
    wishes = {}
    for name, values in WISHES.items():
        word = query.get(name)
        if word is not None and word not in values:
            reason = _("A format cannot be had that way. Choose one from the menu.")
            raise NoSuchChoice(reason)
        wishes[name] = values.get(word or "")
    return {name: value for name, value in wishes.items() if value is not None}
