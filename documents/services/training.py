"""What people said is printed on crops of numbers, as training takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from documents.models import LabelledCrop, Workspace

KINDS = ("amount", "date", "digits", "integer")
EVERY = "all"

# A lasting key, the crop's file, what a person says is printed on it, its kind.
Correction = tuple[str, bytes, str, str]


class UnknownWorkspace(Exception):
    """Nobody has a workspace of that name."""


@dataclass(slots=True)
class Corrections:
    """The labelled crops of numbers in *workspaces*; ``gone`` counts, while they are
    taken, those whose file is not there any more."""

    workspaces: tuple[Workspace, ...] | None = None  # None: all of them
    gone: int = 0

    def __iter__(self) -> Iterator[Correction]:
        self.gone = 0
        crops = LabelledCrop.objects.filter(kind__in=KINDS).select_related("field")
        if self.workspaces is not None:
            crops = crops.filter(workspace__in=self.workspaces)
        for crop in crops.order_by("pk").iterator():
            if not any(char.isdigit() for char in crop.text):
                continue
            try:
                with crop.field.crop.open("rb") as file:
                    picture = file.read()
            except (OSError, ValueError):  # a field that lost its crop has no file
                self.gone += 1
                continue
            yield crop.field_id.hex, picture, crop.text, crop.kind


def workspaces_named(names: Iterable[str]) -> tuple[Workspace, ...] | None:
    """The workspaces of these *names*, or ids; None, for all, where one is "all".

    Raises:
        UnknownWorkspace: there is none of a name.
    """
    found: set[Workspace] = set()
    for name in names:
        if name == EVERY:
            return None
        named = Workspace.objects.filter(Q(name=name) | Q(pk=as_id(name)))
        if not named:
            words = _("There is no workspace “%(name)s”.")
            raise UnknownWorkspace(words % {"name": name})
        found.update(named)
    return tuple(found)


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
