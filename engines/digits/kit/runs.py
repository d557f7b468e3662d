"""Trainings in folders: begun, gone on with, ended by a report in words and a card."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from engines.digits.kit.checkpoints import has_checkpoint
from engines.digits.kit.corrections import Correction, Sorted, sort_out
from engines.digits.kit.line.training import REPORT, LinePlan, Step
from engines.digits.network import Network
from engines.digits.store import WEIGHTS, is_model
from engines.errors import EngineUnavailable, OcrError

PLAN, CARD = "plan.json", "card.md"
FEWEST = 20  # corrections to learn from: fewer change nothing but by chance
JUDGED = 300  # strings a level, or glyphs a class and level, for the figures
CALIBRATED = 10  # times as many crops for the table of how sure the network is

Tell = Callable[[float, str], None]  # the share that is done, and where it stands
Say = Callable[[str], None]
Wishes = dict[str, Any]


def wished(folder: Path, model: str, wishes: Wishes, resume: bool) -> Wishes:
    """*wishes*, and where a training goes on, those that it was begun with.

    Raises:
        OcrError: there is one in *folder* already, or none to go on with.
    """
    known = planned(folder)
    if resume:
        if known.get("model") != model:
            raise OcrError(f"There is no such training to go on with in {folder}.")
        return {**known["wishes"], **wishes}
    if known or has_checkpoint(folder):
        raise OcrError(
            f"There is a training in {folder} already: go on with it by --resume, "
            "or choose another folder by --out."
        )
    return wishes


def keep_plan(folder: Path, model: str, wishes: Wishes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PLAN).write_text(json.dumps({"model": model, "wishes": wishes}, indent=1))


def planned(folder: Path) -> Wishes:
    try:
        known: Wishes = json.loads((folder / PLAN).read_text())
    except (OSError, ValueError):
        return {}
    return known


def unfinished(models: Path, model: str) -> Path:
    """The training of *model* in *models* that was begun last and has no end.

    Raises:
        OcrError: there is none.
    """
    plans = [
        plan
        for plan in models.glob(f"*/{PLAN}")
        if not plan.with_name(REPORT).exists()
        and planned(plan.parent).get("model") == model
    ]
    if not plans:
        raise OcrError(f"There is no unfinished training in {models}.")
    return max(plans, key=lambda plan: plan.stat().st_mtime).parent


def run_cnn(folder: Path, wishes: Wishes, resume: bool, tell: Tell) -> str:
    """Train the classifier of single digits in *folder*; the report in words.

    Raises:
        OcrError: the folder holds a training by another plan, or fonts are missing.
    """
    from engines.digits.kit.cnn import CnnPlan, train_cnn
    from engines.digits.kit.cnn.report import told

    def hear(seen: int, total: int, loss: float) -> None:
        tell(seen / total, f"{seen:,} of {total:,} glyphs, loss {loss:.3f}")

    wishes = wished(folder, "cnn", wishes, resume)
    plan = CnnPlan(**wishes)
    keep_plan(folder, "cnn", wishes)
    return told(train_cnn(folder, plan, hear))


def run_line(folder: Path, wishes: Wishes, resume: bool, tell: Tell) -> str:
    """Train the line reader in *folder*; the report in words.

    Raises:
        FontsMissing: too few fonts are installed.
    """
    from engines.digits.kit.comparing import figures
    from engines.digits.kit.line.shipping import ship
    from engines.digits.kit.line.training import train_line

    wishes = wished(folder, "line", wishes, resume)
    keep_plan(folder, "line", wishes)
    judged = wishes.pop("judged", JUDGED)
    plan = LinePlan(**wishes)
    if plan.samples < plan.pool:  # no pool to wait for, no process to start
        plan = replace(plan, pool=plan.samples, workers=0)
    report = train_line(folder, plan, hearing(tell, plan))
    ship(folder, CALIBRATED * judged)
    words = (
        f"{report.samples:,} samples in {timedelta(seconds=round(report.seconds))}, "
        f"seed {plan.seed}, loss {report.loss:.3f}.\n\n{figures(folder, judged)}"
    )
    write_card(folder, "Line reader of numbers", words)
    return words


def run_tuning(
    folder: Path,
    corrections: Iterable[Correction],
    wishes: Wishes,
    resume: bool,
    tell: Tell,
    say: Say,
) -> bool:
    """Train the model in ``wishes["begin"]`` with *corrections* and compare the two;
    whether the new one, in *folder*, is better. A training goes on from its own.

    Raises:
        OcrError: there are too few corrections, no model, or fonts are missing.
    """
    from engines.digits.kit.comparing import compare, in_words, is_better, verdict
    from engines.digits.kit.line.shipping import ship
    from engines.digits.kit.tuning import tune, tuning_plan

    known = planned(folder).get("wishes", {})
    begin = Path(known.get("begin", wishes["begin"]))
    wishes = wished(folder, "tuned", {**wishes, "begin": str(begin)}, resume)
    found = sorted_out(corrections, begin)
    say(in_sentences(found))
    if len(found.learnt) < FEWEST:
        raise OcrError(
            f"There are too few corrections to learn from: {len(found.learnt)}. It "
            f"takes {FEWEST}."
        )
    keep_plan(folder, "tuned", wishes)
    judged = wishes.get("judged", JUDGED)
    plan = tuning_plan(len(found.learnt), wishes.get("samples"), wishes.get("seed", 1))
    plan = replace(plan, minutes=wishes.get("minutes"))
    tune(folder, found.learnt, begin, plan, hearing(tell, plan))
    ship(folder, CALIBRATED * judged)
    compared = compare(begin, folder, found.held_out, judged)
    words = f"{in_words(compared)}\n\n{verdict(compared)}"
    say(words)
    head = f"Begun with {begin.name}. {in_sentences(found)}"
    write_card(folder, "Line reader of numbers, tuned", f"{head}\n\n{words}")
    return is_better(compared)


def sorted_out(corrections: Iterable[Correction], begin: Path) -> Sorted:
    if not is_model(begin):
        raise EngineUnavailable(f"There are no weights in {begin} to begin with.")
    return sort_out(corrections, Network(begin / WEIGHTS))


def in_sentences(found: Sorted) -> str:
    words = f"Corrections: {len(found.learnt)} to learn from, {len(found.held_out)}"
    words += " held out."
    if found.broken:
        words += f" Left out, because the file of the crop is broken: {found.broken}."
    if found.unlike:
        words += " Left out, because the crop seems to show something else: "
        words += f"{found.unlike}."
    return words


def hearing(tell: Tell, plan: LinePlan) -> Callable[[Step], None]:
    """*tell* as the training of a *plan* reports to it."""

    def hear(step: Step) -> None:
        share = step.samples / step.total
        if plan.minutes:
            share = max(share, step.seconds / (60 * plan.minutes))
        words = f"{step.samples:,} of {step.total:,} samples, loss {step.loss:.3f}"
        tell(min(1.0, share), words)

    return hear


def write_card(folder: Path, title: str, words: str) -> None:
    """What the model in *folder* was made of and what it can do, for people."""
    wishes = planned(folder).get("wishes", {})
    text = (
        f"# {title}\n\nTrained by `manage.py train_digits` on numbers drawn with the "
        "typefaces of the side “train” in `engines/digits/kit/designs.csv`; measured "
        f"on designs of the side “held-out”.\nWishes: `{json.dumps(wishes)}`\n\n"
        f"```\n{words}\n```\n"
    )
    (folder / CARD).write_text(text, encoding="utf-8")
