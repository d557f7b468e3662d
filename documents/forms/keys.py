"""A new API key: what it is for, what it may do, how long."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SCOPES = {"read,write": _("Read and write"), "read": _("Only read")}
LIVES = {
    "": _("Never"),
    "30": _("In 30 days"),
    "90": _("In 90 days"),
    "365": _("In a year"),
}


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=_("What will use it, such as “Accounting script”."),
    )
    scopes = forms.ChoiceField(label=_("It may"), choices=SCOPES)
    life = forms.ChoiceField(label=_("It expires"), choices=LIVES, required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, label_suffix="", **named)

    def clean_scopes(self) -> list[str]:
        return self.cleaned_data["scopes"].split(",")

    def expires(self) -> datetime | None:
        days = self.cleaned_data["life"]
        return timezone.now() + timedelta(days=int(days)) if days else None
