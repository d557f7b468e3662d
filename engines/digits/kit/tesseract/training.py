"""Training with lstmtraining: stage by stage, from its last checkpoint on."""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engines.digits.kit.tesseract.language import Starter, starter
from engines.digits.kit.tesseract.lines import prepared
from engines.digits.kit.tesseract.plan import Plan, Stage
from engines.digits.kit.tesseract.programs import check_programs, lines_said, run
from engines.errors import EngineError

# "char" is what versions before 5.1 called it.
TOLD = re.compile(r"At iteration \d+/(\d+)/\d+,.* (?:BCER|char) train=([\d.]+)%")
TARGET = "0.01"  # percent of symbols wrong at which lstmtraining ends by itself

Tell = Callable[[float, str], None]  # the share that is done, and where it stands
Errors = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A trained language, and on the way: (iteration, share of symbols wrong) pairs."""

    traineddata: Path
    iterations: int
    errors: Errors


@dataclass(frozen=True)
class Run:
    """A training in *folder*, where it can be taken up again."""

    plan: Plan
    folder: Path
    tell: Tell

    @property
    def output(self) -> Path:
        return self.folder / "checkpoints" / self.plan.name

    @property
    def checkpoint(self) -> Path:
        return self.output.with_name(f"{self.plan.name}_checkpoint")

    @property
    def record(self) -> Path:
        return self.output.with_name(f"{self.plan.name}.csv")

    @cached_property
    def starter(self) -> Starter:
        return starter(self.plan.name, self.folder / "language")

    def errors(self) -> Errors:
        """What was told so far; nothing where there is no checkpoint to go on from."""
        if not self.checkpoint.exists() or not self.record.exists():
            return ()
        with self.record.open(encoding="utf-8", newline="") as file:
            return tuple((int(row[0]), float(row[1])) for row in csv.reader(file))


def train(plan: Plan, folder: Path, tell: Tell, fresh: bool = False) -> Report:
    """Train as *plan* says, on from what *folder* holds already unless *fresh*.

    Raises:
        EngineUnavailable: Tesseract's programs are not installed.
        FontsMissing: too few fonts are installed.
        EngineError: one of the programs failed.
    """
    check_programs()
    one = Run(plan, folder, tell)
    one.output.parent.mkdir(parents=True, exist_ok=True)
    if fresh or not one.errors():
        one.record.unlink(missing_ok=True)
        one.checkpoint.unlink(missing_ok=True)
    until = time.monotonic() + 60 * plan.minutes if plan.minutes else None
    for stage in plan.stages:
        if not learn(one, stage, until):
            break
    return finished(one)


def learn(one: Run, stage: Stage, until: float | None) -> bool:
    """Learn as *stage* says; whether there was time for all of it."""
    end = round(stage.until * one.plan.iterations)
    if reached(one) >= end:
        return True
    listed = one.output.with_suffix(".txt")
    listed.write_text("\n".join(lines_for(one, stage)) + "\n", encoding="utf-8")
    for iteration, error in told(one, listed, end):
        note(one, iteration, error)
        show(one, iteration, f"{100 * error:.1f} % of symbols wrong")
        if until and time.monotonic() > until:
            return reached(one) >= end
    return True


def lines_for(one: Run, stage: Stage) -> list[str]:
    """The files that *stage* learns from, drawn where they are not there yet."""
    here, files = reached(one), []
    for lot in stage.lots:
        for path in prepared(one.plan.limited(lot), one.folder / "lines"):
            files.append(str(path))
            show(one, here, f"{path.name} drawn")
    return files


def reached(one: Run) -> int:
    errors = one.errors()
    return errors[-1][0] if errors else 0


def told(one: Run, listed: Path, end: int) -> Iterator[tuple[int, float]]:
    """Run lstmtraining; after each checkpoint, its iteration and the share of wrong."""
    net = one.plan.net.format(classes=one.starter.classes)
    command = (
        *("lstmtraining", "--traineddata", str(one.starter.traineddata)),
        *("--net_spec", net, "--model_output", str(one.output)),
        *("--learning_rate", str(one.plan.rate)),
        *("--train_listfile", str(listed), "--max_iterations", str(end)),
        *("--target_error_rate", TARGET),
    )
    for line in lines_said(*command, folder=one.folder):
        if match := TOLD.search(line):
            yield int(match[1]), float(match[2]) / 100


def note(one: Run, iteration: int, error: float) -> None:
    with one.record.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow((iteration, f"{error:.5f}"))


def show(one: Run, iteration: int, where: str) -> None:
    total = one.plan.iterations
    one.tell(min(1.0, iteration / total), f"{iteration} of {total}, {where}")


def finished(one: Run) -> Report:
    """The language as it reads now, from the last checkpoint."""
    errors = one.errors()
    if not errors:
        raise EngineError("The time was too short for a single checkpoint.")
    target = one.folder / f"{one.plan.name}.traineddata"
    whole = ("--convert_to_int",) if one.plan.is_whole else ()
    run(
        *("lstmtraining", "--stop_training", *whole),
        *("--continue_from", str(one.checkpoint)),
        *("--traineddata", str(one.starter.traineddata)),
        *("--model_output", str(target)),
        folder=one.folder,
    )
    return Report(target, errors[-1][0], errors)
