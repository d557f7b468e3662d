"""What of a record must be looked at: broken rules, twins, samples. Pure but for reads.

A person's word settles a field. What the machine alone says is judged anew with every
change: a field that waited only for a rule goes back when the rule holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

import engines
from documents.models import Field, Record
from engines import Broken

State = Field.State
SETTLED = (State.CONFIRMED, State.CORRECTED, State.REJECTED)
OURS = ("", "rule", "twin", "sampled")  # causes that are judged here
TEXT_COLUMNS = ("supplier", "number", "date", "currency")
LARGEST = Decimal(10) ** 16  # of a total that the column holds


def judge(record: Record, fields: Sequence[Field]) -> None:
    """Set the states of *fields* and what *record* repeats of them; nothing is saved.

    *fields* are all of the record, in their order.
    """
    fill_columns(record, fields)
    reasons = sampled(record, fields)
    for found in (twinned(record, fields), ruled(record, fields)):
        for key, why in found.items():
            # What is news to a person goes before what they know.
            if len(reasons.get(key, ())) <= len(why):
                reasons[key] = why
    for field in fields:
        if field.state in SETTLED and field.pk not in reopened(reasons):
            continue
        settle_field(field, reasons.get(field.pk, ("", "")))


def reopened(reasons: dict[Any, tuple[str, ...]]) -> set[Any]:
    """Those whose reason is news to whoever settled them."""
    return {key for key, reason in reasons.items() if len(reason) > 2}


def settle_field(field: Field, why: tuple[str, ...]) -> None:
    """The engine's own doubt stays until a person comes; ours come and go."""
    if field.cause in OURS or field.state in SETTLED:
        was_ours = field.cause != ""
        field.cause, field.reason = why[:2]
        if was_ours and not field.cause:
            field.state = said_before(field)
            return
    field.state = State.NEEDS_REVIEW if field.cause else State.AUTO


def said_before(field: Field) -> State:
    """A value that a person had decided on stays theirs when a rule holds again."""
    last = field.changes.last()
    return State(last.act) if last and last.act in SETTLED else State.AUTO


def fill_columns(record: Record, fields: Sequence[Field]) -> None:
    """Repeat the shared fields that lists, twins and exports ask for."""
    values: dict[str, str] = {}
    for field in fields:
        if field.shared and field.value:
            values.setdefault(field.shared, " ".join(field.value.split()))
    for name in TEXT_COLUMNS:
        most = Record._meta.get_field(name).max_length
        setattr(record, name, values.get(name, "")[:most])
    record.total = decimal(values.get("total", ""))
    if len(values.get("currency", "")) != 3:
        record.currency = currency_of(fields)


def decimal(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) >= LARGEST:
        return None
    return round(number, 4)


def currency_of(fields: Sequence[Field]) -> str:
    """The total's, else that of the first amount that has one."""
    known = [field for field in fields if field.currency]
    known.sort(key=lambda field: field.shared != "total")
    return known[0].currency if known else ""


def ruled(record: Record, fields: Sequence[Field]) -> dict[Any, tuple[str, ...]]:
    """By field, the first rule that it breaks, now kept in ``record.broken``.

    A rule that is broken by what persons said, all of them, and was not when they said
    it, opens the field that was changed last: somebody must see it.
    """
    known = {one["rule"]: one["values"] for one in record.broken}
    reasons: dict[Any, tuple[str, ...]] = {}
    record.broken = []
    for broken in broken_rules(record, fields):
        concerned = [field for field in fields if is_in(field, broken.names)]
        concerned = concerned or list(fields[:1])
        values = {field.name: field.value for field in concerned}
        record.broken.append(
            {"rule": broken.rule, "reason": broken.reason, "values": values}
        )
        for field in concerned:
            reasons.setdefault(field.pk, ("rule", broken.reason))
        settled = [field for field in concerned if field.state in SETTLED]
        if len(settled) == len(concerned) and known.get(broken.rule) != values:
            last = max(settled, key=lambda field: field.updated)
            reasons[last.pk] = ("rule", broken.reason, "new")
    return reasons


def is_in(field: Field, names: Sequence[str]) -> bool:
    return field.name in names or bool(field.shared and field.shared in names)


def broken_rules(record: Record, fields: Sequence[Field]) -> list[Broken]:
    rules = record.version.definition["rules"]
    if not rules:
        return []
    values, kinds = {}, {}
    # A region's own name goes before the column of that name which another one fills.
    for name in ("shared", "name"):
        for field in fields:
            if getattr(field, name):
                values[getattr(field, name)] = field.value
                kinds[getattr(field, name)] = field.kind
    try:
        return engines.broken_rules(rules, values, kinds)
    except engines.TemplateError as error:
        # It was sound when it was drawn; a field that it speaks of is gone since.
        return [Broken(rules[0], (), str(error))]


def twinned(record: Record, fields: Sequence[Field]) -> dict[Any, tuple[str, ...]]:
    """The number, or the first field, where another record is the same invoice."""
    before, record.twin = record.twin_id, twin_of(record)
    if record.twin is None or not fields:
        return {}
    marked = next((field for field in fields if field.shared == "number"), fields[0])
    reason = _("It looks like the same invoice as %(record)s.") % {
        "record": str(record.twin)
    }
    news = ("new",) if before != record.twin_id else ()
    return {marked.pk: ("twin", reason, *news)}


def twin_of(record: Record) -> Record | None:
    """The record that is the same invoice: an older one, or one that was let through.

    The same supplier and number, or supplier, date and total. Where nothing fills the
    supplier, a layout stands for one.
    """
    alike = Q()
    if record.number:
        alike |= Q(number=record.number)
    if record.date and record.total is not None:
        alike |= Q(date=record.date, total=record.total)
    if not alike:
        return None
    whose = Q(supplier=record.supplier)
    if not record.supplier:
        whose &= Q(version__template=record.version.template_id)
    others = Record.objects.alive().filter(whose & alike, workspace=record.workspace_id)
    if not record._state.adding:
        earlier = Q(created__lt=record.created) | ~Q(state=Record.State.TO_REVIEW)
        others = others.exclude(pk=record.pk).filter(earlier)
    return others.order_by("created", "pk").first()


def sampled(record: Record, fields: Sequence[Field]) -> dict[Any, tuple[str, ...]]:
    """A share of what was read, the same ones whenever it is asked."""
    reason = _("Nothing is wrong: a few of all values are looked at.")
    read = {region["name"] for region in record.version.regions}
    return {
        field.pk: ("sampled", reason)
        for field in fields
        if field.name in read and is_sampled(field)
    }


def is_sampled(field: Field) -> bool:
    digest = hashlib.sha256(field.pk.bytes).digest()
    share = int.from_bytes(digest[:4]) / 2**32
    return share * 100 < settings.REVIEW_SAMPLE_PERCENT
