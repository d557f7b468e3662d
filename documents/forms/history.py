"""What to look for in the history."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.forms.reading import engine_choices
from documents.models.jobs import State

ANY = ("", _("any"))


class DateInput(forms.DateInput):
    input_type = "date"  # the browser's own, in the user's order of day and month


class HistoryForm(forms.Form):
    q = forms.CharField(label=_("Name or text"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"), choices=[ANY, *State.choices], required=False
    )
    engine = forms.ChoiceField(
        label=_("Engine"), choices=lambda: [ANY, *engine_choices()], required=False
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=DateInput(format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=DateInput(format="%Y-%m-%d")
    )
    batch = forms.UUIDField(required=False, widget=forms.HiddenInput)
    tag = forms.CharField(required=False, max_length=50, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, label_suffix="", **named)

    @property
    def wishes(self) -> dict[str, Any]:
        """What ``matching`` is asked for; a value that makes no sense asks nothing."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if "since" in given:
            given["since"] = midnight(given["since"])
        if "until" in given:
            given["until"] = midnight(given["until"] + timedelta(days=1))
        return given


def midnight(day: date) -> datetime:
    """When *day* begins where the user is."""
    return timezone.make_aware(datetime.combine(day, time.min))
