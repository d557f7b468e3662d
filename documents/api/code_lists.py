"""Lists of the values that a code may have."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.errors import ErrorOut
from documents.api.fields import Wish
from documents.api.filters import CodeListFilter
from documents.api.idempotency import idempotent
from documents.api.intake import BinaryField
from documents.api.lookup import Visible, changeable, visible, workspace_for
from documents.api.parsers import CarefulJSONParser
from documents.models import CodeList
from documents.services.code_lists import delete_list, save_list
from engines import TemplateError

LARGEST_FILE = 10 * 2**20  # bytes
BAD = {400: ErrorOut, 403: ErrorOut, 404: ErrorOut}


class CodeListIn(Wish):
    """A name, and the values as a list or as a text file with one on each line."""

    name = serializers.CharField(max_length=100)
    values = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, max_length=50_000
    )
    file = BinaryField(
        required=False, allow_empty_file=True, help_text="UTF-8 text, a value a line."
    )
    workspace = serializers.UUIDField(
        required=False, help_text="Your own, when left out."
    )

    def validate(self, wish: dict[str, Any]) -> dict[str, Any]:
        if ("values" in wish) == ("file" in wish) and not self.partial:
            reason = _("Send the values, or a file with one on each line.")
            raise serializers.ValidationError({"values": [reason]})
        return wish


class CodeListChange(Wish):
    name = serializers.CharField(max_length=100, required=False)
    values = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, max_length=50_000
    )


class CodeListOut(serializers.ModelSerializer):
    count = serializers.IntegerField(help_text="How many values it holds.")

    class Meta:
        model = CodeList
        fields = ["id", "workspace", "name", "count", "created"]


class WholeCodeListOut(CodeListOut):
    values = serializers.ListField(child=serializers.CharField(), source="lines")

    class Meta(CodeListOut.Meta):
        fields = [*CodeListOut.Meta.fields, "values"]


class CodeLists(Visible, ListAPIView):
    """Your lists, without their values."""

    queryset = CodeList.objects.all()
    serializer_class = CodeListOut
    filterset_class = CodeListFilter
    ordering_fields = ["name", "created"]
    ordering = ["name"]
    parser_classes = [CarefulJSONParser, MultiPartParser]

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_count()

    @schema.post(
        {"application/json": CodeListIn, "multipart/form-data": CodeListIn},
        {201: WholeCodeListOut, **BAD, **schema.TOO_LARGE},
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        """Keep a list, which regions of kind code may name then."""
        wish = CodeListIn(data=request.data)
        wish.is_valid(raise_exception=True)
        given = wish.validated_data
        workspace = workspace_for(request.user, given.get("workspace"))
        values = lines(given["file"]) if "file" in given else given["values"]
        made = save_list(
            CodeList(workspace=workspace), name=given["name"], values=values
        )
        return Response(
            whole(made),
            status=status.HTTP_201_CREATED,
            headers={"Location": reverse("api:code-list", args=[made.pk])},
        )


class OneCodeList(APIView):
    @extend_schema(responses=WholeCodeListOut)
    def get(self, request: Request, pk: UUID) -> Response:
        """A list with all its values."""
        return Response(whole(visible(CodeList.objects, request.user, pk=pk)))

    @extend_schema(request=CodeListChange, responses={200: WholeCodeListOut, **BAD})
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change its name or all its values; what was read before stays."""
        known = changeable(CodeList.objects, request.user, pk=pk)
        wish = CodeListChange(data=request.data)
        wish.is_valid(raise_exception=True)
        now = {"name": known.name, "values": known.lines}
        return Response(whole(save_list(known, **{**now, **wish.validated_data})))

    @extend_schema(responses={204: None, **BAD})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Forget it, unless a template still names it."""
        delete_list(changeable(CodeList.objects, request.user, pk=pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


def whole(code_list: CodeList) -> dict[str, Any]:
    code_list.count = len(code_list.lines)
    return WholeCodeListOut(code_list).data


def lines(file: Any) -> list[str]:
    """
    Raises:
        TemplateError: *file* is no text.
    """
    if file.size > LARGEST_FILE:
        raise TemplateError(_("The file is larger than 10 MB."))
    try:
        return file.read().decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        reason = _("The file is no UTF-8 text. Save it as plain text, a value a line.")
        raise TemplateError(reason) from None
