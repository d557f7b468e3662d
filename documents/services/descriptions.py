"""Descriptions: what engines say is to be seen in a picture, where they read no text.

An engine of which that is the trade says so by its traits; one that can be asked for
anything marks the page that it was asked to describe.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from documents.models import Job, PageRead, Reading
from documents.models.workers import CPU
from engines import Traits, engine_names, get_engine, traits_of

MARK = "description"  # a page's JSON has it only where it is one


def describes(engine: str) -> bool:
    """Whether *engine* tells what is to be seen, and reads no text."""
    return traits(engine).describes


def region_engines() -> list[str]:
    """All that may read a region: text, on the workers that read fields."""
    named = ((name, traits(name)) for name in engine_names())
    return [name for name, it in named if not it.describes and it.runs_on == CPU]


def no_reader(engine: str) -> str:
    """Why *engine* cannot be asked for the fields of a layout."""
    words = _("“%(engine)s” describes pictures. Choose an engine that reads text.")
    return words % {"engine": engine}


def traits(engine: str) -> Traits:
    """What it is like; nothing special where there is none, or it is misspelt."""
    try:
        return traits_of(get_engine(engine))
    # An engine of one's own may break in any way: nobody reads with it.
    except Exception:
        return Traits()


def is_description(job: Job) -> bool:
    """Whether *job* tells what is to be seen; costs a query only where it is not told
    by the engine."""
    if describes(job.engine):
        return True
    told = job.page_reads.filter(reading__result__has_key=MARK)
    return traits(job.engine).takes_prompt and told.exists()


def without_descriptions(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Those of *jobs* that read text, or will."""
    reads = PageRead.objects.filter(job=OuterRef("pk"))
    told = Exists(reads.filter(reading__result__has_key=MARK))
    return jobs.exclude(of(lambda one: one.describes)).exclude(
        of(lambda one: one.takes_prompt) & told
    )


def reads_of_text(reads: QuerySet[PageRead]) -> QuerySet[PageRead]:
    """Those of a few *reads* that have text; costs a look at what each has."""
    read = reads.exclude(reading=None)
    return read.exclude(reading__result__has_key=MARK)


def readings_of_text(readings: QuerySet[Reading]) -> QuerySet[Reading]:
    """Those of *readings* that are no descriptions."""
    told = Q(result__has_key=MARK)
    return readings.exclude(of(lambda one: one.describes)).exclude(
        of(lambda one: one.takes_prompt) & told
    )


def of(kind: Callable[[Traits], bool]) -> Q:
    """The rows of engines of that kind: what they said need not be looked at."""
    return Q(engine__in=[name for name in engine_names() if kind(traits(name))])
