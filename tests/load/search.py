"""Searching many pages: what the index costs and saves, beside reading all texts.

    python -m tests.load.search [--pages 100000] [--each 2] [--times 5]

The texts are made up: words as common as in speech, about 150 a page. The database is
the one of `DATABASE_URL`, which has to be empty, or a file for the time being. Readings
have no lines, which makes reading all texts as fast as it can be.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, islice
from statistics import median
from typing import Any

VOCABULARY = 60_000
WORDS = 150
WISHES = {
    "rare word": "rare7",
    "common word": "w1",
    "beginning": "rar",
    "two words": "w900 w30",
    "phrase": '"corner shop"',
    "number": "1,250.77",
    "nowhere": "nowhere",
    "common without common": "w1 -w0",
}


def batched(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=2, help="pages of a document")
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ocrsite-load-") as folder:
        os.environ |= {"DATA_DIR": folder, "SECRET_KEY": "load"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "ocrsite.settings"
        measure(given)


def measure(given: Namespace) -> None:
    import django  # the folder of its data had to be known first

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    workspace = fill(given)
    show_indexing(given)
    print(f"{'ms, median of ' + str(given.times):24}{'found':>8}", end="")
    print(f"{'first 51':>10}{'count':>8}{'places':>8}{'reading all':>13}", flush=True)
    for name, words in WISHES.items():
        show(name, words, workspace, given.times)


def fill(given: Namespace) -> Any:
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.create_user("load")
    chance = random.Random(1)
    weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    numbers = range(given.pages // given.each)
    for some in batched(numbers, 1000):
        add(user, some, given.each, lambda: text(chance, weights))
    return user.personal_workspace


def text(chance: random.Random, weights: list[float]) -> str:
    words = chance.choices(range(VOCABULARY), cum_weights=weights, k=WORDS)
    parts = [f"w{word}" for word in words]
    parts.append(f"Total {chance.randrange(1, 3000):,}.{chance.randrange(100):02}")
    if chance.random() < 0.01:
        parts.append("Corner Shop")
    if chance.random() < 0.001:
        parts.append(f"rare{chance.randrange(10)}")
    return "\n".join(" ".join(line) for line in batched(parts, 8))


def add(user: Any, numbers: Any, each: int, make: Callable[[], str]) -> None:
    """Documents as they were before there was an index."""
    from documents.models import Document, Job, Page, PageRead, Reading

    workspace = user.personal_workspace
    documents = Document.objects.bulk_create(
        Document(
            workspace=workspace,
            name=f"scan {number}.png",
            file="none",
            media_type="image/png",
            size=1,
            sha256=str(number),
            page_count=each,
            source="web",
        )
        for number in numbers
    )
    places = [(one, page) for one in documents for page in range(1, each + 1)]
    pages = Page.objects.bulk_create(
        Page(document=one, number=page, width=1, height=1) for one, page in places
    )
    jobs = Job.objects.bulk_create(
        Job(workspace=workspace, document=one, engine="load", state="succeeded")
        for one in documents
    )
    of_document = {job.document_id: job for job in jobs}
    readings = Reading.objects.bulk_create(
        Reading(
            workspace=workspace,
            sha256=one.sha256,
            page_number=page,
            result={},
            text=make(),
            seconds=0,
        )
        for one, page in places
    )
    PageRead.objects.bulk_create(
        PageRead(
            job=of_document[page.document_id],
            page=page,
            workspace=workspace,
            number=page.number,
            lane=0,
            state="succeeded",
            reading=reading,
        )
        for page, reading in zip(pages, readings, strict=True)
    )


def show_indexing(given: Namespace) -> None:
    from django.db import connection

    from documents.models import Document
    from documents.services.texts.search import index_missing

    start, busy, calls = time.perf_counter(), time.process_time(), 0
    while Document.objects.without_index().exists():
        index_missing()
        calls += 1
    spent, busy = time.perf_counter() - start, time.process_time() - busy
    print(
        f"{connection.vendor}: {given.pages} pages indexed in {spent:.0f} s by {calls} "
        f"calls; a page takes {1000 * spent / given.pages:.2f} ms, "
        f"{1000 * busy / given.pages:.2f} ms of them at work"
    )


def show(name: str, words: str, workspace: Any, times: int) -> None:
    from documents.models import Document
    from documents.views.hits import snippets

    mine = Document.objects.filter(workspace=workspace, trashed=None)
    found = mine.search(words)
    keys = list(found.newest_first().values_list("pk", flat=True)[:50])
    row = [
        timed(lambda: list(found.newest_first()[:51]), times),
        timed(lambda: found.order_by()[:10_001].count(), times),
        timed(lambda: snippets(keys, words), times),
        timed(lambda: list(by_reading_all(mine, words).newest_first()[:51]), 1),
    ]
    print(
        f"{name:24}{found.count():>8}"
        f"{row[0]:>10.1f}{row[1]:>8.1f}{row[2]:>8.1f}{row[3]:>13.0f}",
        flush=True,
    )


def by_reading_all(documents: Any, words: str) -> Any:
    """What a search without an index does."""
    from django.db.models import Q

    from documents.models import Document

    read = Document.objects.filter(jobs__page_reads__reading__text__icontains=words)
    return documents.filter(Q(name__icontains=words) | Q(pk__in=read.values("pk")))


def timed(act: Callable[[], object], times: int) -> float:
    """Milliseconds, the median."""
    return median(seconds(act, times)) * 1000


def seconds(act: Callable[[], object], times: int) -> Iterator[float]:
    for _ in range(times):
        start = time.perf_counter()
        act()
        yield time.perf_counter() - start


if __name__ == "__main__":
    main()
