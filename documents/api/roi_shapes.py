"""How templates look in the API: what is told of them, and what may be wished.

A wish is checked twice: here for its shape, so that an error names the field that is
wrong, and in ``services.definitions`` for what it means.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from documents.api.fields import Wish
from documents.services.definitions import KEYS
from engines import CHECKS, DATE_ORDERS, KINDS

DECIMALS = ("", ".", ",")
FRACTIONS = _("Fractions 0..1 of the upright reference page.")


class FractionsIn(Wish):
    """A part of the reference page; its corners may come in any order."""

    left = serializers.FloatField()
    top = serializers.FloatField()
    right = serializers.FloatField()
    bottom = serializers.FloatField()


class AnchorIn(Wish):
    """A label that the region moves with."""

    text = serializers.CharField(max_length=200)
    box = FractionsIn(help_text=FRACTIONS)


class RegionIn(Wish):
    """Where one field stands, and what it is."""

    name = serializers.CharField(max_length=60)
    kind = serializers.ChoiceField(KINDS, default="text")
    box = FractionsIn(help_text=FRACTIONS)
    page = serializers.IntegerField(
        default=1, help_text=_("Of the record, from 1; -1: its last.")
    )
    anchor = AnchorIn(required=False, allow_null=True)
    engine = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=40,
        help_text=_("Empty: the best for the kind."),
    )
    languages = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, max_length=10
    )
    required = serializers.BooleanField(default=False)
    pattern = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=500,
        help_text=_("A regular expression (RE2) that the whole value must match."),
    )
    check = serializers.ChoiceField(("", *CHECKS), required=False)
    list = serializers.UUIDField(
        required=False, allow_null=True, help_text=_("The code list it must be in.")
    )
    field = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=60,
        help_text=_("The shared field it fills; empty: the one of its name."),
    )
    order = serializers.IntegerField(required=False)


class DefinitionIn(Wish):
    """What is drawn on a template, and what is told of its values."""

    name = serializers.CharField(max_length=100)
    languages = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, max_length=10
    )
    date_order = serializers.ChoiceField(DATE_ORDERS, required=False)
    decimal = serializers.ChoiceField(DECIMALS, required=False)
    rules = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False
    )
    constants = serializers.DictField(
        child=serializers.CharField(max_length=200, allow_blank=True), required=False
    )
    regions = RegionIn(many=True)

    @classmethod
    def of(cls, request: Request, **options: Any) -> tuple[dict[str, Any], Any]:
        """The definition as it was sent, and the other wishes as they are meant."""
        wish = cls(data=request.data, **options)
        wish.is_valid(raise_exception=True)
        definition = {key: request.data[key] for key in KEYS if key in request.data}
        return definition, wish.validated_data


class TemplateIn(DefinitionIn):
    document = serializers.UUIDField(help_text=_("What it is drawn on."))
    page = serializers.IntegerField(default=1, help_text=_("Of the document."))
    last_page = serializers.IntegerField(
        required=False, help_text=_("Where the layout has several pages.")
    )


class TemplateChange(DefinitionIn):
    """The document may be named again, but is no other one."""

    document = serializers.UUIDField(required=False, allow_null=True)
    page = serializers.IntegerField(required=False)


class AnchorOut(serializers.Serializer):
    text = serializers.CharField()
    box = FractionsIn()


class RegionOut(serializers.Serializer):
    name = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    box = FractionsIn()
    page = serializers.IntegerField()
    anchor = AnchorOut(allow_null=True)
    engine = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    required = serializers.BooleanField()
    pattern = serializers.CharField()
    check = serializers.CharField()
    list = serializers.UUIDField(allow_null=True)
    field = serializers.CharField()
    order = serializers.IntegerField()


class TemplateOut(serializers.Serializer):
    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    document = serializers.UUIDField(
        allow_null=True, help_text=_("What it was drawn on; null when that is gone.")
    )
    page = serializers.IntegerField()
    prepared = serializers.BooleanField(
        help_text=_("Whether pages can be laid over it by now.")
    )
    created = serializers.DateTimeField()
    updated = serializers.DateTimeField()
    languages = serializers.ListField(child=serializers.CharField())
    date_order = serializers.ChoiceField(DATE_ORDERS)
    decimal = serializers.ChoiceField(DECIMALS)
    rules = serializers.ListField(child=serializers.CharField())
    constants = serializers.DictField(child=serializers.CharField())
    regions = RegionOut(many=True)
