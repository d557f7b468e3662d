"""What the pages of layouts send: where to draw, what was drawn, what is shared."""

from __future__ import annotations

import csv
import json
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engines import Box

EDGES = ("left", "top", "right", "bottom")
OFFERED = 50  # scans to choose from
MOST_NAMES = 500  # that a page may send: more than any layout has regions


class IdField(forms.UUIDField):
    """An id that may come as JSON, where anything may stand in its place."""

    def to_python(self, value: Any) -> UUID | None:
        return super().to_python(value if isinstance(value, str | UUID) else str(value))

    def clean(self, value: Any) -> UUID | None:
        return super().clean(value or "")


class ScanForm(forms.Form):
    document = IdField()
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)


class DefinitionForm(forms.Form):
    """A definition is only looked at here; what it may hold, services say."""

    definition = forms.JSONField(required=False)

    def clean_definition(self) -> dict[str, Any]:
        definition = self.cleaned_data["definition"] or {}
        if not isinstance(definition, dict):
            raise forms.ValidationError(_("What was drawn is no JSON object."))
        return definition


class DrawnForm(DefinitionForm):
    name = forms.CharField(
        max_length=100, error_messages={"required": _("Give the layout a name.")}
    )
    document = IdField(required=False)
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    last_page = forms.IntegerField(min_value=1, max_value=100_000, required=False)


class ValuesForm(DefinitionForm):
    document = IdField()
    page = forms.IntegerField(min_value=1, max_value=100_000)
    template = IdField(required=False)


class PlaceForm(forms.Form):
    """A page of a document, or of a layout; the names that are taken there."""

    document = IdField(required=False)
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    template = IdField(required=False)
    place = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    taken = forms.JSONField(required=False)

    def clean_taken(self) -> list[str]:
        taken = self.cleaned_data["taken"] or []
        if not isinstance(taken, list) or len(taken) > MOST_NAMES:
            raise forms.ValidationError(_("This is no list of names."))
        return [str(name) for name in taken]

    def clean(self) -> dict[str, Any]:
        wish = super().clean()
        if not (wish.get("document") or wish.get("template") or self.errors):
            raise forms.ValidationError(_("Say which page it is."))
        return wish


class GuessForm(PlaceForm):
    """A line by its number, and where across the page it was pointed at; or a box."""

    line = forms.IntegerField(min_value=0, max_value=1_000_000, required=False)
    at = forms.FloatField(min_value=0, max_value=1, required=False)
    box = forms.JSONField(required=False)

    def clean_box(self) -> dict[str, float] | None:
        box = self.cleaned_data["box"]
        if box is None:
            return None
        try:
            edges = {edge: float(box[edge]) for edge in EDGES}
            Box(**edges)
        except (KeyError, TypeError, ValueError) as error:
            raise forms.ValidationError(_("This is no box.")) from error
        if not all(0 <= edge <= 1 for edge in edges.values()):
            raise forms.ValidationError(_("The box lies outside the page."))
        return edges

    def clean(self) -> dict[str, Any]:
        wish = super().clean()
        if wish.get("line") is None and wish.get("box") is None and not self.errors:
            raise forms.ValidationError(_("Say which line or box it is."))
        return wish


class ImportForm(forms.Form):
    """A file of JSON; *documents* are the scans its clicks may have been made on."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A layout exported here or on another site, or click coordinates."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    document = forms.ModelChoiceField(
        label=_("Scan"),
        queryset=None,
        required=False,
        empty_label=_("only for click coordinates"),
        help_text=_("On which the clicks of a coordinates_data.json were made."),
    )

    def __init__(self, *arguments: Any, documents: QuerySet, **named: Any) -> None:
        super().__init__(*arguments, label_suffix="", **named)
        field = self.fields["document"]
        field.queryset = documents
        field.choices = [
            ("", field.empty_label),
            *((one.pk, one.name) for one in documents[:OFFERED]),
        ]

    def clean_file(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        try:
            data = json.loads(file.read().decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(_("The file is no JSON.")) from error
        if not isinstance(data, dict):
            raise forms.ValidationError(_("The file is no layout."))
        self.cleaned_data["name"] = PurePath(file.name).stem[:90]
        return data


class CodeListForm(forms.Form):
    """Values one a line: pasted, or in a file, or both."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    values = forms.CharField(
        label=_("Values"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "spellcheck": "false"}),
        help_text=_("One a line. A region with this list may have no other value."),
    )
    file = forms.FileField(
        label=_("or a file"),
        required=False,
        help_text=_("Text, one value a line; of a CSV the first column is taken."),
        widget=forms.FileInput(attrs={"accept": ".txt,.csv,text/plain,text/csv"}),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, label_suffix="", **named)

    def clean_file(self) -> list[str]:
        file = self.cleaned_data["file"]
        if not file:
            return []
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is no text in UTF-8.")) from error
        try:
            return [row[0].strip() for row in csv.reader(text.splitlines()) if row]
        except csv.Error as error:
            raise forms.ValidationError(_("The file is no list of values.")) from error

    def all_values(self) -> list[str]:
        pasted = self.cleaned_data["values"].splitlines()
        return [*pasted, *self.cleaned_data["file"]]
