"""Tables taken home: made, remembered, saved to be taken again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Count, DecimalField, Q, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Record, SavedExport, Workspace
from documents.services.results import Exported
from documents.services.tables.columns import Column, chosen_columns
from documents.services.tables.files import TOTALED, as_csv, as_json, as_xlsx
from documents.services.tables.rows import AT_ONCE, batched, rows_of

LONG = Context(prec=400)  # a misread amount may have any number of digits
CENTS, EXACT = Decimal("0.01"), Decimal("0.0001")  # amounts keep four decimals
READY = (Record.State.APPROVED, Record.State.EXPORTED)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UnknownFormat(Exception):
    """Tables come in no such format; the message names those there are."""


class Format(NamedTuple):
    write: Callable[..., bytes]
    media_type: str


FORMATS = {
    "xlsx": Format(as_xlsx, XLSX),
    "csv": Format(as_csv, "text/csv; charset=utf-8"),
    "json": Format(as_json, "application/json"),
}


def table(
    records: QuerySet[Record],
    as_: str,
    *,
    workspace: Workspace,
    columns: Sequence[str] = (),
    site: str = "",
) -> Exported:
    """*records* as a file: chosen *columns* in their order (none: the usual ones),
    typed cells, colour by confidence, totals per currency, links below *site*.

    Raises:
        UnknownFormat, UnknownColumn: with a sentence.
    """
    keys = keys_of(records)
    return written(keys, records, as_, chosen_columns(workspace, columns), site)


def keys_of(records: QuerySet[Record]) -> list[UUID]:
    """The order of a table: by invoice date, then as they came."""
    return list(records.order_by("date", "created", "pk").values_list("pk", flat=True))


def written(
    keys: Sequence[UUID],
    records: QuerySet[Record],
    as_: str,
    columns: Sequence[Column],
    site: str,
) -> Exported:
    if as_ not in FORMATS:
        raise UnknownFormat(
            _("There is no format “%(name)s”. Choose one of: %(names)s.")
            % {"name": as_, "names": ", ".join(FORMATS)}
        )
    rows = rows_of(keys, columns, site.rstrip("/"))
    content = FORMATS[as_].write(columns, rows, totals_of(records))
    name = f"records-{timezone.localdate():%Y-%m-%d}.{as_}"
    return Exported(content, FORMATS[as_].media_type, name)


def totals_of(records: QuerySet[Record]) -> list[dict[str, Any]]:
    """For each currency among *records*: how many, and the sums of net, tax, total."""
    number = DecimalField(max_digits=30, decimal_places=4)
    # What the caller has joined must not count a record twice.
    records = Record.objects.filter(pk__in=records.order_by().values("pk"))
    counted = {
        row["currency"]: row
        for row in records.order_by("currency")
        .values("currency")
        .annotate(records=Count("pk"))
    }
    sums = (
        records.order_by()
        .filter(fields__shared__in=TOTALED, fields__kind="amount")
        .exclude(fields__value="")
        .values("currency", "fields__shared")
        .annotate(sum=Sum(Cast("fields__value", number)))
    )
    found = {
        (row["currency"], row["fields__shared"]): rounded(row["sum"]) for row in sums
    }
    return [
        {
            "currency": currency,
            "records": row["records"],
            **{name: found.get((currency, name)) for name in TOTALED},
        }
        for currency, row in counted.items()
    ]


def rounded(amount: Decimal) -> Decimal:
    """A sum without what SQLite's binary numbers leave behind; cents at the least."""
    exact, cents = (amount.quantize(step, context=LONG) for step in (EXACT, CENTS))
    return cents if cents == exact else exact


@transaction.atomic
def take(
    records: QuerySet[Record],
    as_: str,
    *,
    workspace: Workspace,
    columns: Sequence[str] = (),
    saved: SavedExport | None = None,
    site: str = "",
) -> Exported:
    """As ``table``, and remember it: approved records become exported.

    What is marked is what was written: both see the rows of one moment.
    """
    keys = keys_of(records)
    shown = chosen_columns(workspace, columns)
    exported = written(keys, records, as_, shown, site)
    now = timezone.now()
    for chunk in batched(keys, AT_ONCE):
        Record.objects.filter(pk__in=chunk, state__in=READY).update(
            state=Record.State.EXPORTED,
            exported=now,
            changed_since_export=False,
            updated=now,
        )
    if saved is not None:
        saved.records.add(*keys)
        SavedExport.objects.filter(pk=saved.pk).update(taken=now)
    return exported


def save_export(
    workspace: Workspace,
    *,
    user: AbstractBaseUser,
    name: str,
    columns: Sequence[str],
    filters: dict[str, Any],
) -> SavedExport:
    """Keep *columns* and *filters* under *name*; the same name is saved anew.

    Raises:
        UnknownColumn: with a sentence.
    """
    chosen_columns(workspace, columns)
    saved, _made = SavedExport.objects.update_or_create(
        workspace=workspace,
        name=name,
        defaults={"columns": list(columns), "filters": filters, "created_by": user},
    )
    return saved


def take_saved(
    saved: SavedExport, as_: str, *, user: AbstractBaseUser, site: str = ""
) -> tuple[Exported, int]:
    """What *saved* has not taken yet, or what was changed since; and how many."""
    mine = Record.objects.visible_to(user).filter(workspace=saved.workspace_id)
    wanted = mine.matching(saved.filters)
    fresh = wanted.filter(
        ~Q(pk__in=saved.records.values("pk")) | Q(changed_since_export=True)
    )
    count = fresh.count()
    exported = take(
        fresh,
        as_,
        workspace=saved.workspace,
        columns=saved.columns,
        saved=saved,
        site=site,
    )
    return exported, count
