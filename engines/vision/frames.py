"""The frame in which Google answers: the picture as its file stores it.

What was read is upright; where a camera noted a turn, or the page lay on its side, the
way back is gone. The order of a word's corners then tells how its text runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engines.exports.vision import response_of
from engines.geometry import Frame, held, quarter_turns
from engines.images import orientation
from engines.types import Page


def vision_response(
    pages: Mapping[int, Page], path: Path, turns: Mapping[int, int]
) -> dict[str, Any]:
    """The AnnotateImageResponse about the picture at *path*, whose upright *pages* were
    read; *turns* are the quarter turns clockwise that made them so, after EXIF's.

    Raises:
        FileError: the file cannot be read.
    """
    frames = [
        stored(page, orientation(path, number), turns.get(number, 0))
        for number, page in pages.items()
    ]
    return response_of(list(pages.values()), frames)


def stored(page: Page, orientation: int, turn: int) -> Frame:
    """From the upright *page* to the picture that the file stores."""
    width, height = seen = _turned(turn, page.width, page.height)
    if orientation >= 5:  # a quarter turn
        width, height = height, width
    upright = held(orientation, width, height).then(quarter_turns(turn, *seen))
    return Frame(upright.inverse(), width, height)


def _turned(turns: int, width: int, height: int) -> tuple[int, int]:
    return (height, width) if turns % 2 else (width, height)
