"""A language from nothing to the engine: trained, put in its place, measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engines.digits.kit.evaluation.heldout import LEVELS
from engines.digits.kit.tesseract.evaluation import evaluate
from engines.digits.kit.tesseract.installing import check_name, install
from engines.digits.kit.tesseract.plan import Plan
from engines.digits.kit.tesseract.training import Tell, train
from engines.errors import OcrError


@dataclass(frozen=True, slots=True)
class Wish:
    """What to make in *folder* and put into *models*; *judged* strings of each level
    are read with it."""

    plan: Plan
    folder: Path
    models: Path
    levels: tuple[str, ...] = ("clean", "medium")
    judged: int = 500
    is_fresh: bool = False

    def __post_init__(self) -> None:
        check_name(self.plan.name)
        for level in self.levels:
            if level not in LEVELS:
                known = ", ".join(LEVELS)
                raise OcrError(f"There is no level “{level}”. Choose of: {known}.")


def make(wish: Wish, tell: Tell, say: Callable[[str], None]) -> dict[str, Any]:
    """
    Raises:
        OcrError: Tesseract's programs or the fonts are missing, or a program failed.
    """
    name = wish.plan.name
    report = train(wish.plan, wish.folder, tell, wish.is_fresh)
    wrong = report.errors[-1][1]
    say(f"{report.iterations} iterations, {wrong:.1%} of symbols wrong in training.")
    if report.iterations < wish.plan.iterations:
        say("The time was over. The same command goes on from here.")
    install(report.traineddata, name, wish.models)
    say(f"The engine tesseract has the language “{name}” in {wish.models}.")
    return evaluate(name, wish.models, wish.levels, wish.judged, say)
