"""How well lines are read: character errors and whole lines, letter by letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from rapidfuzz.distance import Levenshtein
from torch import nn

from engines.openocr.kit.characters import said
from engines.openocr.kit.lines import Line
from engines.openocr.kit.pictures import NARROWEST, as_input

TOGETHER = 16  # lines of one width that are read at once


@dataclass(frozen=True, slots=True)
class Score:
    """``cer``: edits to the truth in all lines by its letters, 0..1 and above."""

    lines: int
    cer: float
    exact: float  # share of lines without any


@torch.inference_mode()
def readings(
    net: nn.Module, classes: Sequence[str], lines: Sequence[Line]
) -> list[str]:
    """What *net* reads on each of *lines*, given to it just as OpenOCR does: filled up
    to 320 columns, and no further."""
    net.eval()
    device = next(net.parameters()).device
    by_width: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        by_width.setdefault(max(NARROWEST, line.pixels.shape[1]), []).append(number)
    texts = [""] * len(lines)
    for mine in by_width.values():
        for first in range(0, len(mine), TOGETHER):
            part = mine[first : first + TOGETHER]
            chances = net(as_input([lines[n].pixels for n in part]).to(device))
            for number, own in zip(part, chances.float().cpu().numpy(), strict=True):
                texts[number] = said(own, classes)
    return texts


def score(texts: Sequence[str], lines: Sequence[Line]) -> Score:
    """*texts* as they were read, against what *lines* say."""
    edits = [
        Levenshtein.distance(text, line.text)
        for text, line in zip(texts, lines, strict=True)
    ]
    letters = sum(len(line.text) for line in lines)
    exact = sum(not wrong for wrong in edits)
    return Score(len(lines), sum(edits) / letters, exact / len(lines))
