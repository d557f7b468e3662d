"""All that is measured, in turn: sections say their tables and return figures."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engines.digits.kit.evaluation import tables
from engines.digits.kit.evaluation.calibration import (
    LEVELS as ACCURACIES,
)
from engines.digits.kit.evaluation.calibration import (
    coverage,
    expected_error,
)
from engines.digits.kit.evaluation.heldout import (
    COUNT,
    DISPLAY_COUNT,
    LEVELS,
    Part,
    held_out,
    is_frozen,
    is_whole,
    parts,
)
from engines.digits.kit.evaluation.readers import (
    DEFAULTS,
    SEED_NOTE,
    is_ours,
    reader_of,
)
from engines.digits.kit.evaluation.scoring import (
    Judged,
    by_family,
    confusions,
    score,
)
from engines.digits.kit.evaluation.types import Labelled, Reader
from engines.digits.store import VARIABLE, use_model
from engines.errors import OcrError
from engines.registry import engine_names

BASELINE_COUNT = 300
SHOWN = 30  # crops on a sheet of the worst

Say = Callable[[str], None]
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to measure. Counts of 0 and folders of None leave a section out."""

    engines: tuple[str, ...] = DEFAULTS
    model: Path | None = None
    levels: tuple[str, ...] = LEVELS
    count: int = COUNT
    display_count: int = DISPLAY_COUNT
    baseline_count: int = BASELINE_COUNT
    cache: Path | None = None
    worst: Path | None = None
    numbers: Path | None = None
    lines: Path | None = None
    invoice: Path | None = None
    blank: int = 0
    speed: bool = False
    line_engines: tuple[str, ...] = ("arabic", "tesseract:ara")

    def __post_init__(self) -> None:
        for level in self.levels:
            if level not in LEVELS:
                known = ", ".join(LEVELS)
                raise OcrError(f"There is no level “{level}”. Choose of: {known}.")


def measure(wish: Wish, say: Say) -> Figures:
    """Measure as wished; what is found is said on the way.

    Raises:
        OcrError: an engine, a folder or the fonts are missing.
    """
    with reading_with(wish.model):
        return all_sections(wish, say)


@contextmanager
def reading_with(model: Path | None) -> Iterator[None]:
    """Every engine reads with the weights in the folder *model*, for a while."""
    chosen = os.environ.get(VARIABLE)
    if model:
        use_model(model)
    try:
        yield
    finally:
        if chosen is None:
            os.environ.pop(VARIABLE, None)
        else:
            os.environ[VARIABLE] = chosen


def all_sections(wish: Wish, say: Say) -> Figures:
    from engines.digits.kit.evaluation import folders

    readers = {name: reader_of(name) for name in wish.engines}
    figures: Figures = {}
    if wish.numbers:
        figures["numbers"] = folders.numbers(wish.numbers, readers, say)
    if wish.invoice:
        figures["invoice"] = folders.invoice(wish.invoice, readers, say)
    if wish.lines:
        figures["lines"] = folders.lines(wish.lines, wish.line_engines, say)
    if wish.blank:
        figures["blank"] = on_blanks(wish.blank, readers, say)
    if wish.count:
        figures["held-out"] = on_held_out(wish, readers, say)
    if wish.speed:
        figures["speed"] = costs(wish, say)
    return figures


def on_blanks(count: int, readers: dict[str, Reader], say: Say) -> Figures:
    from engines.digits.kit.evaluation.blanks import invented

    figures: Figures = {}
    rows = []
    for name, reader in readers.items():
        counts = invented(reader, count)
        figures[name] = {kind: asdict(part) for kind, part in counts.items()}
        read = sum(part.read for part in counts.values())
        worst = ", ".join(
            f"{k} {p.read}/{p.shown}" for k, p in counts.items() if p.read
        )
        rows.append((name, read, tables.percent(read / count), worst or "-"))
    say("\n" + tables.table(("blank crops", "with digits", "%", "where"), rows))
    return figures


def on_held_out(wish: Wish, readers: dict[str, Reader], say: Say) -> Figures:
    say(f"\nHeld-out designs. {SEED_NOTE}")
    return {
        part.name: on_part(part, wish, readers, say)
        for part in parts(wish.levels, wish.count, wish.display_count)
    }


