"""Training of the line reader: resumable, from samples made by seed."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from itertools import count
from math import cos, pi
from pathlib import Path
from random import Random

import torch
from torch import nn
from torch.nn import functional

from engines.digits.alphabet import BLANK
from engines.digits.kit.checkpoints import (
    has_checkpoint,
    load_checkpoint,
    save_checkpoint,
)
from engines.digits.kit.line.batches import Batch, Example, batches, examples
from engines.digits.kit.line.export import export_line
from engines.digits.kit.line.net import LineNet

WEIGHTS, REPORT = "line.onnx", "report.json"
KEEP_EVERY = 60.0  # seconds between checkpoints
WARM_UP = 0.02  # of all samples, while the rate rises
FLOOR = 0.01  # of the rate that is left at the end
SMOOTH = 0.998  # of the averaged weights that each step keeps
CLIP = 2.0


@dataclass(frozen=True, slots=True)
class LinePlan:
    """What to train; ``minutes`` ends it early, at a rate that has not come down."""

    samples: int = 400_000
    seed: int = 1
    rate: float = 2e-3
    first: int = 0  # the number of the first sample; tuning begins behind the easy ones
    workers: int = 1  # processes that make samples; 0: the training one itself
    uses: int = 2  # times that each sample is shown
    pool: int = 4_096
    minutes: float | None = None
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    samples: int
    total: int
    loss: float
    rate: float
    seconds: float


@dataclass(frozen=True, slots=True)
class LineReport:
    """How it went; ``losses`` holds (samples, loss) pairs."""

    samples: int
    seconds: float
    loss: float
    losses: tuple[tuple[int, float], ...]


class Trainer:
    """The network, its average over time, and all that a checkpoint keeps."""

    def __init__(self, plan: LinePlan) -> None:
        torch.manual_seed(plan.seed)
        torch.set_num_threads(plan.threads)
        self.plan = plan
        self.net = LineNet()
        # torch's stubs know this form for tensors alone; its documentation has it here.
        self.net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.mean = LineNet()
        self.mean.load_state_dict(self.net.state_dict())
        self.tune = torch.optim.AdamW(
            self.net.parameters(), plan.rate, weight_decay=0.01
        )
        self.seen, self.seconds = 0, 0.0
        self.losses: list[tuple[int, float]] = []

    def rate(self) -> float:
        """Up for a little, then down along a cosine."""
        done = min(1.0, self.seen / self.plan.samples)
        if done < WARM_UP:
            return self.plan.rate * max(0.02, done / WARM_UP)
        fall = (done - WARM_UP) / (1 - WARM_UP)
        return self.plan.rate * (FLOOR + (1 - FLOOR) * (1 + cos(pi * fall)) / 2)

    def learn(self, batch: Batch) -> float:
        """One step; the loss before it."""
        self.net.train()
        for group in self.tune.param_groups:
            group["lr"] = self.rate()
        with torch.autocast("cpu", torch.bfloat16):
            scores = self.net(batch.crops)
        loss = functional.ctc_loss(
            scores.transpose(0, 1),
            batch.classes,
            batch.frames,
            batch.lengths,
            BLANK,
            zero_infinity=True,
        )
        self.tune.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch ships it so
        nn.utils.clip_grad_norm_(self.net.parameters(), CLIP)
        self.tune.step()
        self.seen += len(batch)
        self.average()
        return float(loss.detach())

    @torch.no_grad()
    def average(self) -> None:
        """Weights averaged over the last steps read better than the last ones."""
        keep = min(SMOOTH, self.seen / (self.seen + 4_000))
        for kept, new in zip(
            self.mean.state_dict().values(), self.net.state_dict().values(), strict=True
        ):
            if kept.dtype.is_floating_point:
                kept.lerp_(new, 1 - keep)
            else:
                kept.copy_(new)

    def keep(self, folder: Path) -> None:
        state = {
            "net": self.net.state_dict(),
            "mean": self.mean.state_dict(),
            "tune": self.tune.state_dict(),
            "seen": self.seen,
            "seconds": self.seconds,
            "losses": self.losses,
        }
        save_checkpoint(folder, state)

    def resume(self, folder: Path) -> None:
        state = load_checkpoint(folder)
        self.net.load_state_dict(state["net"])
        self.mean.load_state_dict(state["mean"])
        self.tune.load_state_dict(state["tune"])
        self.seen, self.seconds = state["seen"], state["seconds"]
        self.losses = [(int(seen), float(loss)) for seen, loss in state["losses"]]


def train_line(
    folder: Path,
    plan: LinePlan,
    tell: Callable[[Step], None] = lambda step: None,
    start: LineNet | None = None,
    source: Iterable[Example] | None = None,
) -> LineReport:
    """Train in *folder*, or go on where it was left, and write the weights there.

    *start* gives weights to begin with, *source* other examples than the made ones.
    Left by an exception (Ctrl+C, too) it keeps a checkpoint first.

    Raises:
        FontsMissing: too few fonts are installed to make samples.
    """
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("GOMP_SPINCOUNT", "0")  # other processes need the cores
    trainer = Trainer(plan)
    if has_checkpoint(folder):
        trainer.resume(folder)
    elif start is not None:
        trainer.net.load_state_dict(start.state_dict())
        trainer.mean.load_state_dict(start.state_dict())
    try:
        _run(trainer, folder, tell, source)
    finally:
        trainer.keep(folder)
    export_line(trainer.mean, folder / WEIGHTS)
    last = trainer.losses[-1][1] if trainer.losses else float("nan")
    report = LineReport(trainer.seen, trainer.seconds, last, tuple(trainer.losses))
    (folder / REPORT).write_text(json.dumps({"plan": asdict(plan), **asdict(report)}))
    return report


def _run(
    trainer: Trainer,
    folder: Path,
    tell: Callable[[Step], None],
    source: Iterable[Example] | None,
) -> None:
    plan = trainer.plan
    first = plan.first + plan.seed * 10_000_000 * bool(plan.first)
    if source is None:
        source = examples(count(first + trainer.seen // plan.uses), plan.workers)
    random = Random(plan.seed + trainer.seen)
    began, kept, recent = time.monotonic() - trainer.seconds, time.monotonic(), 0.0
    for batch in batches(source, random, plan.pool, plan.uses):
        loss = trainer.learn(batch)
        recent = loss if not recent else recent + (loss - recent) * 0.02
        now = time.monotonic()
        trainer.seconds = now - began
        tell(Step(trainer.seen, plan.samples, recent, trainer.rate(), now - began))
        if now - kept > KEEP_EVERY:
            trainer.losses.append((trainer.seen, round(recent, 4)))
            trainer.keep(folder)
            kept = now
        is_late = plan.minutes is not None and now - began > plan.minutes * 60
        if trainer.seen >= plan.samples or is_late:
            break
    trainer.losses.append((trainer.seen, round(recent, 4)))
