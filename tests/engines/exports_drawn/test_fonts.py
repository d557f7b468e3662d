"""face_for: a typeface that has the letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engines import SHIPPED_FONT
from engines.exports import fonts
from engines.exports.fonts import SHIPPED, face_for, lacks

THAI = "ใบเสร็จ"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    fonts._found.cache_clear()
    yield
    fonts._found.cache_clear()


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Let fontconfig answer by a line of shell."""

    def by(script: str) -> None:
        program = tmp_path / "fc-match"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setattr(fonts, "which", lambda _name: str(program))

    return by


@pytest.mark.parametrize("text", ["Crème, 12.50 €", "فاتورة رقم ١٢", "Счёт", "", " \n"])
def test_the_shipped_face_has_the_usual_scripts(text: str) -> None:
    assert face_for(text) == SHIPPED
    assert lacks(SHIPPED, text) == set()


def test_another_face_is_found_for_letters_it_lacks() -> None:
    assert lacks(SHIPPED, THAI)
    assert not lacks(face_for(f"Total {THAI}"), THAI)


@pytest.mark.parametrize(
    "script",
    [
        f"printf '{SHIPPED_FONT}\\n0'",  # no better
        "printf '/no/such/font.ttf\\n0'",
        "printf nonsense",
        "exit 1",
    ],
)
def test_whatever_fontconfig_says_there_is_a_face(
    answer: Callable[[str], None], script: str
) -> None:
    answer(script)
    assert face_for(THAI) == SHIPPED


def test_without_fontconfig_there_is_a_face(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "which", lambda _name: None)
    assert face_for(THAI) == SHIPPED
