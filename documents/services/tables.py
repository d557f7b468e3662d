"""Records out: one row each over all layouts, as Excel, CSV or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from documents.models import Record, SavedExport, Workspace
from documents.services.results import Exported

FORMATS = ("xlsx", "csv", "json")


@dataclass(frozen=True, slots=True)
class Column:
    """``name`` is a shared field's, a region's, or one of the record's own: document,
    page, template, state, approved_by, approved, link, reason."""

    name: str
    label: str
    kind: str


def columns_of(workspace: Workspace) -> list[Column]:
    """All that a table of *workspace* may have, the shared fields first."""
    raise NotImplementedError


def table(
    records: QuerySet[Record],
    as_: str,
    *,
    workspace: Workspace,
    columns: Sequence[str] = (),
    site: str = "",
) -> Exported:
    """*records* as a file: chosen *columns* in their order (none: the usual ones),
    typed cells, colour by confidence, totals per currency, links below *site*."""
    raise NotImplementedError


def take(
    records: QuerySet[Record],
    as_: str,
    *,
    user: AbstractBaseUser,
    workspace: Workspace,
    columns: Sequence[str] = (),
    saved: SavedExport | None = None,
    site: str = "",
) -> Exported:
    """As ``table``, and remember it: approved records become exported."""
    raise NotImplementedError
