"""Values that no page says: what a layout, or a workspace, takes for granted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import engines
from documents.models import Field, Record, SharedField
from engines import Habits, Region

WHOLE_PAGE = engines.Box(0, 0, 1, 1)


def constants_of(
    record: Record, shared: Iterable[SharedField], fields: Sequence[Field]
) -> Iterator[Field]:
    """A field for each shared one with a constant that none of *fields* fills; the
    layout's own constants go before the workspace's."""
    own = record.version.definition["constants"]
    filled = {field.shared for field in fields} | {field.name for field in fields}
    for order, column in enumerate(shared, start=len(fields)):
        text = own.get(column.name) or column.constant
        if text and column.name not in filled:
            yield constant(record, column, text, order)


def constant(record: Record, column: SharedField, text: str, order: int) -> Field:
    found = meant(record, column, text)
    return Field(
        record=record,
        workspace_id=record.workspace_id,
        name=column.name,
        shared=column.name,
        kind=column.kind,
        order=order,
        page=record.first_page,
        raw=text,
        value=found.text or text,
        currency=found.currency,
        read_value=found.text or text,
        confidence=1.0,
    )


def meant(record: Record, column: SharedField, text: str) -> engines.Value:
    """*text* as a value of the column's kind, as far as it is one."""
    definition = record.version.definition
    habits = Habits(
        date_order=definition["date_order"],
        decimal=definition["decimal"],
        languages=tuple(definition["languages"]),
    )
    region = Region(column.name, column.kind, WHOLE_PAGE)
    return engines.normal_value(text, region, habits)
