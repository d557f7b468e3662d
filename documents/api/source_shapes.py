"""Sources as the API takes and shows them; their secrets go in, and never out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.api.fields import Wish
from documents.api.jobs import AUTO, LANGUAGE, ReadingIn
from documents.api.lookup import visible
from documents.models import Connection, RoiTemplate, Source, SourceItem, SourceRun
from documents.services.sources import InvalidSource, kept_secrets

NAME_LENGTH = Source._meta.get_field("name").max_length
SCHEDULE_LENGTH = Source._meta.get_field("schedule").max_length
MOST_ITEMS = 1000
# What may be wrong besides the settings of a kind.
COLUMNS = (
    *("name", "kind", "connection", "engine", "languages", "template"),
    *("tags", "schedule"),
)


class PlaceIn(Wish):
    """Where it is."""

    kind = serializers.CharField(max_length=20, help_text=_("See /source-kinds/."))
    settings = serializers.DictField(
        help_text=_(
            "Settings and secrets, as the schema of the kind has them. Secrets are "
            "kept encrypted, and never shown again."
        )
    )
    connection = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text=_("A connected account of yours, where the kind needs one."),
    )


class SourceIn(PlaceIn):
    name = serializers.CharField(max_length=NAME_LENGTH)
    workspace = serializers.UUIDField(
        required=False, help_text="Your own, when left out."
    )
    engine = serializers.CharField(required=False, max_length=40, allow_blank=True)
    languages = serializers.ListField(
        child=serializers.RegexField(LANGUAGE), required=False, max_length=10
    )
    template = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=40,
        help_text=_(
            "The id of a template, “auto” (the one that fits best; so it is when left "
            "out), or null: text alone is read."
        ),
    )
    tags = serializers.ListField(
        child=serializers.CharField(max_length=50), required=False, max_length=30
    )
    schedule = serializers.CharField(
        required=False,
        max_length=SCHEDULE_LENGTH,
        allow_blank=True,
        help_text=_(
            "When it is visited: cron's five fields, in the site's time zone. "
            "Empty: only when it is asked to be."
        ),
    )

    validate_template = ReadingIn.validate_template


class SourceChange(SourceIn):
    """What is left out stays; of the settings, too. A null takes a setting away."""

    kind = None
    workspace = None
    paused = serializers.BooleanField(required=False)


class RetryIn(Wish):
    items = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        required=False,
        max_length=MOST_ITEMS,
        help_text=_("The ids of some; all that failed, when left out."),
    )


class CountsOut(serializers.Serializer):
    """Files, by what became of them."""

    waiting = serializers.IntegerField()
    taken = serializers.IntegerField()
    failed = serializers.IntegerField()
    skipped = serializers.IntegerField()


class SourceOut(serializers.ModelSerializer):
    settings = serializers.DictField(help_text="Without secrets.")
    secrets = serializers.SerializerMethodField(help_text="The names of those kept.")
    languages = serializers.ListField(child=serializers.CharField())
    template = serializers.SerializerMethodField(help_text="An id, or “auto”.")
    tags = serializers.ListField(child=serializers.CharField())
    running = serializers.SerializerMethodField(help_text="Is it being visited?")
    error = serializers.CharField(help_text="Of the last visit.")
    counts = CountsOut(source="*")

    class Meta:
        model = Source
        fields = [
            *("id", "name", "kind", "workspace", "owner", "settings", "secrets"),
            *("connection", "engine", "languages", "template", "tags", "schedule"),
            *("paused", "running", "last_success", "next_run", "failures", "error"),
            *("counts", "created", "updated"),
        ]

    def get_secrets(self, source: Source) -> list[str]:
        return kept_secrets(source)

    def get_template(self, source: Source) -> str | None:
        if source.template_id:
            return str(source.template_id)
        return AUTO if source.any_template else None

    def get_running(self, source: Source) -> bool:
        return source.busy_until is not None


class SourceRunOut(serializers.ModelSerializer):
    found = serializers.IntegerField(help_text="Files that were not known before.")

    class Meta:
        model = SourceRun
        fields = [
            *("id", "state", "found", "taken", "failed", "error"),
            *("started", "finished"),
        ]


class SourceItemOut(serializers.ModelSerializer):
    class Meta:
        model = SourceItem
        fields = [
            *("id", "key", "checksum", "name", "state", "attempts", "next_try"),
            *("error", "document", "created", "updated"),
        ]


class TriedSourceOut(serializers.Serializer):
    answer = serializers.CharField(help_text="A sentence that says what is there.")


class RetriedOut(serializers.Serializer):
    items = serializers.IntegerField(help_text="How many are tried again.")


class SourceKindOut(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField()
    about = serializers.CharField()
    schema = serializers.DictField(
        help_text="JSON Schema of its settings; what is writeOnly is a secret."
    )
    admins_only = serializers.BooleanField()
    connection = serializers.CharField(
        help_text="The service of the account that it needs; empty: it needs none."
    )
    available = serializers.BooleanField()
    reason = serializers.CharField(help_text="Why you cannot have one here.")


def wished(user: AbstractBaseUser, wish: dict[str, Any]) -> dict[str, Any]:
    """*wish* by the names of the service: with rows that *user* may see."""
    what = {name: value for name, value in wish.items() if name != "settings"}
    if "settings" in wish:
        what["values"] = wish["settings"]
    if key := wish.get("connection"):
        what["connection"] = visible(Connection.objects, user, pk=key)
    if "template" in wish:
        what |= layout(user, wish["template"])
    return what


def layout(user: AbstractBaseUser, wish: UUID | str | None) -> dict[str, Any]:
    if isinstance(wish, UUID):
        template = visible(RoiTemplate.objects, user, pk=wish)
        return {"template": template, "any_template": False}
    return {"template": None, "any_template": wish == AUTO}


def in_its_fields(error: InvalidSource) -> serializers.ValidationError:
    """The same, said of the fields of the body."""
    errors = error.errors.items()
    columns = {name: [told] for name, told in errors if name in COLUMNS}
    others = {name: [told] for name, told in errors if name not in COLUMNS}
    return serializers.ValidationError(
        {**columns, **({"settings": others} if others else {})}
    )
