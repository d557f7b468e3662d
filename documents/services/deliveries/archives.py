"""A zip made by workers, piece by piece: each takes a moment, so that pages and other
errands have their turn, and what dies begins its piece anew.

Between two pieces the errand alone knows how far it is:

    {"delivery": id, "at": how many documents are done, "pieces": [[name, bytes], …],
     "suspect": the place of one during which a worker died}

A piece is a zip of its own in the storage, named by nobody's wish. Which pieces count
is decided by one conditional update that puts the next errand in this one's place: of
two workers that were given the same errand, the second leaves nothing behind.
"""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from documents.models import Delivery, Workspace
from documents.services.deliveries.joining import joined
from documents.services.deliveries.keeping import (
    asked_for,
    empty,
    folder_of,
    keep,
    put_errand,
)
from documents.services.deliveries.pieces import NoLonger, fill
from documents.services.errands import Refused
from documents.services.patience import patient

MOST_BYTES = 2 * 2**30


def go_on(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    """Make the next piece, or the whole of them all (in a worker)."""
    delivery = asked_for(workspace, question)
    if delivery is None or delivery.errand is None:
        return {}
    with translation.override(delivery.wish["language"]):
        try:
            if delivery.errand.question.get("at", 0) < delivery.total:
                add_piece(delivery)
            else:
                join(delivery)
        except NoLonger:
            pass
        except (Refused, OSError):
            start_over(delivery)  # a full disk, say: its parts are in the way
            raise
    return {}


def add_piece(delivery: Delivery) -> None:
    question = delivery.errand.question
    name, pieces = "", question.get("pieces", [])
    with TemporaryUploadedFile("piece.zip", "", 0, None) as file:
        filled = fill(delivery, file.file)
        if filled.until > question.get("at", 0):
            name = f"{folder_of(delivery.pk)}/{filled.until}.zip"
            name = default_storage.save(name, rewound(file))
            pieces = [*pieces, [name, filled.size]]
    check_size(pieces)
    state = {"at": filled.until, "pieces": pieces, "suspect": filled.suspect}
    if not pass_on(delivery, state) and name:
        default_storage.delete(name)


def check_size(pieces: list[list[Any]]) -> None:
    if sum(size for _name, size in pieces) > MOST_BYTES:
        reason = _(
            "The file would be larger than %(most)d GB. "
            "Choose fewer documents, or a format without pictures."
        )
        raise Refused(reason % {"most": MOST_BYTES // 2**30})


@patient
@transaction.atomic
def pass_on(delivery: Delivery, state: dict[str, Any]) -> bool:
    """Leave the rest to whoever comes next; False: somebody did so before."""
    mine = delivery.errand
    following = put_errand(delivery, **state)
    held = Delivery.objects.filter(pk=delivery.pk, errand=mine, file="")
    if not held.update(errand=following, done=state["at"]):
        transaction.set_rollback(True)
        return False
    mine.delete()
    return True


def join(delivery: Delivery) -> None:
    pieces = delivery.errand.question["pieces"]
    with TemporaryUploadedFile("whole.zip", "", 0, None) as file:
        joined(file.file, [name for name, _size in pieces])
        keep(delivery, rewound(file))
    empty(delivery.pk)


def rewound(file: TemporaryUploadedFile) -> TemporaryUploadedFile:
    """*file*, of which all is on the disk, from its beginning."""
    file.flush()
    file.seek(0)
    return file


def start_over(delivery: Delivery) -> None:
    """Whoever asks anew gets an archive that is made anew."""
    delivery.errand.question = {"delivery": str(delivery.pk)}
    delivery.errand.save(update_fields=["question"])
    empty(delivery.pk)
