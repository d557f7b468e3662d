"""All documents of a long history taken, read again, deleted and brought back: how long
does the page take to answer, and how long the workers?

python -m tests.load.bulk [--documents 20000] [--errands 1000]
"""

from __future__ import annotations

import logging
import os
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PARTS = 1000  # rows in one INSERT
TEXT = "Corner Shop\n2 apples  1.20\nTotal  1.20"
RESULT = {"width": 400, "height": 300, "text": TEXT, "lines": []}


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--errands", type=int, default=1000, help="the most of a kind")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ocrsite-load-") as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        import django  # it reads its settings from the environment

        django.setup()
        measure(given.documents, given.errands)


def measure(count: int, most: int) -> None:
    from django.core.management import call_command
    from django.test import Client

    from documents.models import Delivery, Document, Job

    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    user = filled(count)
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    every = {"all": "yes"}
    client.get("/history/")  # loads what is loaded once
    with timed("GET /history/"):
        client.get("/history/")
    with timed("take, the page answers"):
        client.post("/history/act/", {**every, "take": "as=txt"})
    with timed("take, in a worker"):
        errands = run_through(most)
    delivery = Delivery.objects.get()
    size = delivery.file.size / 2**20 if delivery.file else 0
    print(f"  {errands} errands, {delivery.done} done, {size:.1f} MB, {memory()}")
    delivery.delete()
    with timed("read again, the page answers"):
        client.post("/history/act/", {**every, "act": "read", "engine": "tesseract"})
    with timed("read again, in a worker"):
        errands = run_through(most)
    print(f"  {errands} errands, {Job.objects.open().count()} jobs wait, {memory()}")
    with timed("delete, the page answers"):
        response = client.post("/history/act/", {**every, "act": "trash"})
    *_earlier, message = response.wsgi_request._messages
    print(f"  {message} {Job.objects.open().count()} jobs wait")
    with timed("undo, the page answers"):
        client.post("/trash/restore/", {"trashed": message.extra_tags})
    print(f"  {Document.objects.alive().count()} documents are back")


@contextmanager
def timed(what: str) -> Iterator[None]:
    begun, worked = time.perf_counter(), time.process_time()
    yield
    took, work = time.perf_counter() - begun, time.process_time() - worked
    print(f"{what}: {took:.2f} s, {work:.2f} s of a core", flush=True)


def run_through(most: int) -> int:
    from documents.services.errands import run_next

    count = 0
    while count < most and run_next():
        count += 1
    return count


def memory() -> str:
    from tests.load.machine import resident

    return f"{resident(os.getpid()) / 2**20:.0f} MB of memory"


def filled(count: int) -> Any:
    """A user with so many documents of one page, each of which was read."""
    from django.contrib.auth.models import User

    user = User.objects.create_user("load")
    for at in range(0, count, PARTS):
        for rows in rows_of(user, range(at, min(count, at + PARTS))):
            type(rows[0]).objects.bulk_create(rows)
    return user


def rows_of(user: Any, numbers: range) -> Iterator[list[Any]]:
    """Documents, pages, readings, jobs and their pages, in the order to store them."""
    from documents.models import Document, Job, Page, PageRead, Reading

    of_all: dict[str, Any] = {"workspace": user.personal_workspace}
    file = {"media_type": "image/png", "size": 1000, "page_count": 1, "source": "web"}
    documents = [
        Document(name=f"receipt {n % 500}.png", sha256=f"{n:064d}", **file, **of_all)
        for n in numbers
    ]
    yield documents
    pages = [Page(document=one, number=1, width=400, height=300) for one in documents]
    yield pages
    said = {"engine": "fine", "result": RESULT, "text": TEXT, "seconds": 1.0, **of_all}
    readings = [Reading(sha256=one.sha256, page_number=1, **said) for one in documents]
    yield readings
    done: dict[str, Any] = {"state": "succeeded", "lane": 1, **of_all}
    jobs = [Job(document=one, engine="fine", **done) for one in documents]
    yield jobs
    yield [
        PageRead(job=job, page=page, reading=reading, number=1, **done)
        for job, page, reading in zip(jobs, pages, readings, strict=True)
    ]


if __name__ == "__main__":
    main()
