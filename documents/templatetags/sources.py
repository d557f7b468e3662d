"""How sources show moments that are still to come."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def ahead(moment: datetime) -> str:
    """How far ahead in the fewest words; the exact moment shows on hover."""
    local = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        date_format(local, "DATETIME_FORMAT"),
        how_far_ahead(local),
    )


def how_far_ahead(local: datetime) -> str:
    minutes = int((local - timezone.now()).total_seconds() // 60) + 1
    if minutes < 1:
        return _("now")
    if minutes < 60:
        return ngettext("in %(n)d min", "in %(n)d min", minutes) % {"n": minutes}
    if local.date() == timezone.localdate():
        return _("at %(time)s") % {"time": date_format(local, "TIME_FORMAT")}
    return date_format(local, "SHORT_DATETIME_FORMAT")