def on_part(part: Part, wish: Wish, readers: dict[str, Reader], say: Say) -> Figures:
    crops = list(held_out(part, wish.cache))
    say(f"\n== {part.name}: {len(crops)} strings, test set {state_of(part)}")
    judged = {
        name: judge(crops if is_ours(name) else crops[: wish.baseline_count], reader)
        for name, reader in readers.items()
    }
    say(tables.scores("engine", ((name, score(j)) for name, j in judged.items())))
    figures: Figures = {}
    for name, found in judged.items():
        figures[name] = in_figures(found)
        if is_ours(name):
            tell(name, found, say)
            keep_worst(wish.worst, f"{name}-{part.name}", found)
    return figures


def state_of(part: Part) -> str:
    if not is_frozen(part.level):
        return "drawn OTHERWISE than the frozen one"
    return "as frozen" if is_whole() else "WITHOUT the faces that are not installed"


def judge(crops: Sequence[Labelled], reader: Reader) -> list[Judged]:
    return [Judged(crop, reader(crop.image)) for crop in crops]


def in_figures(judged: Sequence[Judged]) -> Figures:
    strings = [(one.reading.confidence, one.is_exact) for one in judged]
    symbols = [answer for one in judged for answer in one.sure]
    return {
        "score": asdict(score(judged)),
        "families": {family: asdict(s) for family, s in by_family(judged)},
        "scripts": {script: asdict(s) for script, s in by_script(judged)},
        "confusions": confusions(judged),
        "calibration": {
            "of symbols": expected_error(symbols),
            "of strings": expected_error(strings),
            "coverage": {level: coverage(strings, level) for level in ACCURACIES},
        },
    }


def by_script(judged: Sequence[Judged]) -> Iterator[tuple[str, Any]]:
    for script in sorted({one.labelled.script for one in judged}):
        yield script, score([one for one in judged if one.labelled.script == script])


def tell(name: str, judged: Sequence[Judged], say: Say) -> None:
    """The details of one of our readers on one part."""
    strings = [(one.reading.confidence, one.is_exact) for one in judged]
    symbols = [answer for one in judged for answer in one.sure]
    say("\n" + tables.scores("script", by_script(judged)))
    say("\n" + tables.scores("family", by_family(judged)))
    say(f"\nConfusions of {name}: {tables.ranking(confusions(judged))}")
    if symbols:
        say("\n" + tables.calibration("symbols of", symbols))
    say("\n" + tables.calibration("strings of", strings))


def keep_worst(folder: Path | None, name: str, judged: Sequence[Judged]) -> None:
    """A picture of what was read wrongly, the surest first."""
    if folder is None:
        return
    from engines.digits.kit.evaluation.sheets import sheet

    wrong = sorted(
        (one for one in judged if not one.is_exact),
        key=lambda one: -one.reading.confidence,
    )
    shown = [
        (
            one.labelled.image,
            f"{one.labelled.text} > {one.reading.text}  {one.labelled.family}"
            f" {one.reading.confidence:.2f}",
        )
        for one in wrong[:SHOWN]
    ]
    stem = name.replace(":", "-").replace(", ", "-").replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    sheet(shown).save(folder / f"worst-{stem}.png")


def costs(wish: Wish, say: Say) -> Figures:
    from engines.digits.kit.evaluation.speed import cost_of

    part = Part(wish.levels[0], False, 100)
    crops = [one.image for one in held_out(part, wish.cache)]
    names = [name for name in wish.engines if name in engine_names()]
    found = {name: cost_of(name, crops) for name in names}
    rows = [
        (
            name,
            f"{cost.median_ms:.2f}",
            f"{cost.cpu_ms:.2f}",
            f"{cost.first_cpu:.2f}",
            f"{cost.peak_mb:.0f}",
            " ".join(cost.loaded) or "-",
        )
        for name, cost in found.items()
    ]
    head = (
        "speed",
        "median ms",
        "of it CPU",
        "CPU s to the first",
        "peak MB",
        "loaded",
    )
    say("\n" + tables.table(head, rows))
    return {name: asdict(cost) for name, cost in found.items()}
