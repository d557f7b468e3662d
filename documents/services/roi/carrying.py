"""Templates are copied, and carried whole from one site to another."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from documents.models import CodeList, RoiTemplate, TemplatePage, Workspace
from documents.services import definitions, shapes
from documents.services.code_lists import take_list
from documents.services.documents import remove_files
from documents.services.inspection import inspect
from documents.services.roi.drawing import (
    MOST_PAGES,
    NAME_LENGTH,
    begin,
    numbered,
    prepare,
)
from documents.services.roi.showing import is_prepared, shown
from documents.services.shared_fields import add_missing
from documents.services.uploads import on_disk
from engines import FileError, TemplateError

LARGEST_PICTURE = 20 * 2**20  # bytes: an A4 page at 600 dpi as a good JPEG has 10
SUFFIXES = {"image/jpeg": "jpg", "image/png": "png"}
# Of an exported file: what belongs to the site that it came from.
OWN = ("id", "workspace", "version", "document", "page", "prepared")
KEYS = (*OWN, "created", "updated", "name", *definitions.KEYS, "pages", "lists")


@dataclass(frozen=True)
class Picture:
    """One page of a reference that came in, decoded once and found to be sound."""

    content: bytes
    suffix: str
    width: int
    height: int


def duplicate_template(
    template: RoiTemplate, *, user: AbstractBaseUser | None, name: str = ""
) -> RoiTemplate:
    """A template of its own with the same drawing and the same pictures.

    Raises:
        TemplateError: the name cannot be.
    """
    copy = RoiTemplate(
        workspace=template.workspace,
        document=template.document,
        page=template.page,
        created_by=user,
    )
    name = name or numbered(template.workspace, template.name)
    pages = list(template.pages.all())
    with all_or_nothing() as stored:
        begin(copy, name, template.newest.definition, len(pages))
        for page in pages:
            twin = TemplatePage(
                template=copy,
                number=page.number,
                width=page.width,
                height=page.height,
                lines=page.lines,
            )
            for part in ("picture", "features"):
                if file := getattr(page, part):
                    keep(twin, part, file.name, content_of(file.name), stored)
            twin.save()
        if not is_prepared(pages):
            prepare(copy)
    return copy


def exported(template: RoiTemplate) -> dict[str, Any]:
    """Whole, to be carried elsewhere: ``shown`` plus "pages": [{"number","width",
    "height","picture": base64 JPEG}], "lists": [{"id","name","values"}]."""
    told = shown(template)
    wanted = {region["list"] for region in told["regions"]} - {None}
    lists = CodeList.objects.filter(workspace=template.workspace, pk__in=wanted)
    return {
        **told,
        "pages": [exported_page(page) for page in template.pages.all()],
        "lists": [
            {"id": str(one.pk), "name": one.name, "values": one.lines} for one in lists
        ],
    }


def exported_page(page: TemplatePage) -> dict[str, Any]:
    """A page without a picture has not been prepared yet."""
    picture = content_of(page.picture.name) if page.picture else b""
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "picture": b64encode(picture).decode(),
    }


def import_template(
    workspace: Workspace, *, user: AbstractBaseUser | None, data: dict[str, Any]
) -> RoiTemplate:
    """The template of an ``exported`` file; a taken name gets a number.

    Lists and shared fields that the workspace lacks are made.

    Raises:
        TemplateError: it is no such file; nothing is left of it.
    """
    data = shapes.mapping(data, _("The file"), KEYS)
    name = shapes.name(data.get("name", ""), _("A template's name"), NAME_LENGTH)
    pages = shapes.listed(data.get("pages", []), _("Pages"), MOST_PAGES)
    if not pages:
        raise TemplateError(_("The file holds no page: export the template anew."))
    pictures = [picture(page) for page in pages]
    with all_or_nothing() as stored:
        definition = settled_here(data, workspace)
        template = RoiTemplate(workspace=workspace, created_by=user)
        name = numbered(workspace, name)
        begin(template, name, definitions.validated(definition, workspace), len(pages))
        for number, one in enumerate(pictures, start=1):
            page = TemplatePage(template=template, number=number)
            page.width, page.height = one.width, one.height
            keep(page, "picture", f"page.{one.suffix}", one.content, stored)
            page.save()
        prepare(template)
    return template


def settled_here(data: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    """The definition in *data*, with what it names of its site made in *workspace*."""
    definition = {key: data[key] for key in definitions.KEYS if key in data}
    lists = {}
    for one in shapes.listed(data.get("lists", []), _("Lists"), 200):
        given = shapes.mapping(one, _("A list"), ("id", "name", "values"))
        made = take_list(
            workspace, name=given.get("name", ""), values=given.get("values", [])
        )
        lists[str(given.get("id"))] = str(made.pk)
    regions = definition.get("regions")
    if isinstance(regions, list):  # the definition's own check says what is wrong
        drawn = [one for one in regions if isinstance(one, dict)]
        add_missing(workspace, [(one.get("field"), one.get("kind")) for one in drawn])
        definition["regions"] = [
            {**one, "list": lists.get(str(one.get("list")), one.get("list"))}
            if isinstance(one, dict)
            else one
            for one in regions
        ]
    return definition


def picture(page: Any) -> Picture:
    """The picture of one page of an exported file.

    Raises:
        TemplateError: it is none, or is damaged.
    """
    given = shapes.mapping(page, _("A page"), ("number", "width", "height", "picture"))
    try:
        content = b64decode(given.get("picture", ""), validate=True)
    except (binascii.Error, TypeError, ValueError):
        content = b""
    if not content:
        raise TemplateError(_("A page of the file has no picture."))
    if len(content) > LARGEST_PICTURE:
        raise TemplateError(_("A picture in the file is larger than 20 MB."))
    try:
        with on_disk(ContentFile(content)) as path:
            info = inspect(path)
    except FileError as error:
        raise TemplateError(str(error)) from None
    if info.media_type not in SUFFIXES:
        raise TemplateError(_("A page's picture is a JPEG or a PNG."))
    return Picture(content, SUFFIXES[info.media_type], *info.pages[0])


@contextmanager
def all_or_nothing() -> Iterator[list[str]]:
    """Rows and the files named in the list stay together, or none of them does."""
    stored: list[str] = []
    try:
        with transaction.atomic():
            yield stored
    except BaseException:
        remove_files(stored)
        raise


def keep(
    page: TemplatePage, part: str, name: str, content: bytes, stored: list[str]
) -> None:
    file = getattr(page, part)
    file.save(f"{part}{PurePath(name).suffix}", ContentFile(content), save=False)
    stored.append(file.name)


def content_of(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()
