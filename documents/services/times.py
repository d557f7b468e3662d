"""How long ago and when, in the words and figures that people use."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def span(time: timedelta) -> str:
    """How long, in the one unit that tells most: "2 s", "5 minutes", "3 hours"."""
    seconds = max(0, round(time.total_seconds()))
    if seconds < 60:
        return _("%(count)d s") % {"count": seconds}
    if seconds < 90 * 60:
        count = round(seconds / 60)
        text = ngettext("%(count)d minute", "%(count)d minutes", count)
    elif seconds < 48 * 3600:
        count = round(seconds / 3600)
        text = ngettext("%(count)d hour", "%(count)d hours", count)
    else:
        count = round(seconds / 86400)
        text = ngettext("%(count)d day", "%(count)d days", count)
    return text % {"count": count}


def moment(then: datetime, now: datetime) -> str:
    """The time of day; before today, with its date."""
    local = timezone.localtime(then)
    clock = formats.date_format(local, "H:i")
    if local.date() == timezone.localtime(now).date():
        return clock
    return f"{formats.date_format(local, 'SHORT_DATE_FORMAT')} {clock}"
