"""A recogniser from a folder of lines: begun, gone on with, measured, put in place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from torch import nn

from engines.digits.kit.evaluation.tables import percent, table
from engines.errors import OcrError
from engines.openocr.kit.bases import Base, as_it_was, base_called, started
from engines.openocr.kit.curves import write_curve
from engines.openocr.kit.lines import Lines, read_lines
from engines.openocr.kit.networks import classes_of
from engines.openocr.kit.scoring import Score, readings, score
from engines.openocr.kit.training import Plan, Tell, Trainer, train
from engines.openocr.weights import OWN, WEIGHTS, Architecture, models_folder
from engines.openocr.weights import write_recogniser as write

PLAN, REPORT = "plan.json", "report.json"
TRAINING = "training"  # the folder in a recogniser's own that all this lies in
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
ANEW, ON = 1e-3, 4e-4  # rates of learning: from nothing, from a base
EPOCHS = 20

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; with ``resume`` the rest stays as it was begun."""

    lines: Path
    name: str
    base: str = ""
    architecture: Architecture | None = None
    epochs: int | None = None
    minutes: float | None = None
    seed: int = 1
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """A training as its folder keeps it."""

    base: str
    architecture: Architecture
    weights: str
    known: Sequence[str]  # what the base writes; nothing: what OpenOCR itself does
    lines: str  # their digest
    epochs: int | None
    minutes: float | None
    seed: int
    rate: float

    def as_base(self) -> Base:
        weights = Path(self.weights) if self.weights else None
        return Base(self.base, self.architecture, tuple(self.known), weights)

    def plan(self) -> Plan:
        return Plan(self.epochs, self.minutes, self.seed, self.rate)


def finetune(wish: Wish, tell: Tell, say: Say) -> dict[str, Any]:
    """Train the recogniser of *wish* and put it among OpenOCR's models; all figures.

    Raises:
        OcrError: the lines, the base, or the name are no good.
    """
    own = place_of(wish.name)
    folder = own / TRAINING
    lines = read_lines(wish.lines)
    say(in_sentences(lines))
    begun = gone_on(folder, lines) if wish.resume else planned(folder, wish, lines)
    base = begun.as_base()
    net, characters = started(base, set(lines.texts()), begun.seed)
    say(begun_with(base, characters))
    keep_plan(folder, begun)
    trainer = Trainer(begun.plan(), net, classes_of(characters), lines)
    before = measured_before(folder, base, begun.seed, characters, lines)

    def ended(trainer: Trainer) -> None:
        write_curve(folder, trainer.curve, before.cer)

    train(trainer, folder, tell, ended)
    after = trainer.measured()
    write(own, base.architecture, characters, weights_of(trainer.net))
    say(compared(before, after))
    figures = {
        "before": asdict(before),
        "after": asdict(after),
        "learnt": len(lines.learnt),
        "characters": len(characters),
        "begun": asdict(begun),
        "curve": [asdict(point) for point in trainer.curve],
    }
    write_json(folder / REPORT, figures)
    return figures


def place_of(name: str) -> Path:
    """The folder of the recogniser *name*.

    Raises:
        OcrError: nothing can be called so.
    """
    if not NAME.fullmatch(name) or name in OWN:
        raise OcrError(
            f"A recogniser cannot be called “{name}”: take small letters, digits, - "
            f"and _, 40 at most, and none of {', '.join(OWN)}."
        )
    return models_folder() / name


def planned(folder: Path, wish: Wish, lines: Lines) -> Begun:
    """What shall be trained in *folder*.

    Raises:
        OcrError: something lies there already, or there is no such base.
    """
    if (folder / PLAN).exists() or (folder.parent / WEIGHTS).exists():
        raise OcrError(
            f"There is a recogniser “{wish.name}” already: go on with its training by "
            "--resume, or choose another name."
        )
    base = base_called(wish.base, wish.architecture)
    epochs = wish.epochs if wish.epochs or wish.minutes else EPOCHS
    return Begun(
        base.label,
        base.architecture,
        str(base.weights or ""),
        base.characters,
        lines.digest(),
        epochs,
        wish.minutes,
        wish.seed,
        ON if base.weights else ANEW,
    )


def keep_plan(folder: Path, begun: Begun) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / PLAN, asdict(begun))


def write_json(path: Path, told: dict[str, Any]) -> None:
    """Write *path* in one step: a half of it would be none."""
    part = path.with_name(f"{path.name}.part")
    text = json.dumps(told, indent=1, ensure_ascii=False)
    part.write_text(f"{text}\n", encoding="utf-8")
    part.replace(path)


def gone_on(folder: Path, lines: Lines) -> Begun:
    """What was begun in *folder*.

    Raises:
        OcrError: nothing was, or with other lines.
    """
    name = folder.parent.name
    try:
        begun = Begun(**json.loads((folder / PLAN).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise OcrError(f"No training of “{name}” was begun to go on with.") from error
    if begun.lines != lines.digest():
        raise OcrError(
            f"The training of “{name}” was begun with other lines: go on with the same "
            "ones, or choose another name."
        )
    return begun


def measured_before(
    folder: Path, base: Base, seed: int, characters: tuple[str, ...], lines: Lines
) -> Score:
    """What *base* reads on the held-out lines, untrained."""
    known = folder / "before.json"
    if known.is_file():
        return Score(**json.loads(known.read_text(encoding="utf-8")))
    net, classes = as_it_was(base, seed, characters)
    found = score(readings(net, classes, lines.held_out), lines.held_out)
    write_json(known, asdict(found))
    return found


def weights_of(net: nn.Module) -> dict[str, Any]:
    return {name: tensor.cpu() for name, tensor in net.state_dict().items()}


def in_sentences(lines: Lines) -> str:
    words = f"Lines: {len(lines.learnt)} to learn from, {len(lines.held_out)} held out."
    for why, count in sorted(lines.left_out.items()):
        words += f" Left out, because {why}: {count}."
    return words


def begun_with(base: Base, characters: tuple[str, ...]) -> str:
    if base.weights is None:
        return (
            f"Begun with weights drawn by lot ({base.architecture}), to write "
            f"{len(characters)} characters: {''.join(characters)}"
        )
    words = f"Begun with {base.label} ({base.architecture})."
    known = len(classes_of(base.characters)) - 2
    more = "".join(characters[known:])
    return f"{words} Characters that it learns besides: {more}" if more else words


def compared(before: Score, after: Score) -> str:
    """A table of both, and which is better in a sentence."""
    rows = [
        (name, one.lines, percent(one.cer), percent(one.exact))
        for name, one in (("before", before), ("after", after))
    ]
    head = ("held-out lines", "count", "CER %", "exact %")
    return f"{table(head, rows)}\n\n{verdict(before, after)}"


def verdict(before: Score, after: Score) -> str:
    if after.cer < before.cer:
        share = 1 - after.cer / before.cer
        return f"It reads better than before: {share:.0%} of the errors are gone."
    if after.cer > before.cer:
        return "It reads worse than before: more lines or more time may help."
    return "It reads as well as before."
