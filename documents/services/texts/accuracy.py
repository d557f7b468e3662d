"""How well engines read, by what people put right afterwards."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Max
from django.utils import timezone

import engines
from documents.models import Correction, PageRead, Reading
from documents.services.descriptions import readings_of_text
from documents.services.texts.corrections import with_corrections

MOST_PAGES = 300  # the newest: what engines read years ago says little of them
AT_ONCE = 25
KEPT = 600  # seconds; a new correction is counted at once

Place = tuple[int, str, int]  # a page's workspace, the file's SHA-256, the number
Reader = tuple[str, str]  # an engine and its version


@dataclass(frozen=True, slots=True)
class EngineAccuracy:
    """What an engine read on corrected pages, held against the text as it is now."""

    engine: str
    version: str
    pages: int
    tally: engines.Tally

    @property
    def cer(self) -> float:
        """Percent of the characters."""
        return 100 * self.tally.score.cer

    @property
    def recall(self) -> float:
        """Percent of the words, in any order."""
        return 100 * self.tally.score.recall


@dataclass(frozen=True, slots=True)
class Accuracy:
    """That of all engines, at one moment, on so many corrected *pages*."""

    at: datetime
    pages: int
    engines: list[EngineAccuracy]


def accuracy() -> Accuracy:
    newest = Correction.objects.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None:
        return Accuracy(timezone.now(), 0, [])
    return cache.get_or_set(f"accuracy-{newest}", measured, KEPT)


def measured() -> Accuracy:
    """Look at the newest corrected pages, and at all that was read on them."""
    pages: Counter[Reader] = Counter()
    tallies: dict[Reader, engines.Tally] = defaultdict(engines.Tally)
    seen: set[Place] = set()
    for reads in newest_corrected():
        truths = {}
        for read in reads:
            text = truth(read)
            if text is not None and place_of(read.reading) not in seen:
                seen.add(place_of(read.reading))
                truths[read] = text
        said = readings_of(read.reading for read in truths)
        for read, text in truths.items():
            own = {reader_of(read.reading): read.reading.text}
            for reader, got in (said[place_of(read.reading)] | own).items():
                pages[reader] += 1
                tallies[reader] += engines.tally(got, text)
    rows = [
        EngineAccuracy(*reader, count, tallies[reader])
        for reader, count in sorted(pages.items(), key=lambda row: (-row[1], row[0]))
    ]
    return Accuracy(timezone.now(), len(seen), rows)


def newest_corrected() -> Iterator[list[PageRead]]:
    """The reads that people corrected, in parts, the newest correction first."""
    latest = Correction.objects.order_by().values("read").annotate(last=Max("pk"))
    keys = latest.order_by("-last").values_list("read", flat=True)[:MOST_PAGES]
    newest = list(keys)
    for part in (newest[at : at + AT_ONCE] for at in range(0, len(newest), AT_ONCE)):
        reads = PageRead.objects.select_related("reading").exclude(reading=None)
        found = reads.prefetch_related("corrections").in_bulk(part)
        yield [found[key] for key in part if key in found]


def truth(read: PageRead) -> str | None:
    """The page's text as people left it; None where that is what was read."""
    texts = {made.line: made.after for made in read.corrections.all()}
    result = read.reading.result
    lines = [{"text": line["text"]} for line in result["lines"]]  # without the words
    bare = {**result, "lines": lines}
    shown = with_corrections(bare, texts)
    return None if shown is bare else shown["text"]


def readings_of(corrected: Iterable[Reading]) -> dict[Place, dict[Reader, str]]:
    """What every engine said of the same pages; of two answers the newer."""
    places = {place_of(reading) for reading in corrected}
    found = Reading.objects.filter(
        workspace__in={workspace for workspace, _, _ in places},
        sha256__in={file for _, file, _ in places},
        page_number__in={number for _, _, number in places},
    )
    said: dict[Place, dict[Reader, str]] = defaultdict(dict)
    columns = ("workspace_id", "sha256", "page_number", "engine", "engine_version")
    for row in readings_of_text(found).order_by("pk").values_list(*columns, "text"):
        workspace, file, number, *reader, text = row
        said[workspace, file, number][tuple(reader)] = text
    return said


def place_of(reading: Reading) -> Place:
    return reading.workspace_id, reading.sha256, reading.page_number


def reader_of(reading: Reading) -> Reader:
    return reading.engine, reading.engine_version
