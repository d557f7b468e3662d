"""The test set: numbers in designs that no training has seen, frozen by their seeds.

Its strings follow from their seeds, the faces in ``designs.csv`` and the generator. Of
that, ``frozen.json`` keeps how it draws some strings in two faces that are easily had:
a change that moves the test set does not pass unseen. Pixels are compared by their
mean, for the last bit of a grey level differs between processors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engines.digits.kit.evaluation.types import Labelled

LEVELS = ("clean", "medium", "hard")
COUNT, DISPLAY_COUNT = 2_000, 400  # strings a level, of text faces and of display faces
FIRST_SEED = {False: 70_000_000, True: 80_000_000}  # is it the part of display faces
FROZEN = Path(__file__).parent / "frozen.json"
SHOWN = 24  # crops of each level that are written down
DRAWN_IN = ("Amiri-Regular.ttf", "DejaVuSans.ttf")
TOLERANCE = 1.0  # grey levels


@dataclass(frozen=True, slots=True)
class Part:
    """The test strings of one level, in text faces or in display faces."""

    level: str
    is_display: bool
    count: int

    @property
    def name(self) -> str:
        return f"{self.level}, display faces" if self.is_display else self.level


def parts(levels: Sequence[str], count: int, display_count: int) -> list[Part]:
    return [Part(level, False, count) for level in levels] + [
        Part(level, True, display_count) for level in levels if display_count
    ]


def held_out(part: Part, cache: Path | None = None) -> Iterator[Labelled]:
    """The crops of *part*, kept in the folder *cache* where one is given.

    Raises:
        FontsMissing: the fonts that the test set is drawn from are not installed.
    """
    if cache is None:
        yield from made(part)
        return
    folder = cache / folder_name(part)
    if not (folder / f"{part.count}.json").is_file():
        keep(folder, part)
    yield from kept(folder, part)


def folder_name(part: Part) -> str:
    """One for each way in which the generator draws: what was kept may be old."""
    drawn = json.dumps(beginning(part.level)).encode()
    stem = part.name.replace(", ", "-").replace(" ", "-")
    return f"{stem}-{sha256(drawn).hexdigest()[:8]}"


def made(part: Part) -> Iterator[Labelled]:
    from engines.digits.kit.fonts import faces
    from engines.digits.kit.samples import make_sample

    among = faces("held-out")
    only = tuple(face for face in among if face.is_display == part.is_display)
    first = FIRST_SEED[part.is_display]
    for seed in range(first, first + part.count):
        sample = make_sample(seed, "held-out", part.level, "strings", only=only)
        family = sample.face.family if sample.face else ""
        yield Labelled(
            sample.image, sample.text, family, sample.script, part.is_display
        )


def keep(folder: Path, part: Part) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for number, one in enumerate(made(part)):
        one.image.save(folder / f"{number:05}.png", compress_level=1)
        rows.append([one.text, one.family, one.script])
    target = folder / f"{part.count}.json"
    target.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def kept(folder: Path, part: Part) -> Iterator[Labelled]:
    rows = json.loads((folder / f"{part.count}.json").read_text(encoding="utf-8"))
    for number, (text, family, script) in enumerate(rows):
        with Image.open(folder / f"{number:05}.png") as image:
            image.load()
        yield Labelled(image, text, family, script, part.is_display)


def is_whole() -> bool:
    """Whether all faces of the test set are on this machine."""
    from engines.digits.kit.fonts import faces, listed

    count = sum(row["split"] == "held-out" for row in listed())
    return len(faces("held-out")) == count


def beginning(level: str) -> list[dict[str, Any]]:
    """How the generator draws, as it is written down in ``frozen.json``."""
    from engines.digits.kit.fonts import faces
    from engines.digits.kit.samples import make_sample

    only = tuple(face for face in faces("held-out") if face.path.name in DRAWN_IN)
    first = FIRST_SEED[False]
    return [
        {
            "text": sample.text,
            "family": sample.face.family if sample.face else "",
            "size": list(sample.image.size),
            "mean": round(float(np.asarray(sample.image).mean()), 2),
        }
        for sample in (
            make_sample(seed, "held-out", level, "strings", only=only)
            for seed in range(first, first + SHOWN)
        )
    ]


def freeze(target: Path = FROZEN) -> None:
    """Write down how the generator draws now."""
    whole = {level: beginning(level) for level in LEVELS}
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    target.write_text(text + "\n", encoding="utf-8")


def is_frozen(level: str, source: Path = FROZEN) -> bool:
    """Whether the generator draws as it did when the test set was frozen."""
    written = json.loads(source.read_text(encoding="utf-8"))[level]
    here = beginning(level)
    return len(here) == len(written) and all(
        is_same(one, other) for one, other in zip(here, written, strict=True)
    )


def is_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return (
        all(one[key] == other[key] for key in ("text", "family", "size"))
        and abs(one["mean"] - other["mean"]) <= TOLERANCE
    )
