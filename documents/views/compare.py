"""Two readings of a document side by side, and the choice of one as its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from documents.forms.reading import ReadingForm
from documents.models import Document, Job
from documents.models.jobs import OPEN
from documents.services.descriptions import (
    describes,
    no_reader,
    without_descriptions,
)
from documents.services.jobs import create_job
from documents.services.texts.choice import NoText, choose_text, text_key
from documents.services.texts.sides import (
    AS_READ,
    Side,
    compare_sides,
    corrected_jobs,
    parse_key,
    side_of,
    words_differing,
)
from documents.views.documents import page_number
from documents.views.lookup import changeable, may_change, visible
from documents.views.uploads import first_error

MOST_PAGES = 300  # of longer documents it is not said which pages differ


@dataclass(frozen=True)
class Option:
    """A reading that may be held against the other."""

    job: Any  # with its progress
    as_read: bool
    is_corrected: bool
    wishes: tuple[str, ...]  # what it was asked for and others were not

    @property
    def key(self) -> str:
        return f"{self.job.pk}{AS_READ if self.as_read else ''}"


@login_required
@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def compare(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = visible(Document.objects, request.user, pk=pk)
    options = options_of(document)
    number = page_number(request, document)
    left, right = sides(request, document, options, number)
    context: dict[str, Any] = {
        "document": document,
        "page": document.pages.get(number=number),
        "left": left,
        "right": right,
        "text_key": text_key(document),
        "may_change": may_change(request, document.workspace),
        "comparison": compare_sides(left, right) if left and right else None,
        "tiles": tiles(document, left, right),
        "is_open": any(side and side.job.state in OPEN for side in (left, right)),
    }
    if request.headers.get("HX-Target") == "comparison":
        return render(request, "compare/_comparison.html", context)
    context |= {"options": options, "form": reading_form(document, request.user)}
    return render(request, "compare/compare.html", context)


def options_of(document: Document) -> list[Option]:
    """All readings of its text, the newest first; a corrected one also as it was."""
    jobs = without_descriptions(document.jobs.with_progress().filter(text=True))
    jobs = list(jobs.order_by("-created", "-pk"))
    corrected = corrected_jobs(document)
    return [
        Option(job, as_read, job.pk in corrected, wishes_of(job, jobs))
        for job in jobs
        for as_read in ((False, True) if job.pk in corrected else (False,))
    ]


def wishes_of(job: Job, jobs: Sequence[Job]) -> tuple[str, ...]:
    """Its languages; of the other wishes those that not all *jobs* had."""
    said = [" + ".join(job.languages)]
    if len({one.preprocess for one in jobs}) > 1:
        words = {"auto": _("picture improved"), "none": _("picture as it is")}
        said.append(words.get(job.preprocess, job.preprocess))
    if len({one.max_side for one in jobs}) > 1 and job.max_side is not None:
        words_of_side = _("%(count)d pixels") % {"count": job.max_side}
        said.append(words_of_side if job.max_side else _("all pixels"))
    if len({one.prompt for one in jobs}) > 1 and job.prompt:
        said.append(_("with a prompt"))
    return tuple(said)


def sides(
    request: HttpRequest, document: Document, options: list[Option], number: int
) -> tuple[Side | None, Side | None]:
    """Those asked for, else the document's text and the newest other reading."""
    known = {option.key: option.job for option in options}
    left = asked(document, known, request.GET.get("left", "")) or default(
        options, text_key(document)
    )
    right = asked(document, known, request.GET.get("right", "")) or default(
        [one for one in options if left and one.job.pk != parse_key(left)[0]]
    )
    return opened(known, left, number), opened(known, right, number)


def asked(document: Document, known: dict[str, Job], key: str) -> str | None:
    """
    Raises:
        Http404: the document has no such reading.
    """
    if not key:
        return None
    if key.removesuffix(AS_READ) in known:
        return key
    if wished_job(document, key.removesuffix(AS_READ)) is None:
        raise Http404
    return None  # it turned out to describe the picture


def default(options: list[Option], pk: UUID | None = None) -> str | None:
    """The reading with that key, else the newest."""
    found = next((one for one in options if one.job.pk == pk), None)
    first = found or next(iter(options), None)
    return first.key if first else None


def opened(known: dict[str, Job], key: str | None, number: int) -> Side | None:
    if key is None:
        return None
    pk, as_read = parse_key(key)
    return side_of(known[str(pk)], as_read, number)


def tiles(
    document: Document, left: Side | None, right: Side | None
) -> list[tuple[int, int | None]]:
    """Each page, and how many words differ there; None where it is not known."""
    if document.page_count == 1:
        return []
    known = {}
    if left and right and document.page_count <= MOST_PAGES:
        known = words_differing(left, right)
    return [(n, known.get(n)) for n in range(1, document.page_count + 1)]


def reading_form(document: Document, user: AbstractBaseUser) -> ReadingForm:
    """Text alone is what is compared: no layout is looked for."""
    return ReadingForm(
        workspace=document.workspace, user=user, initial={"template": ""}
    )


@login_required
@require_POST
def read_to_compare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read it once more, and show that on the right."""
    document = changeable(Document.objects, request.user, pk=pk)
    place = {key: request.POST[key] for key in ("left", "page") if key in request.POST}
    form = ReadingForm(request.POST, workspace=document.workspace, user=request.user)
    if form.is_valid() and describes(form.wishes["engine"]):
        messages.error(request, no_reader(form.wishes["engine"]))
    elif form.is_valid():
        place["right"] = create_job(document, user=request.user, **form.wishes).pk
    else:
        messages.error(request, first_error(form))
    return redirect(f"{reverse('compare', args=[pk])}?{urlencode(place)}")


@login_required
@require_POST
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let one reading be the document's text, or always the newest."""
    document = changeable(Document.objects, request.user, pk=pk)
    job = wished_job(document, request.POST.get("job", ""))
    try:
        choose_text(document, job)
    except NoText as error:
        messages.error(request, str(error))
    else:
        words = _("This reading is the document's text now.")
        newest = _("The newest reading is always the document's text now.")
        messages.success(request, words if job else newest)
    return redirect(way_back(request, document))


def wished_job(document: Document, key: str) -> Job | None:
    """None where the newest is wished.

    Raises:
        Http404: the document has no such job.
    """
    if not key:
        return None
    try:
        return get_object_or_404(document.jobs, pk=UUID(key))
    except ValueError:
        raise Http404 from None


def way_back(request: HttpRequest, document: Document) -> str:
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()})
    return address if is_ours else reverse("document", args=[document.pk])
