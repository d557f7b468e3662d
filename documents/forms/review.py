"""Which of the doubtful fields to look at; each choice says how many there are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.forms.history import ANY
from documents.models import Batch, Field, RoiTemplate
from documents.templatetags.fields import CAUSES

AGES = {
    "hour": (_("more than an hour"), timedelta(hours=1)),
    "day": (_("more than a day"), timedelta(days=1)),
    "week": (_("more than a week"), timedelta(weeks=1)),
}
Choice = tuple[Any, Any]


class ReviewForm(forms.Form):
    """A value that makes no sense filters nothing."""

    cause = forms.ChoiceField(label=_("Reason"), required=False)
    template = forms.ChoiceField(label=_("Layout"), required=False)
    age = forms.ChoiceField(
        label=_("Waiting"),
        required=False,
        choices=[ANY, *((name, words) for name, (words, _age) in AGES.items())],
    )
    batch = forms.ChoiceField(label=_("Batch"), required=False)

    def __init__(self, *arguments: Any, queue: QuerySet[Field], **named: Any) -> None:
        """*queue*: all that the user could look at."""
        super().__init__(*arguments, label_suffix="", **named)
        found = {
            "cause": causes(queue),
            "template": templates(queue),
            "batch": batches(queue),
        }
        for name, choices in found.items():
            self.fields[name].choices = [
                ANY,
                *choices,
                *self.without_any(name, choices),
            ]

    def without_any(self, name: str, choices: list[Choice]) -> list[Choice]:
        """What was asked for and has none left: nothing is found then, not all."""
        asked = self.data.get(name, "")
        if asked in dict(choices):
            return []
        if name == "cause":
            return [(asked, counted(CAUSES[asked][0], 0))] if asked in CAUSES else []
        return [(asked, counted("–", 0))] if is_key(asked) else []

    @property
    def wishes(self) -> dict[str, Any]:
        """What ``FieldQuerySet.matching`` is asked for."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if age := given.pop("age", ""):
            given["before"] = timezone.now() - AGES[age][1]
        return given


def causes(queue: QuerySet[Field]) -> list[Choice]:
    counts = queue.counts_of("cause")
    return [(c, counted(CAUSES.get(c, (c,))[0], n)) for c, n in counts.items() if c]


def templates(queue: QuerySet[Field]) -> list[Choice]:
    counts = queue.counts_of("record__version__template")
    names = RoiTemplate.objects.in_bulk(counts)
    return [(str(pk), counted(names[pk].name, n)) for pk, n in counts.items()]


def batches(queue: QuerySet[Field]) -> list[Choice]:
    counts = queue.counts_of("record__document__batch")
    found = Batch.objects.in_bulk([pk for pk in counts if pk])
    return [(str(pk), counted(str(found[pk]), counts[pk])) for pk in found]


def counted(words: Any, count: int) -> str:
    return f"{words} ({count})"


def is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
