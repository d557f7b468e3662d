"""Tags: those that documents have, and how they are sent."""

from __future__ import annotations

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from documents.api.lookup import Visible
from documents.models import Tag
from documents.services.tags import (
    LONGEST,
    LONGEST_ALT_TEXT,
    MOST,
    InvalidAltText,
    InvalidTag,
    checked_all,
    checked_alt_text,
)


class TagsField(serializers.ListField):
    """All tags of a document; upper and lower case are the same."""

    child = serializers.CharField(allow_blank=True)

    def __init__(self, **options: Any) -> None:
        words = f"At most {MOST}, each of at most {LONGEST} characters."
        super().__init__(help_text=words, **options)

    def to_internal_value(self, data: Any) -> list[str]:
        try:
            return checked_all(super().to_internal_value(data))
        except InvalidTag as error:
            raise serializers.ValidationError([str(error)]) from None


class AltTextField(serializers.CharField):
    """What stands for the picture where it cannot be seen."""

    def __init__(self, **options: Any) -> None:
        words = f"What is to be seen, in at most {LONGEST_ALT_TEXT} characters."
        super().__init__(allow_blank=True, help_text=words, **options)

    def to_internal_value(self, data: Any) -> str:
        try:
            return checked_alt_text(super().to_internal_value(data))
        except InvalidAltText as error:
            raise serializers.ValidationError([str(error)]) from None


class TagFilter(filters.FilterSet):
    q = filters.CharFilter("name", lookup_expr="icontains", max_length=LONGEST)
    workspace = filters.UUIDFilter("workspace_id")

    class Meta:
        model = Tag
        fields: list[Any] = []


class TagOut(serializers.ModelSerializer):
    documents = serializers.IntegerField(
        source="document_count", help_text="How many have it."
    )

    class Meta:
        model = Tag
        fields = ["name", "workspace", "documents"]


class Tags(Visible, ListAPIView):
    """The tags that your documents have."""

    queryset = Tag.objects.in_use()
    serializer_class = TagOut
    filterset_class = TagFilter
    ordering_fields = ["name"]
    ordering = ["name"]
