"""How values are shown: times, durations, confidence, outlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.services.sentences import told
from engines import EngineUnavailable, get_engine

register = template.Library()

DOUBTFUL = 0.85  # below it, confidence is loud
FAIR = 0.94  # from here on, it is quiet


@register.filter
def ago(moment: datetime | None) -> str:
    """How long ago in the fewest words; the exact moment shows on hover."""
    if moment is None:
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        date_format(timezone.localtime(moment), "DATETIME_FORMAT"),
        how_long_ago(moment),
    )


def how_long_ago(moment: datetime) -> str:
    age = timezone.now() - moment
    minutes, hours = int(age.total_seconds() // 60), int(age.total_seconds() // 3600)
    if minutes < 1:
        return _("now")
    if hours < 1:
        return ngettext("%(n)d min ago", "%(n)d min ago", minutes) % {"n": minutes}
    if hours < 12:
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    day, today = timezone.localtime(moment).date(), timezone.localdate()
    if day == today:
        return _("today")
    if day == today - timedelta(days=1):
        return _("yesterday")
    return date_format(day, "DATE_FORMAT")


@register.filter
def seconds(value: float | None) -> str:
    """0.84 -> "0.84 s", 12.34 -> "12.3 s", 75 -> "1:15 min"."""
    if value is None:
        return ""
    if value >= 60:
        minutes, rest = divmod(round(value), 60)
        return _("%(time)s min") % {"time": f"{minutes}:{rest:02}"}
    digits = 2 if value < 1 else 1
    return _("%(time)s s") % {"time": number_format(value, digits)}


@register.filter
def engine_label(name: str) -> str:
    """What an engine is called on the page, or several that read it together
    ("ppocr+arabic"); one that is gone keeps its name."""
    return " + ".join(map(label_of, name.split("+")))


def label_of(name: str) -> str:
    try:
        return told(get_engine(name).label)
    except EngineUnavailable:
        return name


@register.filter
def level(confidence: float | None) -> str:
    """The class of a confidence: lo, mid or hi; none where the engine has none."""
    if confidence is None:
        return ""
    if confidence < DOUBTFUL:
        return "lo"
    return "mid" if confidence < FAIR else "hi"


@register.filter
def percent(confidence: float | None) -> str:
    return "" if confidence is None else str(round(confidence * 100))


@register.filter
def amount(value: Decimal | None) -> str:
    """1234.5 -> "1,234.50", as the reader's language writes it; more decimals stay."""
    if value is None:
        return ""
    exponent = value.normalize().as_tuple().exponent
    decimals = max(2, -exponent) if isinstance(exponent, int) else 2
    return number_format(value, decimals, use_l10n=True, force_grouping=True)


@register.filter
def points(polygon: Sequence[Sequence[float]]) -> str:
    """An outline as SVG wants it."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in polygon)
