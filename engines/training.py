"""The doors of the training kit, for commands: each loads what it needs when called."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from engines.digits.store import model_folder
from engines.errors import EngineUnavailable

NEEDS = ("torch", "onnx", "matplotlib", "fontTools")

Say = Callable[[str], None]
Tell = Callable[[float, str], None]  # the share that is done, and where it stands


def bench_digits(say: Callable[[str], None], **wishes: Any) -> dict[str, Any]:
    """Measure the reading of numbers (``engines.digits.kit.evaluation.report.Wish``);
    tables are said on the way, all figures returned.

    Raises:
        OcrError: an engine, a folder or the fonts are missing.
    """
    from engines.digits.kit.evaluation.report import Wish, measure

    return measure(Wish(**wishes), say)


def freeze_digits() -> None:
    """Write down how the test set begins, once its generator was changed on purpose."""
    from engines.digits.kit.evaluation.heldout import freeze

    freeze()


def train_digits(
    folder: Path, model: str, wishes: dict[str, Any], resume: bool, tell: Tell
) -> str:
    """Train *model*, "cnn" or "line", in *folder*; the report in words. *wishes* are
    fields of its plan, and ``judged``: how much is measured at the end.

    Raises:
        OcrError: torch or the fonts are missing, or the folder holds another training.
    """
    insist_on_needs()
    from engines.digits.kit import runs

    run = {"cnn": runs.run_cnn, "line": runs.run_line}[model]
    return run(folder, wishes, resume, tell)


def tune_digits(
    folder: Path,
    corrections: Iterable[tuple[str, bytes, str, str]],
    wishes: dict[str, Any],
    resume: bool,
    tell: Tell,
    say: Say,
) -> bool:
    """Train the model that is read with in *folder*, with *corrections*: a lasting key,
    the file of the crop, what a person typed, its kind. Whether it became better.

    Raises:
        OcrError: torch, the fonts or corrections are missing.
    """
    insist_on_needs()
    from engines.digits.kit import runs
    from engines.digits.kit.corrections import Correction

    given = {"begin": str(model_folder()), **wishes}
    learnt_from = (Correction(*one) for one in corrections)
    return runs.run_tuning(folder, learnt_from, given, resume, tell, say)


def unfinished_training(models: Path, model: str) -> Path:
    """The training of *model* ("cnn", "line", "tuned") that was begun last in *models*.

    Raises:
        OcrError: there is none, or torch is missing.
    """
    insist_on_needs()
    from engines.digits.kit.runs import unfinished

    return unfinished(models, model)


def insist_on_needs(*more: str) -> None:
    """
    Raises:
        EngineUnavailable: libraries that only training uses are missing, or *more*.
    """
    missing = [name for name in (*NEEDS, *more) if find_spec(name) is None]
    if missing:
        raise EngineUnavailable(
            f"Training needs what is not installed here: {', '.join(missing)}. "
            "Run: pip install -r requirements/train.txt"
        )


def train_tesseract(
    plan: dict[str, Any], wishes: dict[str, Any], tell: Tell, say: Say
) -> dict[str, Any]:
    """Train a language for Tesseract, put it in its place and measure it; tables are
    said, all figures returned. *plan* and *wishes* are fields of
    ``engines.digits.kit.tesseract``: of its ``plan.Plan`` and ``making.Wish``.

    Raises:
        OcrError: Tesseract's programs or the fonts are missing, or a program failed.
    """
    from engines.digits.kit.tesseract.making import Wish, make
    from engines.digits.kit.tesseract.plan import Plan

    return make(Wish(Plan(**plan), **wishes), tell, say)


def finetune_recogniser(wishes: dict[str, Any], tell: Tell, say: Say) -> dict[str, Any]:
    """Train a recogniser for OpenOCR on a folder of lines and put it among its models;
    tables are said, all figures returned. *wishes* are fields of
    ``engines.openocr.kit.finetuning.Wish``.

    Raises:
        OcrError: libraries, lines or a base are missing, or the lines are no good.
    """
    insist_on_needs("safetensors")
    from engines.openocr.kit.finetuning import Wish, finetune

    return finetune(Wish(**wishes), tell, say)


def export_onnx(names: list[str], out: Path | None, check: bool, say: Say) -> None:
    """Write networks as ONNX and compare them with torch, or compare (*check*) files
    that are there already: see ``engines.openocr.kit.exporting``.

    Raises:
        OcrError: libraries or networks are missing, or one differs by more than 1e-4.
    """
    insist_on_needs("safetensors")
    from engines.openocr.kit.exporting import export_onnx as export

    export(names, out, check, say)
