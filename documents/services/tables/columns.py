"""The columns that a workspace's tables can have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.models import RoiTemplate, Workspace
from documents.services.shared_fields import shared_fields


class UnknownColumn(Exception):
    """No table of the workspace has such a column; the message names it."""


@dataclass(frozen=True, slots=True)
class Column:
    """``kind`` is a region's, or "own" for what is known of the record itself.

    A usual column is there when nobody has chosen.
    """

    name: str
    label: str
    kind: str
    usual: bool = False


def own_columns() -> list[Column]:
    return [
        Column("document", _("document"), "own", usual=True),
        Column("pages", _("pages"), "own"),
        Column("template", _("layout"), "own", usual=True),
        Column("state", _("state"), "own", usual=True),
        Column("reasons", _("to be looked at"), "own"),
        Column("approved", _("approved"), "own"),
        Column("approved_by", _("approved by"), "own"),
        Column("received", _("received"), "own"),
        Column("batch", _("batch"), "own"),
        Column("link", _("link"), "own", usual=True),
    ]


def columns_of(workspace: Workspace) -> list[Column]:
    """All that a table of *workspace* may have: the shared fields, then the record's
    own, then what single layouts read beside them."""
    shared = [
        Column(field.name, field.name, field.kind, usual=True)
        for field in shared_fields(workspace)
    ]
    own = own_columns()
    taken = {column.name for column in [*shared, *own]}
    return [*shared, *own, *_others(workspace, taken)]


def _others(workspace: Workspace, taken: Iterable[str]) -> list[Column]:
    found = dict.fromkeys(taken, "")
    templates = RoiTemplate.objects.filter(workspace=workspace).alive()
    columns = []
    for template in templates.prefetch_related("versions"):
        for region in _newest_regions(template):
            name = region["name"]
            if name not in found and not region.get("field"):
                found[name] = region["kind"]
                columns.append(Column(name, name, region["kind"]))
    return columns


def _newest_regions(template: RoiTemplate) -> list[dict[str, str]]:
    for version in template.versions.all():
        if version.number == template.version:
            return version.definition.get("regions", [])
    return []


def chosen_columns(workspace: Workspace, names: Sequence[str]) -> list[Column]:
    """The columns called *names*, in that order; the usual ones where none is named.

    Raises:
        UnknownColumn: there is none of a name.
    """
    known = {column.name: column for column in columns_of(workspace)}
    for name in names:
        if name not in known:
            raise UnknownColumn(
                _("There is no column “%(name)s”. Choose from: %(names)s.")
                % {"name": name, "names": ", ".join(known)}
            )
    if names:
        return [known[name] for name in dict.fromkeys(names)]
    return [column for column in known.values() if column.usual]
