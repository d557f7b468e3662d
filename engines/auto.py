"""The engine that chooses, page by page and, where Arabic is about, line by line.

1. A PDF page with a plausible text layer is read from it: it is exact and free.
2. PP-OCR reads: Latin, Greek, Chinese and Japanese print. Where Arabic is among the
   languages, and can be read here, each line goes to the engine that is surer of it
   (``engines.mixed``); so it does where lines that PP-OCR left out turn out Arabic.
3. Where PP-OCR cannot run, Tesseract reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engines.embedded import doubt_about
from engines.errors import EngineUnavailable
from engines.mixed import (
    ARABIC,
    ARABIC_READER,
    as_seen,
    can_read_arabic,
    glance,
    looks_arabic,
    with_arabic,
)
from engines.pipeline import read_pixels
from engines.protocol import Engine
from engines.registry import get_engine
from engines.types import Availability, Options, Page

if TYPE_CHECKING:
    from PIL import Image

    from engines.images import PageImage

READERS = ("ppocr", "tesseract")
CHOOSING = "auto 3"  # raise it when a page or a line goes to another engine


class Auto:
    """The engine; see ``engines.protocol.PageReader``."""

    name = "auto"
    label = "Automatic"
    options_schema: Mapping[str, Any] = {"type": "object", "properties": {}}

    @property
    def version(self) -> str:
        """Its own, and of each engine that it may choose: any of them changes it.

        Those of READERS are in that of ARABIC_READER, which asks them.
        """
        engines = (get_engine(name) for name in ("embedded", ARABIC_READER))
        return ", ".join([CHOOSING, *(engine.version for engine in engines)])

    def languages(self) -> tuple[str, ...]:
        known = {code for name in READERS for code in get_engine(name).languages()}
        return tuple(sorted(known))

    def availability(self) -> Availability:
        answers = [get_engine(name).availability() for name in READERS]
        return next((answer for answer in answers if answer.ok), answers[0])

    def warm_up(self) -> None:
        from engines.orientation import warm_up

        warm_up()
        for name in (*READERS, ARABIC_READER):
            if get_engine(name).availability().ok:
                get_engine(name).warm_up()

    def read(self, image: Image.Image, options: Options) -> Page:
        from engines.images import PageImage

        return self.read_page(PageImage(image), options)

    def read_page(self, page: PageImage, options: Options) -> Page:
        layer = page.text_layer
        doubt = doubt_about(page, layer) if layer is not None else None
        if layer is not None and doubt is None:
            return layer
        read = read_print(page, options)
        if doubt is None:
            return read
        note = f"The text inside the PDF was not used: {doubt}."
        return replace(read, notes=(note, *read.notes))


def read_print(page: PageImage, options: Options) -> Page:
    """The print on *page*, by the engine or engines that fit."""
    if not can_read_arabic():
        return read_pixels(first_reader(), page, options)
    seen = glance(page, options)
    if ARABIC in options.languages:
        return with_arabic(seen, page)
    if not looks_arabic(seen):
        return as_seen(seen, page)
    note = "The page looks Arabic, and was read so. Choose Arabic as its language."
    mixed = with_arabic(seen, page)
    return replace(mixed, notes=(note, *mixed.notes))


def first_reader() -> Engine:
    """Raises EngineUnavailable: no engine can run here."""
    for name in READERS:
        if get_engine(name).availability().ok:
            return get_engine(name)
    raise EngineUnavailable("No engine can run on this machine. See the README.")
