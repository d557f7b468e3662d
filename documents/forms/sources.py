"""A source: where it is, by its kind's schema; how its documents are read; and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.forms.options import field_for
from documents.forms.reading import AUTO, ReaderForm
from documents.models import Connection, Source
from documents.services import tags
from documents.services.sources import SCHEDULES, kept_secrets
from documents.sources import Kind

CUSTOM = "custom"
OFTEN = "*/15 * * * *"  # what is usual
# Fields that matter only where another one has a certain value.
ONLY_WHERE = {
    "token_url": ("sign_in", "oauth"),
    "client_id": ("sign_in", "oauth"),
    "client_secret": ("sign_in", "oauth"),
    "done_folder": ("done", "move"),
}


class SecretArea(forms.Textarea):
    """Like Django's input for passwords, of several lines: it never shows a value."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any]) -> dict:
        return super().get_context(name, None, attrs)


class SourceForm(ReaderForm):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    connection = forms.ModelChoiceField(
        Connection.objects.none(),
        label=gettext_lazy("Account"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=gettext_lazy("Parted by commas; each of its documents gets them."),
    )
    schedule = forms.ChoiceField(label=gettext_lazy("Visited"), required=False)
    cron = forms.CharField(
        label=gettext_lazy("Schedule of your own"),
        required=False,
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "dir": "ltr", "placeholder": "0 7 * * 1-5"}
        ),
        help_text=gettext_lazy(
            "As cron has it, in the site's time: minute, hour, day, month, weekday."
        ),
    )

    def __init__(
        self,
        *arguments: Any,
        kind: Kind,
        user: AbstractBaseUser,
        source: Source | None = None,
        initial: Mapping[str, Any] | None = None,
        **named: Any,
    ) -> None:
        """For a new source of *kind*, or for *source*: then its own owner alone may
        say where it is."""
        first = initial_of(source) if source else {"schedule": OFTEN}
        super().__init__(*arguments, initial={**first, **(initial or {})}, **named)
        self.kind, self.source = kind, source
        self.may_move = source is None or source.owner_id == user.pk
        if self.may_move:
            self._add_fields_of_place()
        self._offer_accounts_of(user)
        self._offer_schedules()

    def _add_fields_of_place(self) -> None:
        kept = kept_secrets(self.source) if self.source else []
        for name, schema in self.kind.properties.items():
            field = field_for(name, translated(schema))
            field.required = name in self.kind.required
            if schema.get("writeOnly"):
                hide(field, schema, is_kept=name in kept)
            elif isinstance(field.widget, forms.TextInput):
                field.widget.attrs |= {"autocomplete": "off", "dir": "auto"}
            self.fields[place_field(name)] = field

    def _offer_accounts_of(self, user: AbstractBaseUser) -> None:
        if not (self.kind.connection and self.may_move):
            del self.fields["connection"]
            return
        accounts = Connection.objects.visible_to(user)
        accounts = accounts.filter(service=self.kind.connection)
        self.fields["connection"].queryset = accounts
        if not self.initial.get("connection"):
            self.initial["connection"] = accounts.first()

    def _offer_schedules(self) -> None:
        own = (CUSTOM, _("by a schedule of your own"))
        self.fields["schedule"].choices = [*SCHEDULES.items(), own]

    # What templates show

    @property
    def place(self) -> Iterator[tuple[forms.BoundField, str]]:
        """The fields of its kind, each with the other field's value it depends on."""
        for name in self.kind.properties if self.may_move else ():
            other, value = ONLY_WHERE.get(name, ("", ""))
            when = f"{place_field(other)}={value}" if other else ""
            yield self[place_field(name)], when

    # What was chosen

    def clean_tags(self) -> list[str]:
        names = [name for name in self.cleaned_data["tags"].split(",") if name.strip()]
        try:
            return tags.checked_all(names)
        except tags.InvalidTag as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("schedule") == CUSTOM and not cleaned.get("cron"):
            self.add_error("cron", _("Say when, or choose one of the schedules."))
        return cleaned

    @property
    def place_wishes(self) -> dict[str, Any]:
        """Where it is, as the services are told."""
        wishes = {"values": self._values} if self.may_move else {}
        if "connection" in self.fields:
            wishes["connection"] = self.cleaned_data["connection"]
        return wishes

    @property
    def wishes(self) -> dict[str, Any]:
        """What ``create_source`` and ``change_source`` are asked for."""
        chosen = self.cleaned_data
        is_own = chosen["schedule"] == CUSTOM
        layout = {"template": None, "any_template": False, **self.layout}
        if "template" not in self.fields:
            # None is drawn yet: those to come are tried, unless it was told not to.
            layout["any_template"] = not self.source or self.source.any_template
        return {
            "name": chosen["name"],
            "engine": chosen["engine"],
            "languages": chosen["languages"],
            "tags": chosen["tags"],
            "schedule": chosen["cron" if is_own else "schedule"],
            **layout,
            **self.place_wishes,
        }

    @property
    def _values(self) -> dict[str, Any]:
        """Settings and secrets: what is usual where nothing was chosen. None takes a
        setting away that the source had; a secret that was left empty stays."""
        chosen = {name: self._chosen(name) for name in self.kind.properties}
        leaves = set(self.kind.properties) if not self.source else set()
        leaves.update(self.kind.secret_names)
        return {k: v for k, v in chosen.items() if v is not None or k not in leaves}

    def _chosen(self, name: str) -> Any:
        value = self.cleaned_data[place_field(name)]
        if value in (None, ""):
            return self.kind.properties[name].get("default")
        return value

    def show(self, errors: Mapping[str, str]) -> None:
        """Put what the service had to say beside its field, or above all."""
        is_own = self.cleaned_data.get("schedule") == CUSTOM
        for name, said in errors.items():
            if name == "schedule" and is_own:
                name = "cron"
            field = place_field(name) if name in self.kind.properties else name
            self.add_error(field if field in self.fields else None, said)


def translated(schema: Mapping[str, Any]) -> dict[str, Any]:
    """*schema* with its words in the language of the moment."""
    words = {key: _(schema[key]) for key in ("title", "description") if key in schema}
    if "oneOf" in schema:
        words["oneOf"] = [{**one, "title": _(one["title"])} for one in schema["oneOf"]]
    return {**schema, **words}


def hide(field: forms.Field, schema: Mapping[str, Any], *, is_kept: bool) -> None:
    """Let *field* take a secret, and never show it."""
    if schema.get("format") == "multiline":
        field.widget = SecretArea({"rows": 6, "dir": "ltr", "class": "mono"})
    else:
        field.widget = forms.PasswordInput({"autocomplete": "new-password"})
    field.strip = False
    if is_kept:
        field.required = False
        field.widget.attrs["placeholder"] = _("Kept; type to replace it.")


def place_field(name: str) -> str:
    return f"place_{name}"


def initial_of(source: Source) -> dict[str, Any]:
    is_preset = source.schedule in SCHEDULES
    template = AUTO if source.any_template else str(source.template_id or "")
    place = {place_field(name): value for name, value in source.settings.items()}
    return {
        "name": source.name,
        "connection": source.connection_id,
        "languages": source.languages,
        "template": template,
        "tags": ", ".join(source.tags),
        "schedule": source.schedule if is_preset else CUSTOM,
        "cron": "" if is_preset else source.schedule,
        "engine": source.engine or settings.DEFAULT_ENGINE,
        **place,
    }
