"""What lists can be narrowed by, and in which order they come."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request
from rest_framework.views import APIView

from documents.models import (
    Batch,
    CodeList,
    Document,
    Field,
    Job,
    Record,
    RoiTemplate,
)
from documents.models.jobs import State
from engines import CAUSES, KINDS

SEARCH_LENGTH = 200


class StableOrdering(OrderingFilter):
    """Rows that are equal in what the caller orders by keep their places."""

    def get_ordering(
        self, request: Request, queryset: QuerySet, view: APIView
    ) -> list[str]:
        return [*(super().get_ordering(request, queryset, view) or ()), "-pk"]


class BatchFilter(filters.FilterSet):
    created_after = filters.IsoDateTimeFilter("created", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter("created", lookup_expr="lt")
    workspace = filters.UUIDFilter("workspace_id")

    class Meta:
        model = Batch
        fields = ["created_after", "created_before", "workspace"]


class DocumentFilter(filters.FilterSet):
    q = filters.CharFilter(
        method="search",
        max_length=SEARCH_LENGTH,
        label=(
            "all these words, or words that begin so, each in the name or on any page; "
            '"in quotes": one after the other; -word: without it'
        ),
    )
    media_type = filters.CharFilter()
    external_id = filters.CharFilter()
    sha256 = filters.CharFilter(label="of the original file, in hexadecimal digits")
    batch = filters.UUIDFilter("batch_id")
    tag = filters.CharFilter(
        method="tagged", max_length=50, label="upper and lower case are the same"
    )
    workspace = filters.UUIDFilter("workspace_id")
    created_after = filters.IsoDateTimeFilter("created", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter("created", lookup_expr="lt")
    updated_after = filters.IsoDateTimeFilter("updated", lookup_expr="gt")

    class Meta:
        model = Document
        fields = ["media_type", "external_id", "sha256"]

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.search(value)

    def tagged(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.tagged(value)


class JobFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(choices=State.choices)
    document = filters.UUIDFilter("document_id")
    workspace = filters.UUIDFilter("workspace_id")
    template = filters.UUIDFilter("template_id")
    engine = filters.CharFilter()
    created_after = filters.IsoDateTimeFilter("created", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter("created", lookup_expr="lt")
    updated_after = filters.IsoDateTimeFilter("updated", lookup_expr="gt")

    class Meta:
        model = Job
        fields: list[Any] = ["engine"]


class RoiTemplateFilter(filters.FilterSet):
    q = filters.CharFilter("name", lookup_expr="icontains", max_length=SEARCH_LENGTH)
    workspace = filters.UUIDFilter("workspace_id")
    document = filters.UUIDFilter("document_id")
    created_after = filters.IsoDateTimeFilter("created", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter("created", lookup_expr="lt")
    updated_after = filters.IsoDateTimeFilter("updated", lookup_expr="gt")

    class Meta:
        model = RoiTemplate
        fields: list[Any] = []


class CodeListFilter(filters.FilterSet):
    q = filters.CharFilter("name", lookup_expr="icontains", max_length=SEARCH_LENGTH)
    workspace = filters.UUIDFilter("workspace_id")

    class Meta:
        model = CodeList
        fields: list[Any] = []


class FieldFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(choices=Field.State.choices)
    cause = filters.MultipleChoiceFilter(choices=[(one, one) for one in CAUSES])
    kind = filters.MultipleChoiceFilter(choices=[(one, one) for one in KINDS])
    name = filters.CharFilter()
    shared = filters.CharFilter()
    template = filters.UUIDFilter("record__version__template_id")
    record = filters.UUIDFilter("record_id")
    document = filters.UUIDFilter("record__document_id")
    batch = filters.UUIDFilter("record__document__batch_id")
    workspace = filters.UUIDFilter("workspace_id")
    updated_after = filters.IsoDateTimeFilter("updated", lookup_expr="gt")

    class Meta:
        model = Field
        fields: list[Any] = []


class RecordFilter(filters.FilterSet):
    """By the same words as tables of records are filtered."""

    q = filters.CharFilter(
        method="matching",
        max_length=SEARCH_LENGTH,
        label="in supplier, number or file name",
    )
    state = filters.MultipleChoiceFilter(choices=Record.State.choices)
    template = filters.UUIDFilter(method="matching")
    document = filters.UUIDFilter(method="matching")
    batch = filters.UUIDFilter(method="matching")
    workspace = filters.UUIDFilter("workspace_id")
    since = filters.DateFilter(method="matching", label="by invoice date")
    until = filters.DateFilter(method="matching", label="that day included")
    exported = filters.ChoiceFilter(
        choices=[("yes", "yes"), ("no", "no")], method="matching"
    )
    changed = filters.BooleanFilter(
        "changed_since_export", label="changed since it was exported"
    )
    updated_after = filters.IsoDateTimeFilter("updated", lookup_expr="gt")

    class Meta:
        model = Record
        fields: list[Any] = []

    def matching(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        return rows.matching({name: value})
