"""Training of a recogniser by CTC, epoch by epoch; each ends in a whole checkpoint.

All that is drawn by lot in an epoch follows from the seed and its number: a training
that was broken off anywhere and goes on ends with the same weights.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from math import cos, pi
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engines.digits.kit.checkpoints import (
    has_checkpoint,
    load_checkpoint,
    save_checkpoint,
)
from engines.openocr.kit.characters import BLANK, numbers
from engines.openocr.kit.lines import Line, Lines
from engines.openocr.kit.pictures import NARROWEST, as_input, varied
from engines.openocr.kit.scoring import Score, readings, score

WARM_UP = 0.05  # of the training, while the rate rises
FLOOR = 0.01  # of the rate that is left at the end
CLIP = 2.0
DECAY = 0.01
POOL = 12  # batches whose lines are sorted by width together
# Of batches are filled up to 320 columns by the end, as every line is when read. From
# the beginning it would cost twice the time, and CTC stay on its plateau of blanks.
FILLED = 0.6
WIDTHS = 32  # a batch is so many columns wide, or twice, ...: each width is compiled
PLAIN = 0.25  # of lines are shown as they are
MANY = 1_000_003  # more epochs than any training has

Tell = Callable[[float, str], None]  # the share that is done, and where it stands


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train: as many ``epochs``, or as many as go into ``minutes``."""

    epochs: int | None = None
    minutes: float | None = None
    seed: int = 1
    rate: float = 1e-3
    batch: int = 16


@dataclass(frozen=True, slots=True)
class Point:
    """One of the curve: after an epoch, its mean loss, and what is read held out."""

    epoch: int
    steps: int
    seconds: float
    loss: float
    cer: float
    exact: float


class Trainer:
    """The network and all that a checkpoint keeps."""

    def __init__(
        self, plan: Plan, net: nn.Module, classes: Sequence[str], lines: Lines
    ) -> None:
        self.plan, self.classes, self.lines = plan, classes, lines
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        # torch's stubs know this form for tensors alone; its documentation has it here.
        net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.net = net.to(self.device)
        self.tune = torch.optim.AdamW(net.parameters(), plan.rate, weight_decay=DECAY)
        self.steps, self.seconds = 0, 0.0
        self.curve: list[Point] = []

    @property
    def epoch(self) -> int:
        return self.curve[-1].epoch if self.curve else 0

    @property
    def each(self) -> int:
        """Batches of an epoch."""
        return -(-len(self.lines.learnt) // self.plan.batch)

    def done(self) -> float:
        """The share of the training, 0..1."""
        if self.plan.minutes:
            return min(1.0, self.seconds / 60 / self.plan.minutes)
        return min(1.0, self.steps / (self.each * (self.plan.epochs or 1)))

    def rate(self) -> float:
        """Up for a little, then down along a cosine."""
        done = self.done()
        if done < WARM_UP:
            return self.plan.rate * max(0.05, done / WARM_UP)
        fall = (done - WARM_UP) / (1 - WARM_UP)
        return self.plan.rate * (FLOOR + (1 - FLOOR) * (1 + cos(pi * fall)) / 2)

    def run_epoch(self, tell: Tell) -> None:
        """The next one; shorter where its minutes are over."""
        epoch = self.epoch + 1
        torch.manual_seed(self.plan.seed * MANY + epoch)
        losses = []
        began = time.monotonic() - self.seconds
        for batch in batches(self.lines.learnt, self.plan, epoch, self.done()):
            losses.append(self.learn(*batch))
            self.steps += 1
            self.seconds = time.monotonic() - began
            told = (
                f"epoch {epoch}, step {self.steps:,}, loss {np.mean(losses[-50:]):.3f}"
            )
            tell(self.done(), told)
            if self.plan.minutes and self.done() >= 1:
                break
        found = self.measured()
        self.seconds = time.monotonic() - began
        mean = round(float(np.mean(losses)), 5)
        seconds = round(self.seconds, 1)
        self.curve.append(
            Point(epoch, self.steps, seconds, mean, found.cer, found.exact)
        )

    def learn(self, crops: Tensor, texts: Sequence[str]) -> float:
        """One step; the loss before it."""
        self.net.train()
        for group in self.tune.param_groups:
            group["lr"] = self.rate()
        with torch.autocast(self.device.type, torch.bfloat16):
            crops = crops.to(self.device, memory_format=torch.channels_last)
            scores = self.net(crops)
        classes = [numbers(text, self.classes) for text in texts]
        loss = functional.ctc_loss(
            scores.float().cpu().log_softmax(2).transpose(0, 1),
            torch.tensor([name for text in classes for name in text]),
            torch.full((len(texts),), scores.shape[1]),
            torch.tensor([len(text) for text in classes]),
            BLANK,
            zero_infinity=True,
        )
        self.tune.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch ships it so
        nn.utils.clip_grad_norm_(self.net.parameters(), CLIP)
        self.tune.step()
        return float(loss.detach())

    def measured(self) -> Score:
        held = self.lines.held_out
        return score(readings(self.net, self.classes, held), held)

    def keep(self, folder: Path) -> None:
        state = {
            "net": self.net.state_dict(),
            "tune": self.tune.state_dict(),
            "steps": self.steps,
            "seconds": self.seconds,
            "curve": [astuple(point) for point in self.curve],
        }
        save_checkpoint(folder, state)

    def resume(self, folder: Path) -> None:
        state = load_checkpoint(folder)
        self.net.load_state_dict(state["net"])
        self.tune.load_state_dict(state["tune"])
        self.steps, self.seconds = state["steps"], state["seconds"]
        self.curve = [Point(*point) for point in state["curve"]]


def train(
    trainer: Trainer,
    folder: Path,
    tell: Tell = lambda share, where: None,
    ended: Callable[[Trainer], None] = lambda trainer: None,
) -> None:
    """Train in *folder*, or go on where it was left; *ended* is called by each epoch
    once its checkpoint is there."""
    folder.mkdir(parents=True, exist_ok=True)
    if has_checkpoint(folder):
        trainer.resume(folder)
        ended(trainer)
    while trainer.done() < 1:
        trainer.run_epoch(tell)
        trainer.keep(folder)
        ended(trainer)


def batches(
    lines: Sequence[Line], plan: Plan, epoch: int, done: float
) -> Iterator[tuple[Tensor, list[str]]]:
    """All *lines* once, in an order and with wear that *epoch* decides; *done* is the
    share of the training before it."""
    random = Random(f"{plan.seed} {epoch}")
    order = random.sample(range(len(lines)), len(lines))
    for first in range(0, len(order), plan.batch * POOL):
        pool = sorted(
            order[first : first + plan.batch * POOL],
            key=lambda number: lines[number].pixels.shape[1],
        )
        groups = [pool[i : i + plan.batch] for i in range(0, len(pool), plan.batch)]
        for group in random.sample(groups, len(groups)):
            least = NARROWEST if random.random() < FILLED * done else 0
            yield shown(lines, group, plan, epoch, least)


def shown(
    lines: Sequence[Line], group: Sequence[int], plan: Plan, epoch: int, least: int
) -> tuple[Tensor, list[str]]:
    """The lines of *group* as they are seen in *epoch*, and their texts."""
    crops = []
    for number in group:
        lot = np.random.default_rng([plan.seed, epoch, number])
        pixels = lines[number].pixels
        crops.append(pixels if lot.random() < PLAIN else varied(lot, pixels))
    widest = max(crop.shape[1] for crop in crops)
    least = max(least, -(-widest // WIDTHS) * WIDTHS)
    return as_input(crops, least), [lines[number].text for number in group]
