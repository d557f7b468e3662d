"""Training with lstmtraining: stage by stage, from its last checkpoint on.

lstmtraining keeps the rate that a checkpoint was made with. It takes another one where
it begins a model anew from an older one's weights, and counts from 0 again there. So
where the rate changes, the checkpoint is set aside to begin from, and the record tells
how many iterations came before.
"""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from engines.digits.kit.tesseract.language import Starter, starter
from engines.digits.kit.tesseract.lines import prepared
from engines.digits.kit.tesseract.plan import RATE, Plan, Stage
from engines.digits.kit.tesseract.programs import check_programs, lines_said, run
from engines.errors import EngineError

# "char" is what versions before 5.1 called it.
TOLD = re.compile(r"At iteration \d+/(\d+)/\d+,.* (?:BCER|char) train=([\d.]+)%")
# Percent of symbols wrong at which lstmtraining ends by itself: never. Where a rate
# begins, a hundred lines in a row may well be right by chance.
TARGET = "-1"

Tell = Callable[[float, str], None]  # the share that is done, and where it stands
Errors = tuple[tuple[int, float], ...]


class Row(NamedTuple):
    """What is recorded after each checkpoint."""

    iteration: int
    error: float
    rate: float = RATE  # the only one where records have no such column


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
    def before(self) -> Path:
        """The last checkpoint of another rate: what this rate began from."""
        return self.output.with_name(f"{self.plan.name}_before")

    @property
    def record(self) -> Path:
        return self.output.with_name(f"{self.plan.name}.csv")

    @property
    def latest(self) -> Path:
        """The checkpoint to go on from."""
        return self.checkpoint if self.checkpoint.exists() else self.before

    @cached_property
    def starter(self) -> Starter:
        return starter(self.plan.name, self.folder / "language")

    def rows(self) -> list[Row]:
        """What was told so far; nothing where there is no checkpoint to go on from."""
        if not self.latest.exists() or not self.record.exists():
            return []
        with self.record.open(encoding="utf-8", newline="") as file:
            return [Row(int(row[0]), *map(float, row[1:])) for row in csv.reader(file)]

    def errors(self) -> Errors:
        return tuple((row.iteration, row.error) for row in self.rows())

    def forget(self) -> None:
        for path in (self.record, self.checkpoint, self.before):
            path.unlink(missing_ok=True)


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
        one.forget()
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
    already = at_rate(one, stage.rate)
    for since, error in told(one, listed, end - already, stage.rate):
        iteration = already + since
        note(one, Row(iteration, error, stage.rate))
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


def at_rate(one: Run, rate: float) -> int:
    """Make ready to go on with *rate*; how many iterations were done before it."""
    rows = one.rows()
    if rows and rows[-1].rate != rate and one.checkpoint.exists():
        one.checkpoint.replace(one.before)
    same = sum(1 for _ in takewhile(lambda row: row.rate == rate, reversed(rows)))
    others = rows[: len(rows) - same]
    return others[-1].iteration if others else 0


def told(one: Run, listed: Path, most: int, rate: float) -> Iterator[tuple[int, float]]:
    """Run lstmtraining for *most* iterations at *rate*; after each checkpoint, the
    iterations since *rate* began and the share of wrong."""
    command = (
        *("lstmtraining", "--traineddata", str(one.starter.traineddata)),
        *("--model_output", str(one.output), *beginning(one)),
        *("--learning_rate", str(rate)),
        *("--train_listfile", str(listed), "--max_iterations", str(most)),
        *("--target_error_rate", TARGET),
    )
    for line in lines_said(*command, folder=one.folder):
        if match := TOLD.search(line):
            yield int(match[1]), float(match[2]) / 100


def beginning(one: Run) -> tuple[str, ...]:
    """What lstmtraining begins with where there is no checkpoint at this rate yet."""
    if one.before.exists():
        return ("--continue_from", str(one.before), "--reset_learning_rate")
    return ("--net_spec", one.plan.net.format(classes=one.starter.classes))


def note(one: Run, row: Row) -> None:
    with one.record.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow((row.iteration, f"{row.error:.5f}", row.rate))


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
        *("--continue_from", str(one.latest)),
        *("--traineddata", str(one.starter.traineddata)),
        *("--model_output", str(target)),
        folder=one.folder,
    )
    return Report(target, errors[-1][0], errors)
