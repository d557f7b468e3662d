"""Training that goes on with corrections: beside made samples, so that nothing is
forgotten, at a small rate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from random import Random

from PIL import Image, ImageEnhance, ImageFilter

from engines.digits.kit.evaluation.types import Labelled
from engines.digits.kit.line.batches import EASY, Example, example_of, examples
from engines.digits.kit.line.net import LineNet
from engines.digits.kit.line.training import LinePlan, LineReport, Step, train_line
from engines.digits.kit.line.weights import load_from_onnx
from engines.digits.store import FLOAT, WEIGHTS

RATE = 2e-4  # a tenth of that of training from nothing
SHARE = 0.35  # of what is shown are corrections, the rest is made
POOL = 512
TIMES = 40  # that each correction is shown, each time otherwise worn
LEAST, MOST = 2_000, 40_000  # samples in all, corrections and made ones


def tuning_plan(
    corrections: int, samples: int | None = None, seed: int = 1
) -> LinePlan:
    """How long to train with so many *corrections*."""
    fit = round(min(MOST, max(LEAST, corrections * TIMES / SHARE)))
    return LinePlan(
        samples=samples or fit, seed=seed, rate=RATE, workers=0, uses=1, pool=POOL
    )


def tune(
    folder: Path,
    corrections: Sequence[Labelled],
    begin: Path,
    plan: LinePlan,
    tell: Callable[[Step], None] = lambda step: None,
) -> LineReport:
    """Train in *folder* with *corrections*, from the weights of the model in *begin*.

    Raises:
        EngineError: those are no weights to begin with.
        FontsMissing: too few fonts are installed to make samples.
    """
    net = LineNet()
    whole = begin / FLOAT
    load_from_onnx(net, whole if whole.is_file() else begin / WEIGHTS)
    # Seeds that no training from nothing has used: nothing easy, nothing seen before.
    made = examples(count(EASY + (900 + plan.seed) * 10_000_000), plan.workers)
    source = mixed(corrections, made, Random(plan.seed))
    return train_line(folder, plan, tell, start=net, source=source)


def mixed(
    corrections: Sequence[Labelled], made: Iterable[Example], random: Random
) -> Iterator[Example]:
    """*made* examples, and among them *corrections*, again and again."""
    for example in made:
        yield example
        while random.random() < SHARE:
            one = random.choice(corrections)
            if again := example_of(varied(one.image, random), one.text):
                yield again


def varied(image: Image.Image, random: Random) -> Image.Image:
    """*image* as another scan of the same print may show it."""
    paper = round(sorted(image.resize((16, 8)).tobytes())[96])
    wide = max(8, round(image.width * random.uniform(0.92, 1.08)))
    high = max(8, round(image.height * random.uniform(0.92, 1.08)))
    turned = image.resize((wide, high), Image.Resampling.BICUBIC).rotate(
        random.gauss(0, 0.5), Image.Resampling.BICUBIC, fillcolor=paper
    )
    if random.random() < 0.3:
        turned = turned.filter(ImageFilter.GaussianBlur(random.uniform(0.2, 0.7)))
    return ImageEnhance.Contrast(turned).enhance(random.uniform(0.7, 1.2))
