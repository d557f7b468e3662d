"""How a user likes the product."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from documents.models import Profile

# Names of places; the others are abbreviations and history.
REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


def region_of(zone: str) -> str:
    return zone.partition("/")[0]


def time_zones() -> list[tuple[str, Any]]:
    """Every zone by its region, after the site's own and plain UTC."""
    zones = sorted(z for z in available_timezones() if region_of(z) in REGIONS)
    by_region = [
        (region, [(zone, city_of(zone)) for zone in members])
        for region, members in groupby(zones, region_of)
    ]
    site = _("The site’s (%(zone)s)") % {"zone": settings.TIME_ZONE}
    return [("", site), ("UTC", "UTC"), *by_region]


def city_of(zone: str) -> str:
    return zone.partition("/")[2].replace("_", " ")


class ProfileForm(forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zones, required=False
    )

    class Meta:
        model = Profile
        fields = ["language", "time_zone", "date_order", "theme"]
        labels = {
            "language": _("Language"),
            "date_order": _("Order of dates"),
            "theme": _("Colours"),
        }
        help_texts = {
            "date_order": _("How 03/04/2026 is read when a scan does not tell."),
        }

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, label_suffix="", **named)
        language = self.fields["language"]
        language.choices = [("", _("Like the browser")), *settings.LANGUAGES]
