"""A webhook: what is called, and what it hears of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import Webhook, WebhookDelivery
from documents.services.webhooks import EVENTS


class WebhookForm(forms.Form):
    url = forms.CharField(
        label=_("Address"),
        max_length=Webhook._meta.get_field("url").max_length,
        widget=forms.URLInput(
            attrs={
                "autocomplete": "off",
                "dir": "ltr",
                "placeholder": "https://example.org/hook",
            }
        ),
        help_text=_("What happens is posted to it. Use https wherever you can."),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=Webhook._meta.get_field("name").max_length,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=_("What listens there, such as “Accounting”."),
    )
    events = forms.MultipleChoiceField(
        label=_("It hears"),
        choices=EVENTS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one at least.")},
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, label_suffix="", **named)


class LogForm(forms.Form):
    state = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("All")), *WebhookDelivery.State.choices],
        required=False,
        widget=forms.Select(attrs={"data-submits": True}),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, label_suffix="", **named)

    @property
    def wishes(self) -> dict[str, str]:
        """What narrows the log; nonsense narrows nothing."""
        state = self.cleaned_data["state"] if self.is_valid() else ""
        return {"state": state} if state else {}
