"""Which records to show, and how their table is taken home."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.forms.history import ANY, DateInput
from documents.models import Record, RoiTemplate, Workspace
from documents.services.tables import columns_of

TAKEN = [ANY, ("no", _("not yet")), ("yes", _("already"))]


class RecordsForm(forms.Form):
    """The filters of the list; a value that makes no sense filters nothing."""

    q = forms.CharField(label=_("Supplier, number or file"), max_length=200)
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *Record.State.choices])
    template = forms.ChoiceField(label=_("Layout"))
    since = forms.DateField(
        label=_("Invoices from"), widget=DateInput(format="%Y-%m-%d")
    )
    until = forms.DateField(label=_("To"), widget=DateInput(format="%Y-%m-%d"))
    exported = forms.ChoiceField(label=_("Exported"), choices=TAKEN)
    changed = forms.BooleanField(widget=forms.HiddenInput)
    batch = forms.UUIDField(widget=forms.HiddenInput)
    document = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, workspace: Workspace, **named: Any) -> None:
        super().__init__(*arguments, label_suffix="", **named)
        for field in self.fields.values():
            field.required = False
        templates = RoiTemplate.objects.filter(workspace=workspace)
        self.fields["template"].choices = [
            ANY,
            *((str(t.pk), t.name) for t in templates.order_by("name")),
        ]

    @property
    def wishes(self) -> dict[str, Any]:
        """What ``RecordQuerySet.matching`` is asked for."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ExportForm(forms.Form):
    """A table of the records found: its format, its columns in the order they came."""

    format = forms.ChoiceField(
        label=_("As"),
        choices=[("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON")],
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"), required=False, widget=forms.CheckboxSelectMultiple
    )
    remember = forms.BooleanField(
        label=_("Approved records are exported with this"),
        required=False,
        initial=True,
    )
    name = forms.CharField(
        label=_("Save under a name"),
        max_length=100,
        required=False,
        help_text=_("Taken again, it holds what is new or has changed since."),
    )

    def __init__(self, *arguments: Any, workspace: Workspace, **named: Any) -> None:
        super().__init__(*arguments, label_suffix="", **named)
        columns = columns_of(workspace)
        self.fields["columns"].choices = [(c.name, c.label) for c in columns]
        self.fields["columns"].initial = [c.name for c in columns if c.usual]

    def clean_columns(self) -> list[str]:
        # The boxes were put in order on the page: the request has them in that order.
        known = {name for name, _label in self.fields["columns"].choices}
        return [name for name in self.data.getlist("columns") if name in known]
