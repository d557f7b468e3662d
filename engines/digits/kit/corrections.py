"""What people said is printed on crops, made fit to train with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import torch
from PIL import Image
from torch.nn import functional

from engines.digits.alphabet import BLANK, CLASS_OF, CLASSES
from engines.digits.crops import normalised
from engines.digits.kit.evaluation.types import Labelled
from engines.digits.kit.ways import ways
from engines.digits.network import Scores
from engines.digits.reader import Scorer, scores_of

ONE_IN = 5  # of the corrections, held out to compare models with
# The logarithm of the likelihood, a symbol, below which a crop shows something else
# than was typed: of worn print hardly any is below, of other numbers four in five are.
UNLIKE = -5.0


@dataclass(frozen=True, slots=True)
class Correction:
    """The file of a crop, what a person typed for it, and the kind of its field.

    *key* never changes: it says whether the crop is learnt from or held out.
    """

    key: str
    picture: bytes
    text: str
    kind: str

    @property
    def is_held_out(self) -> bool:
        return sha256(self.key.encode()).digest()[0] % ONE_IN == 0


@dataclass(frozen=True, slots=True)
class Sorted:
    """Crops with their print; those that are of no use are counted."""

    learnt: tuple[Labelled, ...] = ()
    held_out: tuple[Labelled, ...] = ()
    broken: int = 0  # files that are no picture
    unlike: int = 0  # crops that do not show what was typed


def sort_out(corrections: Iterable[Correction], network: Scorer) -> Sorted:
    """The *corrections* as print; *network* says in which of its ways each is."""
    learnt: list[Labelled] = []
    held_out: list[Labelled] = []
    broken = unlike = 0
    for correction in corrections:
        image = opened(correction.picture)
        if image is None:
            broken += 1
        elif print_ := printed(image, ways(correction.text, correction.kind), network):
            side = held_out if correction.is_held_out else learnt
            side.append(Labelled(image, print_))
        else:
            unlike += 1
    return Sorted(tuple(learnt), tuple(held_out), broken, unlike)


def opened(picture: bytes) -> Image.Image | None:
    """The crop in grey; None where the file is no whole picture."""
    try:
        return Image.open(io.BytesIO(picture)).convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None  # what Pillow raises of broken files


def printed(image: Image.Image, ways_: Sequence[str], network: Scorer) -> str:
    """Which of *ways_* stands on *image*; "" where none does."""
    crop = normalised(image)
    if crop is None or not ways_:
        return ""
    way, likely = likeliest(scores_of(crop, network), ways_)
    return way if likely > UNLIKE else ""


def likeliest(scores: Scores, ways_: Sequence[str]) -> tuple[str, float]:
    """The way with the highest likelihood by CTC; its logarithm, a symbol."""
    lengths = [len(way) for way in ways_]
    losses = functional.ctc_loss(
        torch.from_numpy(scores)[:, None].expand(-1, len(ways_), CLASSES),
        torch.tensor([CLASS_OF[symbol] for way in ways_ for symbol in way]),
        torch.full((len(ways_),), len(scores)),
        torch.tensor(lengths),
        BLANK,
        reduction="none",
    )
    best = int(losses.argmin())
    return ways_[best], -float(losses[best]) / lengths[best]
