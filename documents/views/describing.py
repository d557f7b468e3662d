"""What a document shows, in words: its tags, and what stands for its picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from documents.models import Document, PageRead
from documents.services import tags
from documents.services.tags import InvalidAltText, InvalidTag
from documents.views.lookup import changeable
from documents.views.reading import PageView


@dataclass(frozen=True)
class Proposal:
    """A tag that a description makes, and whether the document has it."""

    name: str
    is_taken: bool


def described(document: Document, view: PageView) -> dict[str, Any]:
    """What templates tell of *document*: its tags, and those that the page makes."""
    names = tags.names_of(document)
    lines = view.result.get("lines", ()) if view.is_description else ()
    taken = {tags.key_of(name) for name in names}
    proposals = [
        Proposal(name, tags.key_of(name) in taken) for name in tags.proposed(lines)
    ]
    return {"tags": names, "proposals": proposals}


@login_required
@require_POST
@vary_on_headers("HX-Request", "HX-Target")
def change_tags(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the document tags (``add``, parted by commas), or take one (``remove``)."""
    document = changeable(Document.objects, request.user, pk=pk)
    try:
        if name := request.POST.get("remove"):
            tags.remove_tag(document, name)
        else:
            tags.add_tags(document, said(request.POST.get("add", "")))
    except InvalidTag as error:
        return answer(request, document, refused=str(error), of="tags")
    return answer(request, document)


def said(names: str) -> list[str]:
    """What was typed; nothing at all is refused as an empty name."""
    return [name for name in names.split(",") if name.strip()] or [""]


@login_required
@require_POST
@vary_on_headers("HX-Request", "HX-Target")
def change_alt_text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the picture be described as was typed, or as a page of a job has it."""
    document = changeable(Document.objects, request.user, pk=pk)
    text = request.POST.get("alt_text")
    if text is None:
        text = caption(shown_read(request, document))
    try:
        tags.set_alt_text(document, text)
    except InvalidAltText as error:
        return answer(request, document, refused=str(error), of="alt_text")
    return answer(request, document)


def caption(read: PageRead | None) -> str:
    """
    Raises:
        Http404: there is no such page, or it does not describe the picture.
    """
    if read is None or not read.reading or not read.reading.result.get("description"):
        raise Http404
    return read.reading.text


def shown_read(request: HttpRequest, document: Document) -> PageRead | None:
    """The page of a job that the form was sent from, where it was from any.

    Raises:
        Http404: the document has no such job.
    """
    key, number = request.POST.get("job", ""), request.POST.get("page", "")
    if not key:
        return None
    try:
        job = get_object_or_404(document.jobs, pk=UUID(key))
    except ValueError:
        raise Http404 from None
    reads = job.page_reads.select_related("reading", "page")
    return reads.filter(number=int(number) if number.isdecimal() else 1).first()


def answer(
    request: HttpRequest, document: Document, refused: str = "", of: str = ""
) -> HttpResponse:
    """What has changed on the page; without script the page again."""
    read = shown_read(request, document)
    if request.headers.get("HX-Target") != "about":
        if refused:
            messages.error(request, refused)
        place = {
            key: request.POST[key] for key in ("job", "page") if key in request.POST
        }
        address = reverse("document", args=[document.pk])
        return redirect(f"{address}?{urlencode(place)}" if place else address)
    context: dict[str, Any] = {
        "document": document,
        "may_change": True,
        "refused": {of: refused} if refused else {},
        "is_open": "menu" in request.POST,
    }
    if read:
        view = PageView(read.page, read, document.page_count)
        context |= {"view": view, "job": read.job, **described(document, view)}
    else:
        context["tags"] = tags.names_of(document)
    return render(request, "documents/_about_changed.html", context)
