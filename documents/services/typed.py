"""What a person typed, as a value of the field it was typed into."""

from __future__ import annotations

from django.utils.translation import gettext as _

import engines
from documents.models import Field
from documents.services import definitions
from documents.services.sentences import told
from engines import Habits, Region, TemplateError

WHOLE_PAGE = engines.Box(0, 0, 1, 1)


class InvalidValue(Exception):
    """What was typed is no value of the field's kind; the message says why."""


def normal(field: Field, typed: str) -> engines.Value:
    """What *typed* means for *field*.

    Raises:
        InvalidValue: nothing, or more than one thing.
    """
    if not typed:
        return engines.Value()
    definition = field.record.version.definition
    habits = Habits(
        date_order=definition["date_order"],
        decimal=definition["decimal"],
        languages=tuple(definition["languages"]),
    )
    found = engines.normal_value(typed, region_of(field), habits)
    if found.doubt or not found.text:
        raise InvalidValue(told(found.doubt) or _("This is no value of its kind."))
    return found


def region_of(field: Field) -> Region:
    """What the field's version of the layout says of it."""
    version = field.record.version
    for region in version.regions:
        if region["name"] == field.name:
            try:
                lists = definitions.code_lists({"regions": [region]}, field.workspace)
            except TemplateError:  # the list was deleted: any code may be right
                return definitions.as_region({**region, "list": None}, {})
            return definitions.as_region(region, lists)
    return Region(field.name, field.kind, WHOLE_PAGE)
