"""The sides of a comparison: what a job read, put right or as the engine read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from documents.models import Correction, Document, Job, PageRead
from documents.services.texts.comparing import Comparison, compare, lines_of
from documents.services.texts.corrections import shown_result

AS_READ = ":read"  # after a job's key: without what people put right


@dataclass(frozen=True)
class Side:
    """A page of a job, ``read`` is None where the job has no such page."""

    job: Job
    as_read: bool
    read: PageRead | None

    @property
    def key(self) -> str:
        return f"{self.job.pk}{AS_READ if self.as_read else ''}"

    @property
    def is_read(self) -> bool:
        return bool(self.read and self.read.reading_id)

    @cached_property
    def result(self) -> dict[str, Any]:
        """The page's JSON; ``{}`` where nothing was read."""
        if not self.is_read:
            return {}
        return self.read.reading.result if self.as_read else shown_result(self.read)

    @property
    def engine(self) -> str:
        """The one that read the page, which “auto” may have left to another."""
        return self.result.get("engine", self.job.engine)

    @property
    def seconds(self) -> float | None:
        return self.read.reading.seconds if self.is_read else None

    @property
    def confidence(self) -> float | None:
        """That of the engine, on the whole page."""
        return self.read.reading.confidence if self.is_read else None

    @cached_property
    def lines(self) -> int:
        return len(self._texts)

    @property
    def words(self) -> int:
        return sum(len(text.split()) for text in self._texts)

    @cached_property
    def _texts(self) -> list[str]:
        return [line.text for _number, line in lines_of(self.result)]


def parse_key(key: str) -> tuple[UUID, bool]:
    """The job that a side's *key* names, and whether it is meant as it was read.

    Raises:
        ValueError: it names none.
    """
    return UUID(key.removesuffix(AS_READ)), key.endswith(AS_READ)


def side_of(job: Job, as_read: bool, number: int) -> Side:
    reads = job.page_reads.select_related("reading")
    return Side(job, as_read, reads.filter(number=number).first())


def compare_sides(left: Side, right: Side) -> Comparison | None:
    """None where one of them has nothing to be compared: no text, or a description."""
    if not (left.is_read and right.is_read):
        return None
    if left.result.get("description") or right.result.get("description"):
        return None
    return compare(left.result, right.result)


def corrected_jobs(document: Document) -> set[UUID]:
    """Those in which people have put something right."""
    made = Correction.objects.filter(read__job__document=document)
    return set(made.order_by().values_list("read__job", flat=True).distinct())


def words_differing(left: Side, right: Side) -> dict[int, int]:
    """By number of the pages that both jobs have read: how many words one has and the
    other has not, wherever they stand. That takes no places, and so next to no time."""
    ours, theirs = texts_of(left), texts_of(right)
    return {
        number: more_words(ours[number].split(), theirs[number].split())
        for number in sorted(ours.keys() & theirs.keys())
    }


def texts_of(side: Side) -> dict[int, str]:
    reads = side.job.page_reads.filter(reading__isnull=False)
    texts = dict(reads.values_list("number", "reading__text"))
    if not side.as_read:
        put_right = reads.filter(corrections__isnull=False).distinct()
        for read in put_right.select_related("reading"):
            texts[read.number] = shown_result(read)["text"]
    return texts


def more_words(left: Iterable[str], right: Iterable[str]) -> int:
    ours, theirs = Counter(left), Counter(right)
    return max((ours - theirs).total(), (theirs - ours).total())
