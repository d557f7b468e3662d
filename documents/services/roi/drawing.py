"""Templates are drawn and changed; each change is a version of its own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import (
    Document,
    Page,
    RoiTemplate,
    TemplatePage,
    TemplateVersion,
    Workspace,
)
from documents.services import definitions, shapes
from documents.services.queue import enqueue
from engines import LAST, TemplateError

PREPARE = "documents.tasks.prepare_template"
NAME_LENGTH = 100
MOST_PAGES = 20  # of a reference


@transaction.atomic
def create_template(
    workspace: Workspace,
    *,
    user: AbstractBaseUser | None,
    name: str,
    definition: dict[str, Any],
    document: Document,
    page: int = 1,
    last_page: int | None = None,
) -> RoiTemplate:
    """A template drawn on *document*, pages *page* to *last_page* (one page: None).

    It keeps pictures of its own; a worker prepares what registration compares. The
    newest version is 1.

    Raises:
        TemplateError: the definition or the name cannot be, or the document has no
            such page.
    """
    drawn_on = pages_of(document, page, last_page or page)
    template = begin(
        RoiTemplate(workspace=workspace, document=document, page=page, created_by=user),
        name,
        definitions.validated(definition, workspace),
        len(drawn_on),
    )
    TemplatePage.objects.bulk_create(
        TemplatePage(
            template=template, number=number, width=page.width, height=page.height
        )
        for number, page in enumerate(drawn_on, start=1)
    )
    prepare(template)
    return template


@transaction.atomic
def save_version(
    template: RoiTemplate,
    *,
    user: AbstractBaseUser | None,
    definition: dict[str, Any],
    name: str = "",
) -> TemplateVersion:
    """A new version, unless nothing has changed; *name* renames the template.

    Raises:
        TemplateError: as above.
    """
    definition = definitions.validated(definition, template.workspace)
    insist_on_pages(definition, template.pages.count())
    # Two people who save at once get a version each.
    template.version = (
        RoiTemplate.objects.select_for_update().get(pk=template.pk).version
    )
    if name:
        template.name = free(template.workspace, name, beside=template)
    newest = template.newest
    if newest.definition != definition:
        template.version += 1
        newest = TemplateVersion.objects.create(
            template=template,
            number=template.version,
            definition=definition,
            created_by=user,
        )
    template.save(update_fields=["name", "version", "updated"])
    return newest


def archive_template(template: RoiTemplate) -> None:
    """It matches no more; records read with it stay as they are."""
    template.archived = timezone.now()
    template.save(update_fields=["archived", "updated"])


def begin(
    template: RoiTemplate, name: str, definition: dict[str, Any], pages: int
) -> RoiTemplate:
    """The rows of *template* and its first version."""
    insist_on_pages(definition, pages)
    template.name = free(template.workspace, name)
    try:
        with transaction.atomic():
            template.save(force_insert=True)
    except IntegrityError:  # another call took the name meanwhile
        raise taken(template.name) from None
    TemplateVersion.objects.create(
        template=template,
        number=1,
        definition=definition,
        created_by=template.created_by,
    )
    return template


def prepare(template: RoiTemplate) -> None:
    """Let a worker make what registration compares, once the rows are there to see."""
    transaction.on_commit(lambda: enqueue(PREPARE, template.pk))


def pages_of(document: Document, first: int, last: int) -> list[Page]:
    if first > last:
        raise TemplateError(_("The last page lies before the first."))
    if last - first >= MOST_PAGES:
        reason = _("A layout has %(most)d pages at most.")
        raise TemplateError(reason % {"most": MOST_PAGES})
    if first < 1 or last > document.page_count:
        reason = _("The document has %(count)d pages.")
        raise TemplateError(reason % {"count": document.page_count})
    return list(document.pages.filter(number__range=(first, last)))


def insist_on_pages(definition: dict[str, Any], count: int) -> None:
    """No region may lie on a page that the reference does not have."""
    for region in definition["regions"]:
        if region["page"] > count and region["page"] != LAST:
            reason = _("“%(name)s” lies on page %(page)d; the layout has %(count)d.")
            told = {"name": region["name"], "page": region["page"], "count": count}
            raise TemplateError(reason % told)


def free(workspace: Workspace, name: str, beside: RoiTemplate | None = None) -> str:
    """*name* tidied, if no other template has it.

    Raises:
        TemplateError: it cannot be a name, or is taken.
    """
    name = shapes.name(name, _("A template's name"), NAME_LENGTH)
    others = workspace.roi_templates.alive().exclude(pk=beside and beside.pk)
    if others.filter(name=name).exists():
        raise taken(name)
    return name


def taken(name: str) -> TemplateError:
    reason = _("There is a template “%(name)s” already. Choose another name.")
    return TemplateError(reason % {"name": name})


def numbered(workspace: Workspace, name: str) -> str:
    """*name*, with a number where it is taken."""
    names = set(workspace.roi_templates.alive().values_list("name", flat=True))
    number, free_name = 1, name
    while free_name in names:
        number += 1
        ending = f" ({number})"
        free_name = name[: NAME_LENGTH - len(ending)] + ending
    return free_name
