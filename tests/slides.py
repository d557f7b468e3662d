"""Stands for a format that takes a worker: the pages' numbers and sizes."""

from __future__ import annotations

import pytest

from engines import EXPORTS, EngineError, Export, Result, Wishes

MEDIA_TYPE = "application/x-slides"


def render(result: Result, wishes: Wishes) -> bytes:
    if wishes.layout:
        raise EngineError("There is no picture of page 1.")
    sizes = {n: result.picture(n).image.size for n in result.pages}
    return f"{result.title} {sizes} {wishes.background}".encode()


def add_slides(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Export(MEDIA_TYPE, ".slides", f"{__name__}.render", is_slow=True)
    monkeypatch.setitem(EXPORTS, "slides", row)
