"""Results as files: one row for each format, a pure function behind each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from engines.errors import OcrError
from engines.types import Page


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a caller may ask of a format; each ignores those it has no use for.

    ``layout`` keeps columns in plain text.
    """

    layout: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """A format: its media type, its file ending, and the dotted path of its renderer.

    The renderer is ``(pages, wishes) -> bytes``; pages by number, in order.
    """

    media_type: str
    ending: str
    path: str


EXPORTS: dict[str, Export] = {
    "txt": Export("text/plain; charset=utf-8", ".txt", "engines.exports.txt.render"),
    "json": Export("application/json", ".json", "engines.exports.json.render"),
}
NO_WISHES = Wishes()


def export_pages(
    name: str, pages: Mapping[int, Page], wishes: Wishes = NO_WISHES
) -> bytes:
    """*pages*, by number, in the format called *name*.

    Raises:
        OcrError: no format has that name.
    """
    if name not in EXPORTS:
        known = ", ".join(EXPORTS)
        raise OcrError(f"There is no format “{name}”. Choose one of: {known}.")
    module, _, attribute = EXPORTS[name].path.rpartition(".")
    render: Callable[[Mapping[int, Page], Wishes], bytes]
    render = getattr(import_module(module), attribute)
    return render(dict(sorted(pages.items())), wishes)
