"""Archives: the results of many jobs or documents in one zip, made by workers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.deliveries import handed_out
from documents.api.errors import ErrorOut
from documents.api.fields import Wish
from documents.api.filters import DocumentFilter
from documents.api.idempotency import idempotent
from documents.api.lookup import visible
from documents.api.negotiation import AnyAccept
from documents.api.results import WishesIn
from documents.models import Delivery, Document, Job
from documents.services.deliveries import (
    archive_of_documents,
    archive_of_jobs,
    forget,
)
from documents.services.results import ResultNotReady
from documents.services.sentences import told
from engines import EXPORTS

MOST = 10_000  # ids in one request; a filter finds more
NAMED = 3  # of those that are not there
KINDS = ("jobs", "documents", "filter")


class IdsField(serializers.ListField):
    child = serializers.UUIDField()

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, allow_empty=False, max_length=MOST, **options)


class ArchiveIn(WishesIn, Wish):
    """What shall be in it, by one of `jobs`, `documents` and `filter`; in what form."""

    jobs = IdsField(help_text=_("The ids of jobs: the answer of each."))
    documents = IdsField(
        help_text=_("The ids of documents: the text of each, as it is shown.")
    )
    filter = serializers.DictField(
        child=serializers.CharField(max_length=200, allow_blank=True),
        required=False,
        help_text=_("Documents by the same names and values as the list of them."),
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        # `as` is a word of the language: it cannot be written as an attribute.
        chosen = serializers.ChoiceField(list(EXPORTS), default="json")
        return {"as": chosen, **super().get_fields()}

    def validate_filter(self, wish: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(wish) - set(DocumentFilter.base_filters)):
            reason = _("Documents cannot be found by %(names)s.")
            raise serializers.ValidationError(reason % {"names": ", ".join(unknown)})
        return wish

    def validate(self, wish: dict[str, Any]) -> dict[str, Any]:
        if len([kind for kind in KINDS if kind in wish]) != 1:
            reason = _("Say one of jobs, documents and filter.")
            raise serializers.ValidationError(reason)
        return wish


class DoneOut(serializers.Serializer):
    done = serializers.IntegerField(help_text=_("Documents that it has come through."))
    total = serializers.IntegerField()


class DeliveryOut(serializers.ModelSerializer):
    state = serializers.ChoiceField(Delivery.State.choices)
    progress = DoneOut(source="*")
    error = serializers.SerializerMethodField()
    size = serializers.SerializerMethodField()
    file = serializers.SerializerMethodField()

    class Meta:
        model = Delivery
        fields = [
            *("id", "state", "progress", "error", "name", "size", "created", "file"),
        ]

    def get_error(self, delivery: Delivery) -> str:
        return told(delivery.error)

    def get_size(self, delivery: Delivery) -> int | None:
        """In bytes; null while it is being made."""
        return delivery.file.size if delivery.file else None

    def get_file(self, delivery: Delivery) -> str | None:
        """Where it can be fetched; null while it is being made."""
        if not delivery.file:
            return None
        return reverse("api:delivery-file", args=[delivery.pk])


class Deliveries(APIView):
    @schema.post(ArchiveIn, {202: DeliveryOut})
    @idempotent()
    def post(self, request: Request) -> Response:
        """Ask for the results of many in one zip, for yourself to take within a day.

        What has no result is named in its `missing.txt`. The same, asked for while
        nothing has changed, is the same file.
        """
        wish = ArchiveIn(data=request.data)
        wish.is_valid(raise_exception=True)
        delivery = asked(request, wish.validated_data)
        return Response(
            DeliveryOut(delivery).data,
            status=status.HTTP_202_ACCEPTED,
            headers={
                "Location": reverse("api:delivery", args=[delivery.pk]),
                "Retry-After": "1",
            },
        )


class OneDelivery(APIView):
    @extend_schema(responses=DeliveryOut)
    def get(self, request: Request, pk: UUID) -> Response:
        """How far it is."""
        return Response(DeliveryOut(found(request, pk)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Make it no further, and keep nothing of it."""
        forget(found(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class DeliveryFile(APIView):
    content_negotiation_class = AnyAccept

    @extend_schema(
        responses={(200, "application/zip"): OpenApiTypes.BINARY, 409: ErrorOut}
    )
    def get(self, request: Request, pk: UUID) -> FileResponse:
        """The zip; 409 until it is done."""
        delivery = found(request, pk)
        if not delivery.file:
            waiting = _("The file is still being made. Ask again soon.")
            raise ResultNotReady(told(delivery.error) or waiting)
        return handed_out(delivery)


def found(request: Request, pk: UUID) -> Delivery:
    return visible(Delivery.objects.filter(job=None), request.user, pk=pk)


def asked(request: Request, wish: dict[str, Any]) -> Delivery:
    user, as_ = request.user, wish["as"]
    usual = {name: field.default for name, field in WishesIn().fields.items()}
    wishes = {name: wish[name] for name in usual if wish[name] != usual[name]}
    if "jobs" in wish:
        jobs = all_of(Job.objects.visible_to(user), wish["jobs"])
        return archive_of_jobs(user, jobs, as_, **wishes)
    documents = Document.objects.visible_to(user).newest_first()
    if "documents" in wish:
        documents = all_of(documents, wish["documents"])
    else:
        documents = matching(documents, wish["filter"])
    return archive_of_documents(user, documents, as_, **wishes)


def all_of(rows: QuerySet, keys: list[UUID]) -> QuerySet:
    """Those of *rows* that have *keys*.

    Raises:
        NotFound: one of them is not there; nothing is made of the others.
    """
    wanted = rows.filter(pk__in=keys)
    there = set(wanted.order_by().values_list("pk", flat=True))
    if lost := [str(key) for key in dict.fromkeys(keys) if key not in there]:
        raise NotFound(none_of(lost))
    return wanted


def none_of(keys: list[str]) -> str:
    names, rest = ", ".join(keys[:NAMED]), len(keys[NAMED:])
    if rest:
        words = gettext("There is nothing with these ids: %(names)s and %(n)d more.")
        return words % {"names": names, "n": rest}
    words = ngettext(
        "There is nothing with this id: %(names)s.",
        "There is nothing with these ids: %(names)s.",
        len(keys),
    )
    return words % {"names": names}


def matching(documents: QuerySet[Document], wish: dict[str, str]) -> QuerySet:
    """Raises ValidationError: a value makes no sense, or nothing matches."""
    filters = DocumentFilter(wish, queryset=documents)
    if not filters.is_valid():
        reasons = [reason for many in filters.errors.values() for reason in many]
        raise serializers.ValidationError({"filter": reasons})
    if not filters.qs.exists():
        raise serializers.ValidationError({"filter": [_("No document matches.")]})
    return filters.qs
