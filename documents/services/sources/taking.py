"""Files taken, each once: fetched, uploaded, and noted with its job as one.

A crash anywhere leaves a row that waits, or one that is not settled; both are gone on
with. What ends its worker again and again is given up.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid5

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Batch, Document, Source, SourceItem, SourceRun
from documents.models.jobs import Lane
from documents.services import errands
from documents.services.fetching import FetchError
from documents.services.jobs import create_job
from documents.services.patience import patient
from documents.services.sources.checking import why_unable
from documents.services.sources.ending import tell
from documents.services.tags import InvalidTag, add_tags
from documents.services.uploads import upload
from documents.sources import (
    KINDS,
    Connector,
    Found,
    ItemGone,
    ItemRefused,
    NeedsSomebody,
    SourceError,
)
from documents.storage import StorageTrouble
from engines import EngineUnavailable, FileError, UnsupportedFile

logger = logging.getLogger(__name__)
State = SourceItem.State
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 360)]
CRASHES = 3  # attempts that end without a word: then it is given up


def found(item: SourceItem) -> Found:
    return Found(item.key, item.checksum, item.name, item.place)


@patient
def begin(item: SourceItem) -> bool:
    """Count an attempt before it is made; False when another worker was faster."""
    waiting = SourceItem.objects.filter(
        pk=item.pk, state=State.WAITING, attempts=item.attempts
    )
    if not waiting.update(attempts=F("attempts") + 1, error=""):
        return False
    item.attempts += 1
    return True


def take(item: SourceItem, run: SourceRun, connector: Connector) -> str:
    """Take one file; its row says what became of it. What is returned is the trouble of
    which the place, rather than the file, may be to blame; empty where there is none.

    Raises:
        NeedsSomebody: no file can be taken before somebody acts.
    """
    # Words about the last attempt go when one begins: without any it was cut short.
    if item.attempts >= CRASHES and not item.error:
        give_up(item, run, crashed())
        return ""
    if not begin(item):
        return ""
    try:
        bring(item, run, connector)
    except ItemGone:
        end(item, state=State.SKIPPED, settled=True)
    except UnsupportedFile as error:
        end(item, state=State.SKIPPED, error=str(error))
    except NeedsSomebody:
        end(item, attempts=item.attempts - 1)
        raise
    except FetchError as error:
        return put_off(item, run, str(error))
    except (ItemRefused, FileError) as error:
        give_up(item, run, str(error))
    except SourceError as error:
        return put_off(item, run, str(error))
    except (EngineUnavailable, StorageTrouble) as error:
        put_off(item, run, str(error))
    # A connector may trip over any file: the others are taken all the same.
    except Exception:
        logger.exception("Item %s of source %s failed", item.pk, item.source_id)
        put_off(item, run, errands.broken())
    return ""


def bring(item: SourceItem, run: SourceRun, connector: Connector) -> None:
    """Fetch the file, and make the document and the job of it."""
    source = item.source
    insist_on_reading(source)
    with TemporaryUploadedFile("fetched", "", 0, None) as file:
        connector.fetch(found(item), file)
        file.flush()
        file.size = Path(file.temporary_file_path()).stat().st_size
        document, _made = upload(
            workspace=source.workspace,
            user=source.owner,
            file=file,
            name=item.name,
            source=Document.Source(KINDS[source.kind].origin),
        )
    keep(item, run, document)


def insist_on_reading(source: Source) -> None:
    """
    Raises:
        EngineUnavailable: what its files shall be read with is not there.
    """
    if source.template and source.template.archived:
        reason = _("The layout “%(name)s” was deleted. Choose another one.")
        raise EngineUnavailable(reason % {"name": source.template.name})
    if source.engine and (reason := why_unable(source.engine)):
        raise EngineUnavailable(reason)


@patient
@transaction.atomic
def keep(item: SourceItem, run: SourceRun, document: Document) -> None:
    """The item is taken, and its document read, by a job of its own if it had none."""
    # Of two workers with the same content, the second sees the job of the first.
    document = Document.objects.select_for_update().get(pk=document.pk)
    if not note_taken(item, document):
        return
    source = item.source
    if not document.jobs.exists():
        gather(document, source, run)
        create_job(
            document,
            user=source.owner,
            engine=source.engine,
            languages=source.languages,
            template=source.template,
            any_template=source.any_template,
            lane=Lane.BULK,
        )
    tag(document, source)
    SourceRun.objects.filter(pk=run.pk).update(taken=F("taken") + 1)


def note_taken(item: SourceItem, document: Document) -> bool:
    """A file is taken by whoever has it first, even where another attempt has begun."""
    waiting = SourceItem.objects.filter(pk=item.pk, state=State.WAITING)
    now = timezone.now()
    taken = {"state": State.TAKEN, "document": document, "error": "", "updated": now}
    return bool(waiting.update(**taken))


def gather(document: Document, source: Source, run: SourceRun) -> None:
    """What one visit brings is one batch, made with the first document of it."""
    if document.batch_id is None:
        document.batch, _made = Batch.objects.get_or_create(
            pk=uuid5(source.pk, str(run.pk)),
            defaults={
                "workspace": source.workspace,
                "created_by": source.owner,
                "name": source.name,
            },
        )
        document.save(update_fields=["batch", "updated"])


def tag(document: Document, source: Source) -> None:
    """A document that has as many tags as it can have is read without these."""
    if source.tags:
        try:
            add_tags(document, source.tags)
        except InvalidTag as error:
            logger.info("Document %s gets no tags: %s", document.pk, error)


def put_off(item: SourceItem, run: SourceRun, reason: str) -> str:
    """Try again later, or give up when that was tried long enough; *reason* again."""
    if item.attempts > len(PAUSES):
        give_up(item, run, reason)
    else:
        pause = PAUSES[item.attempts - 1]
        end(item, error=reason, next_try=timezone.now() + pause)
    return reason


@patient
@transaction.atomic
def give_up(item: SourceItem, run: SourceRun, reason: str) -> None:
    if end(item, state=State.FAILED, error=reason):
        SourceRun.objects.filter(pk=run.pk).update(failed=F("failed") + 1)
        tell(item.source, reason, item)


@patient
def end(item: SourceItem, **columns: Any) -> bool:
    """Note how this attempt came to nothing, while no other one has begun."""
    held = SourceItem.objects.filter(
        pk=item.pk, state=State.WAITING, attempts=item.attempts
    )
    return bool(held.update(**columns, updated=timezone.now()))


def crashed() -> str:
    return _(
        "Each attempt to take this file was cut short. Try again, or bring the file "
        "in by hand."
    )
