"""How well a trained language reads numbers in designs that it has never seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engines.digits.kit.evaluation import tables
from engines.digits.kit.evaluation.heldout import held_out, parts
from engines.digits.kit.evaluation.readers import of_line
from engines.digits.kit.evaluation.report import by_script, judge
from engines.digits.kit.evaluation.scoring import confusions, score
from engines.digits.kit.evaluation.types import Labelled, Reader
from engines.tesseract import Tesseract
from engines.types import Options

BESIDE = ("ara", "ara+eng")  # what Debian has, on the same strings


def evaluate(
    name: str,
    models: Path,
    levels: Sequence[str],
    count: int,
    say: Callable[[str], None],
) -> dict[str, Any]:
    """Read *count* strings a level with the language *name* in *models*, and with
    Debian's; tables are said, all figures returned.

    Raises:
        FontsMissing: the fonts that the strings are drawn from are not installed.
    """
    engine = Tesseract(models)
    figures: dict[str, Any] = {}
    for part in parts(levels, count, 0) if count else []:
        crops = list(held_out(part))
        say(f"\n== {part.name}: {len(crops)} strings in designs never trained on")
        figures[part.name] = compared(crops, readers(engine, name), say)
    return figures


def readers(engine: Tesseract, name: str) -> dict[str, Reader]:
    """The languages to compare, those that are here."""
    here = set(engine.languages())
    wished = [codes for codes in (name, *BESIDE) if here.issuperset(codes.split("+"))]
    return {codes: reader(engine, codes) for codes in wished}


def reader(engine: Tesseract, codes: str) -> Reader:
    options = Options(languages=tuple(codes.split("+")))
    return lambda image: of_line(engine.read_line(image.convert("RGB"), options))


def compared(
    crops: list[Labelled], among: dict[str, Reader], say: Callable[[str], None]
) -> dict[str, Any]:
    judged = {codes: judge(crops, one) for codes, one in among.items()}
    scored = {codes: score(found) for codes, found in judged.items()}
    say(tables.scores("language", scored.items()))
    ours = next(iter(judged.values()))
    say("\n" + tables.scores("script", by_script(ours)))
    say(f"\nConfusions: {tables.ranking(confusions(ours))}")
    return {codes: asdict(one) for codes, one in scored.items()}
