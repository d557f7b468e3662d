"""Fields of a form for what one engine alone understands, made from its JSON Schema.

Each is called ENGINE.OPTION, so that one form offers those of all engines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from documents.services.options import InvalidOption, checked_options, own_schema
from documents.services.sentences import told
from engines import get_engine

Schema = dict[str, Any]


class EngineOptions:
    """The options of those *engines* that have any, within *form*."""

    def __init__(self, form: forms.Form, engines: Iterable[str]) -> None:
        self.form = form
        self.names = [name for name in engines if self._add_fields_of(name)]

    def __iter__(self) -> Iterator[tuple[str, str, list[forms.BoundField]]]:
        """Each engine that has any: its name, its label, its fields."""
        for name in self.names:
            fields = [self.form[field_name(name, one)] for one in _known(name)]
            yield name, told(get_engine(name).label), fields

    def chosen(self, engine: str) -> dict[str, Any]:
        """What was chosen for *engine* other than usual.

        Raises:
            ValidationError: it does not take that.
        """
        given = self.form.cleaned_data
        values = {
            name: given[field_name(engine, name)]
            for name, schema in _known(engine).items()
            if is_given(given.get(field_name(engine, name)), schema)
        }
        try:
            return checked_options(engine, values)
        except InvalidOption as error:
            raise forms.ValidationError(str(error)) from None

    def _add_fields_of(self, name: str) -> bool:
        made = {
            field_name(name, one): field_for(one, schema)
            for one, schema in _known(name).items()
        }
        self.form.fields.update(made)
        return bool(made)


def field_name(engine: str, option: str) -> str:
    return f"{engine}.{option}"


def field_for(name: str, schema: Schema) -> forms.Field:
    """The field that *schema*, of the option *name*, asks for."""
    common = {
        "label": told(schema.get("title", name)),
        "help_text": told(schema.get("description", "")),
        "required": False,
        "initial": schema.get("default"),
    }
    if choices := choices_in(schema):
        return forms.TypedChoiceField(choices=choices, **common)
    kind = schema.get("type")
    if kind == "boolean":
        return forms.BooleanField(**common)
    if kind == "array" and (choices := choices_in(schema.get("items", {}))):
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **common
        )
    if kind in ("integer", "number"):
        make = forms.IntegerField if kind == "integer" else forms.FloatField
        limits = {
            "min_value": schema.get("minimum"),
            "max_value": schema.get("maximum"),
        }
        return make(**limits, **common)
    return forms.CharField(max_length=schema.get("maxLength", 200), **common)


def choices_in(schema: Schema) -> list[tuple[Any, str]]:
    """The values of an enumeration, with their titles where it tells any."""
    if "oneOf" in schema:
        return [(one["const"], told(one["title"])) for one in schema["oneOf"]]
    return [(value, str(value)) for value in schema.get("enum", ())]


def is_given(value: Any, schema: Schema) -> bool:
    """Whether *value* says something: what is usual, or nothing, is not said."""
    return value not in (None, "", []) and value != schema.get("default")


def _known(engine: str) -> dict[str, Schema]:
    return own_schema(engine)["properties"]
