"""A file and where it shall go: what uploading and reading at once share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files import File
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from documents.api.fields import Wish
from documents.api.lookup import changeable, workspace_for
from documents.models import Batch, Document, Workspace
from documents.services.fetching import LONGEST, fetched
from documents.services.uploads import upload


@extend_schema_field(OpenApiTypes.BINARY)
class BinaryField(serializers.FileField):
    """A file, which the schema would take for an address."""


class PlaceIn(Wish):
    """Where what comes in shall go."""

    workspace = serializers.UUIDField(
        required=False, help_text=_("Where it goes; your own, when left out.")
    )
    batch = serializers.UUIDField(
        required=False, help_text=_("What it came together with.")
    )
    external_id = serializers.CharField(
        required=False, max_length=200, help_text=_("Your own name for it.")
    )


class FileIn(PlaceIn):
    """The fields of the multipart form."""

    file = BinaryField(
        allow_empty_file=True, help_text=_("An image or a PDF, one in each request.")
    )

    def validate_file(self, file: Any) -> Any:
        if len(self.initial_data.getlist("file")) > 1:
            raise serializers.ValidationError(_("Send one file in each request."))
        return file


class UrlIn(PlaceIn):
    """The fields of a JSON body."""

    url = serializers.CharField(
        max_length=LONGEST,
        help_text=_(
            "Where an image or a PDF lies, by http or https on the public internet. "
            "At most five redirects are followed, none from https to http."
        ),
    )


def wish_in(
    data: Any, with_file: type[PlaceIn], with_url: type[PlaceIn]
) -> dict[str, Any]:
    """What is asked for: a form brings a file, JSON says where one lies."""
    wish = (with_file if isinstance(data, QueryDict) else with_url)(data=data)
    wish.is_valid(raise_exception=True)
    return wish.validated_data


def take(user: AbstractBaseUser, wish: dict[str, Any]) -> tuple[Document, bool]:
    """The document that the file in *wish* became, and whether it was made now."""
    workspace, batch = place(user, wish)
    with brought(wish, user) as (file, source):
        return upload(
            workspace=workspace,
            user=user,
            file=file,
            name=file.name,
            source=source,
            batch=batch,
            external_id=wish.get("external_id", ""),
        )


@contextmanager
def brought(
    wish: dict[str, Any], user: AbstractBaseUser
) -> Iterator[tuple[File, Document.Source]]:
    """The file in *wish*, or what lies at its address, within the context only."""
    if "url" not in wish:
        yield wish["file"], Document.Source.API
        return
    with fetched(wish["url"], user) as file:
        yield file, Document.Source.URL


def place(
    user: AbstractBaseUser, wish: dict[str, Any]
) -> tuple[Workspace, Batch | None]:
    if "batch" not in wish:
        return workspace_for(user, wish.get("workspace")), None
    batches = Batch.objects.select_related("workspace")
    batch = changeable(batches, user, pk=wish["batch"])
    if wish.get("workspace", batch.workspace_id) != batch.workspace_id:
        reason = _("This batch belongs to another workspace.")
        raise serializers.ValidationError({"batch": [reason]})
    return batch.workspace, batch
