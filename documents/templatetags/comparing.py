"""How differences of two readings are shown: signs and lines, never colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from documents.models import Document, Job
from documents.services.texts.choice import may_be_chosen
from documents.services.texts.comparing import Row

register = template.Library()

GAP = mark_safe('<span class="gap" aria-hidden="true"></span>')


@register.filter
def marked_left(row: Row) -> SafeString:
    """What the left says: <del> where the right has nothing, <mark> where other."""
    return _marked(
        (run.op, run.left, "del" if run.op == "delete" else "mark")
        for run in row.changes
    )


@register.filter
def marked_right(row: Row) -> SafeString:
    """What the right says: <ins> where the left has nothing, <mark> where other."""
    return _marked(
        (run.op, run.right, "ins" if run.op == "insert" else "mark")
        for run in row.changes
    )


def _marked(runs: Any) -> SafeString:
    return format_html_join("", "{}", ((_run(*run),) for run in runs))


def _run(op: str, text: str, element: str) -> str | SafeString:
    if op == "equal":
        return text
    if not text:
        return GAP
    return format_html("<{0}>{1}</{0}>", element, text)


@register.filter
def numbers(lines: Sequence[int]) -> str:
    """Of one line “3”, of several “3–5”."""
    first, last = min(lines), max(lines)
    return str(first) if first == last else f"{first}–{last}"


@register.filter
def share(agreement: float) -> str:
    """0.975 -> "97.5 %"; never 100 % of what differs."""
    digits = 0 if agreement == 1 else 2 if agreement > 0.999 else 1
    return _("%(percent)s %%") % {"percent": number_format(100 * agreement, digits)}


@register.filter
def permille(box: Sequence[float] | None) -> str:
    """A place on a page for scripts: left, top, right, bottom, in parts of it."""
    return " ".join(f"{side:.4f}" for side in box) if box else ""


@register.simple_tag
def text_job_among(document: Document, jobs: Sequence[Job]) -> Job | None:
    """Of all the document's *jobs*, newest first, the one that has its text."""
    if document.text_job_id:
        return next((job for job in jobs if job.pk == document.text_job_id), None)
    return next((job for job in jobs if may_be_chosen(job)), None)


register.filter(may_be_chosen)
