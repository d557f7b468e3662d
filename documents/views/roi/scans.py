"""What is drawn on: a page's picture, and the lines that were read on it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse

from documents.models import Document, Page, PageRead, RoiTemplate, TemplatePage
from documents.models.jobs import OPEN
from documents.services.descriptions import reads_of_text


def page_of(document: Document, number: int) -> Page:
    page = document.pages.filter(number=number).first()
    if page is None:
        raise Http404
    return page


def newest_read(page: Page) -> PageRead | None:
    """The newest reading of the text; jobs that read fields alone have none."""
    reads = reads_of_text(page.reads.all()).select_related("reading")
    return reads.order_by("-job__created", "-pk").first()


def lines_on(page: Page) -> list[dict[str, Any]] | None:
    """None where nobody has read the page yet."""
    read = newest_read(page)
    return read.reading.result.get("lines", []) if read else None


def shown_lines(lines: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
    """Those with a place, by the number they have among all."""
    if lines is None:
        return None
    return [
        {"index": index, "text": line["text"], "polygon": line["polygon"]}
        for index, line in enumerate(lines)
        if line.get("polygon")
    ]


def scan_page(document: Document, number: int) -> dict[str, Any]:
    """A page of a document, as the editor draws on it."""
    page = page_of(document, number)
    picture = reverse("page_image", args=[document.pk, number]) if page.preview else ""
    return {
        "document": str(document.pk),
        "number": number,
        "width": page.width,
        "height": page.height,
        "picture": picture,
        "lines": shown_lines(lines_on(page)),
        "reading": page.reads.filter(state__in=OPEN).exists(),
    }


def reference_page(template: RoiTemplate, page: TemplatePage) -> dict[str, Any]:
    """A page of a layout: its own picture, which outlives the document."""
    document = template.document
    alive = document is not None and document.trashed is None
    return {
        "document": str(document.pk) if alive else None,
        "number": template.page + page.number - 1,
        "width": page.width,
        "height": page.height,
        "picture": picture_of(template, page) if page.picture else "",
        "lines": shown_lines(lines_of_reference(template, page)),
        "reading": False,
    }


def picture_of(template: RoiTemplate, page: TemplatePage) -> str:
    return reverse("template_image", args=[template.pk, page.number])


def lines_of_reference(
    template: RoiTemplate, page: TemplatePage
) -> list[dict[str, Any]] | None:
    """What was kept when it was drawn, else what was read on its document since."""
    if page.lines or template.document is None:
        return page.lines
    scans = template.document.pages.filter(number=template.page + page.number - 1)
    scan = scans.first()
    return lines_on(scan) if scan else page.lines
