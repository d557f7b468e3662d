"""Which files a command reads, in which order, and where each one's output goes."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. *place* is its path within the output folder, ending aside.

    One that was *found* in a folder, not named, may turn out to be no document.
    """

    path: Path
    place: Path
    found: bool = False
    target: Path | None = None


def find_sources(arguments: list[Path]) -> list[Source]:
    """The named files, and those in the named folders, each once and in natural order.

    A folder's tree is mirrored; of several arguments, each folder keeps its own name.
    """
    sources: dict[Path, Source] = {}
    for argument in arguments:
        for source in _sources_of(argument, keep_name=len(arguments) > 1):
            sources.setdefault(source.path.resolve(), source)
    return list(sources.values())


def give_targets(sources: list[Source], out: str, ending: str) -> list[Source]:
    """Each source with the file its output goes to: *out* itself, or one inside it.

    ``a.png`` becomes ``a.txt``; where that would meet ``a.jpg``, both keep their names.
    """
    one = len(sources) == 1 and not sources[0].found
    if one and not out.endswith(os.sep) and not Path(out).is_dir():
        return [replace(sources[0], target=Path(out))]
    short = [source.place.with_suffix(ending) for source in sources]
    meetings = Counter(short)
    return [
        replace(source, target=Path(out) / _unmistaken(source.place, name, meetings))
        for source, name in zip(sources, short, strict=True)
    ]


def natural_order(path: Path) -> list[list[tuple[int, int, str]]]:
    """A sort key by which page2 comes before page10."""
    return [[_rank(run) for run in re.findall(r"\d+|\D+", x)] for x in path.parts]


def _sources_of(argument: Path, *, keep_name: bool) -> Iterator[Source]:
    if not argument.is_dir():
        yield Source(argument, Path(argument.name))
        return
    base = Path(argument.resolve().name) if keep_name else Path()
    for path in sorted(_files_in(argument), key=natural_order):
        yield Source(path, base / path.relative_to(argument), found=True)


def _files_in(folder: Path) -> Iterable[Path]:
    """All files below *folder*, hidden ones and hidden folders left out."""
    for path in folder.rglob("*"):
        names = path.relative_to(folder).parts
        if path.is_file() and not any(name.startswith(".") for name in names):
            yield path


def _rank(run: str) -> tuple[int, int, str]:
    return (0, int(run), run) if run.isdecimal() else (1, 0, run.casefold())


def _unmistaken(place: Path, short: Path, meetings: Counter[Path]) -> Path:
    return short if meetings[short] == 1 else place.with_name(place.name + short.suffix)
