"""Templates as the API and the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F

from documents.models import Document, RoiTemplate, TemplatePage, TemplateVersion


def shown(template: RoiTemplate) -> dict[str, Any]:
    """As the API shows it: {"id","name","version","document","page","prepared",
    "created","updated", **definition}."""
    return shown_all([template])[0]


def shown_all(templates: Iterable[RoiTemplate]) -> list[dict[str, Any]]:
    """The same of many, in three queries."""
    templates = list(templates)
    newest = TemplateVersion.objects.filter(
        template__in=templates, number=F("template__version")
    )
    drawn = {version.template_id: version for version in newest}
    pages: dict[Any, list[TemplatePage]] = {}
    for page in TemplatePage.objects.filter(template__in=templates).defer("lines"):
        pages.setdefault(page.template_id, []).append(page)
    alive = Document.objects.alive().filter(roi_templates__in=templates)
    documents = set(alive.values_list("pk", flat=True))
    return [
        {
            "id": str(template.pk),
            "workspace": str(template.workspace_id),
            "name": template.name,
            "version": drawn[template.pk].number,
            "document": (
                str(template.document_id) if template.document_id in documents else None
            ),
            "page": template.page,
            "prepared": is_prepared(pages.get(template.pk, [])),
            "created": template.created,
            "updated": template.updated,
            **drawn[template.pk].definition,
        }
        for template in templates
    ]


def is_prepared(pages: Iterable[TemplatePage]) -> bool:
    pages = list(pages)
    return bool(pages) and all(page.features for page in pages)
