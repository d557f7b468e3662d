"""An import by a command: file after file, then the wait, then what was read."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.management.base import BaseCommand
from django.db.models import QuerySet

import engines
from documents.management.progress import Progress
from documents.management.sources import Source, give_targets
from documents.models import Batch, Job, Record
from documents.models.jobs import State
from documents.services.deliveries.one import made
from documents.services.engines import notice_of, served_classes
from documents.services.intake import IN_VAIN, take_in
from documents.services.results import ResultNotReady
from documents.services.sentences import told
from documents.services.tables import FORMATS, table

LOOK_EVERY = 1.0  # seconds
CHUNK = 500  # keys in one question: databases have a limit
FOLDER = "imported/"  # for texts, where nobody says which


class Importer:
    """Takes one source after the other; what goes wrong with one stops no other."""

    def __init__(
        self,
        command: BaseCommand,
        sources: list[Source],
        *,
        batch: Batch,
        user: AbstractBaseUser,
        wishes: dict[str, Any],
        tags: list[str],
    ) -> None:
        self.command, self.sources, self.batch = command, sources, batch
        self.user, self.wishes, self.tags = user, wishes, tags
        self.progress = Progress(command.stderr)
        self.jobs: dict[UUID, Source] = {}  # of equal files, the first alone
        self.failed = self.skipped = 0

    def run(self, wait: bool, form: str | None, out: str | None) -> int:
        """Do it all; say how many files failed."""
        for place, source in enumerate(self.sources):
            self.take(source)
            share = (place + 1) / len(self.sources)
            self.progress.show(share, f"{place + 1} of {len(self.sources)} brought")
        self.progress.end()
        if self.skipped:
            self.say(f"Skipped, because they are no pictures or PDFs: {self.skipped}.")
        self.say(f"Documents: {len(self.jobs)}, in the batch “{self.batch.name}”.")
        if wait:
            self.wait()
            self.tell_failures()
        if form:
            self.write(form, out)
        return self.failed

    def take(self, source: Source) -> None:
        try:
            job = take_in(
                source.path,
                batch=self.batch,
                user=self.user,
                wishes=self.wishes,
                tags=self.tags,
            )
        except engines.UnsupportedFile as error:
            if source.found:
                self.skipped += 1
            else:
                self.complain(source, str(error))
        except (engines.OcrError, OSError) as error:
            self.complain(source, getattr(error, "strerror", None) or str(error))
        else:
            self.jobs.setdefault(job.pk, source)

    def wait(self) -> None:
        """Until all jobs have ended."""
        self.progress = Progress(self.command.stderr)
        if notice := notice_of(self.wishes["engine"], served_classes()):
            self.say(notice)
        total = len(self.jobs)
        while waiting := sum(rows.open().count() for rows in self.rows()):
            read = total - waiting
            self.progress.show(read / total, f"{read} of {total} read")
            time.sleep(LOOK_EVERY)  # the workers, other processes, tell only the rows
        self.progress.end()

    def rows(self) -> Iterator[QuerySet[Job]]:
        keys = list(self.jobs)
        for first in range(0, len(keys), CHUNK):
            yield Job.objects.filter(pk__in=keys[first : first + CHUNK])

    def in_state(self, *states: State) -> list[Job]:
        return [job for rows in self.rows() for job in rows.filter(state__in=states)]

    def tell_failures(self) -> None:
        in_vain = self.in_state(*IN_VAIN)
        for job in in_vain:
            self.complain(self.jobs[job.pk], told(job.error) or "It was cancelled.")
        self.say(f"Read: {len(self.jobs) - len(in_vain)} of {len(self.jobs)}.")
        if lost := len(self.in_state(State.NEEDS_TEMPLATE)):
            self.say(f"Without a layout that fits: {lost}.")

    def write(self, form: str, out: str | None) -> None:
        if form in FORMATS and self.reads_fields:
            self.write_table(form, out)
        else:
            self.write_texts(form, out)

    @property
    def reads_fields(self) -> bool:
        return "template" in self.wishes or "any_template" in self.wishes

    def write_table(self, form: str, out: str | None) -> None:
        documents = [job.document_id for job in self.in_state(*State)]
        records = Record.objects.visible_to(self.user).filter(document__in=documents)
        exported = table(records, form, workspace=self.batch.workspace)
        path = Path(out or exported.name)
        path = path / exported.name if path.is_dir() else path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(exported.content)
        self.say(f"Written: {path}")

    def write_texts(self, form: str, out: str | None) -> None:
        """A file for each document, named and placed as the one that was brought."""
        out = os.path.join(out or FOLDER, "")  # noqa: PTH118 - a path has no last slash
        sources = give_targets(
            list(self.jobs.values()), out, engines.EXPORTS[form].ending
        )
        for key, source in zip(self.jobs, sources, strict=True):
            job = Job.objects.select_related("document").get(pk=key)
            if job.state not in IN_VAIN:  # of those was told before
                self.write_text(job, form, source)
        self.say(f"Written: {out}")

    def write_text(self, job: Job, form: str, source: Source) -> None:
        try:
            exported = made(job, form, {})
        except (ResultNotReady, engines.OcrError, OSError) as error:
            self.complain(source, str(error))
            return
        # Of several pages, some formats are a zip.
        ending = Path(exported.name).suffix
        usual = engines.EXPORTS[form].ending
        path = source.target
        path = path.with_suffix(ending) if path.suffix == usual else path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(exported.content)

    def complain(self, source: Source, sentence: str) -> None:
        self.failed += 1
        self.say(f"{source.path}: {sentence}")

    def say(self, sentence: str) -> None:
        self.progress.end()
        self.command.stderr.write(sentence)
