"""Training of the classifier: epoch by epoch, resumable, the same again by its seed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from math import cos, pi
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from engines.digits.kit.checkpoints import (
    has_checkpoint,
    load_checkpoint,
    save_checkpoint,
)
from engines.digits.kit.cnn.export import export
from engines.digits.kit.cnn.glyphs import CLASSES, make_glyph
from engines.digits.kit.cnn.net import CHANNELS, SIDE, OCRModel
from engines.digits.kit.cnn.report import CnnReport, judge, write_report
from engines.errors import OcrError

MIX = {"clean": 0.3, "medium": 0.5, "hard": 0.2}
FLOOR = 0.02  # of the rate that is left at the end
UNSEEN = 20_000_000  # the number of the first glyph that is measured and not learned
BATCHES_UNSEEN = 0.05  # of the samples of a class, at least one

Tell = Callable[[int, int, float], None]


@dataclass(frozen=True, slots=True)
class CnnPlan:
    """What to train: ``samples`` and ``judged`` count glyphs a class."""

    samples: int = 8_000
    epochs: int = 8
    seed: int = 1
    batch: int = 64
    rate: float = 1e-3
    judged: int = 200  # held-out glyphs a class and level, in the report
    threads: int = 1

    def __post_init__(self) -> None:
        if min(self.samples, self.epochs, self.batch, self.judged, self.threads) < 1:
            raise OcrError("A training needs one sample, epoch, batch and thread.")

    @property
    def total(self) -> int:
        return self.samples * len(CLASSES) * self.epochs


class Glyphs:
    """Glyphs by number, drawn when first asked for: class by class, in turn."""

    def __init__(self, first: int, count: int) -> None:
        self.first, self.count = first, count
        self.known: dict[int, NDArray[np.uint8]] = {}

    def pixels(self, number: int) -> NDArray[np.uint8]:
        if number not in self.known:
            seed = self.first + number // len(CLASSES)
            char = CLASSES[number % len(CLASSES)]
            lot = Random(f"{seed} {char}")
            level = lot.choices(list(MIX), list(MIX.values()))[0]
            self.known[number] = make_glyph(seed, char, level=level).pixels
        return self.known[number]

    def batches(
        self, size: int, order: Random | None
    ) -> Iterator[tuple[Tensor, Tensor]]:
        """All of them once: (n, 3, 32, 32) ink 0..1, and their classes."""
        numbers = list(range(self.count))
        if order:
            order.shuffle(numbers)
        for first in range(0, self.count, size):
            chosen = numbers[first : first + size]
            pixels = np.stack([self.pixels(number) for number in chosen])
            names = [number % len(CLASSES) for number in chosen]
            yield as_input(pixels), torch.tensor(names)


def as_input(pixels: NDArray[np.uint8]) -> Tensor:
    """(N, 32, 32) ink 0..255 as the network takes it."""
    ink = torch.from_numpy(pixels).float().div(255)[:, None]
    return ink.expand(-1, CHANNELS, SIDE, SIDE).contiguous()


class Trainer:
    """The network and all that a checkpoint keeps."""

    def __init__(self, plan: CnnPlan) -> None:
        torch.manual_seed(plan.seed)
        torch.set_num_threads(plan.threads)
        self.plan = plan
        self.net = OCRModel(len(CLASSES))
        self.tune = torch.optim.Adam(self.net.parameters(), plan.rate)
        self.epoch, self.seconds = 0, 0.0
        self.losses: list[tuple[int, float]] = []
        self.losses_unseen: list[tuple[int, float]] = []
        each = len(CLASSES)
        self.glyphs = Glyphs(plan.seed * 1_000_000, plan.samples * each)
        few = max(1, round(plan.samples * BATCHES_UNSEEN)) * each
        self.unseen = Glyphs(UNSEEN + plan.seed * 1_000_000, few)

    def run_epoch(self, tell: Tell) -> None:
        """All glyphs once, in an order that the seed and the epoch give."""
        began = time.monotonic()
        lot = f"{self.plan.seed} {self.epoch}"
        # Dropout, too, is to be the same after a resumption.
        torch.manual_seed(Random(lot).getrandbits(63))
        seen = self.epoch * self.glyphs.count
        total = 0.0
        for crops, names in self.glyphs.batches(self.plan.batch, Random(lot)):
            loss = self.learn(crops, names, seen)
            seen += len(names)
            total += loss * len(names)
            tell(seen, self.plan.total, loss)
        self.epoch += 1
        self.losses.append((seen, total / self.glyphs.count))
        self.losses_unseen.append((seen, self.measured()))
        self.seconds += time.monotonic() - began

    def learn(self, crops: Tensor, names: Tensor, seen: int) -> float:
        """One step; the loss before it."""
        self.net.train()
        fall = (1 + cos(pi * seen / self.plan.total)) / 2
        for group in self.tune.param_groups:
            group["lr"] = self.plan.rate * (FLOOR + (1 - FLOOR) * fall)
        loss = functional.cross_entropy(self.net(crops), names)
        self.tune.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch ships it so
        self.tune.step()
        return float(loss.detach())

    @torch.no_grad()
    def measured(self) -> float:
        self.net.eval()
        total = 0.0
        for crops, names in self.unseen.batches(self.plan.batch, None):
            total += float(
                functional.cross_entropy(self.net(crops), names, reduction="sum")
            )
        return total / self.unseen.count

    @torch.no_grad()
    def classify(self, pixels: NDArray[np.uint8]) -> NDArray[np.intp]:
        self.net.eval()
        return np.asarray(self.net(as_input(pixels)).argmax(1).numpy(), np.intp)

    def keep(self, folder: Path) -> None:
        state = {
            "plan": asdict(self.plan),
            "net": self.net.state_dict(),
            "tune": self.tune.state_dict(),
            "epoch": self.epoch,
            "seconds": self.seconds,
            "losses": self.losses,
            "losses_unseen": self.losses_unseen,
        }
        save_checkpoint(folder, state)

    def resume(self, folder: Path) -> None:
        """
        Raises:
            OcrError: another plan was begun in *folder*.
        """
        state = load_checkpoint(folder)
        if state["plan"] != asdict(self.plan):
            raise OcrError(
                f"Another training was begun in “{folder}”: choose an empty folder, or"
                f" the same plan as there ({state['plan']})."
            )
        self.net.load_state_dict(state["net"])
        self.tune.load_state_dict(state["tune"])
        self.epoch, self.seconds = state["epoch"], state["seconds"]
        self.losses = [(seen, loss) for seen, loss in state["losses"]]
        self.losses_unseen = [(seen, loss) for seen, loss in state["losses_unseen"]]


def train_cnn(
    folder: Path, plan: CnnPlan, tell: Tell = lambda seen, total, loss: None
) -> CnnReport:
    """Train in *folder*, or go on behind the last whole epoch there.

    *tell* hears of each step: glyphs seen, glyphs in all, and the loss. The folder gets
    ``model.ts``, ``model.onnx``, ``report.json``, ``report.txt`` and two pictures.

    Raises:
        OcrError: the folder holds a training by another plan.
        FontsMissing: too few fonts are installed to draw glyphs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(plan)
    if has_checkpoint(folder):
        trainer.resume(folder)
    while trainer.epoch < plan.epochs:
        trainer.run_epoch(tell)
        trainer.keep(folder)
    export(trainer.net, folder)
    report = CnnReport(
        trainer.epoch * trainer.glyphs.count,
        trainer.seconds,
        tuple(trainer.losses),
        tuple(trainer.losses_unseen),
        judge(trainer.classify, plan.judged),
    )
    write_report(folder, report, asdict(plan))
    return report
