"""What a source's settings say: where it is, and each by its title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.forms.options import choices_in
from documents.forms.sources import ONLY_WHERE, translated
from documents.models import Source
from documents.services.sources import SCHEDULES, kept_secrets
from documents.sources import KINDS

# By kind, which settings tell one place from another; the first of a group that is set.
WHERE = {
    "drive-oauth": (("folder_name", "folder"),),
    "drive-service": (("folder_name", "folder"),),
    "imap": (("user",), ("host",), ("folder",)),
    "folder": (("path",),),
}


@dataclass(frozen=True)
class Fact:
    title: str
    value: str


def where(source: Source) -> list[str]:
    """The fewest words that tell its place from others, each in its own direction."""
    groups = WHERE.get(source.kind, ())
    found = (
        next((source.settings[name] for name in names if source.settings.get(name)), "")
        for names in groups
    )
    account = [source.connection.account] if source.connection else []
    return [str(one) for one in found if one] + account


def settings_of(source: Source) -> Iterator[Fact]:
    """The settings that matter, and which secrets are kept; none of a kind that is
    gone."""
    kind = KINDS.get(source.kind)
    kept = kept_secrets(source)
    for name, schema in kind.properties.items() if kind else ():
        words = translated(schema)
        value = source.settings.get(name, schema.get("default"))
        if name in kept:
            yield Fact(words["title"], _("kept, never shown"))
        elif value not in (None, "") and matters(name, source):
            titles = dict(choices_in(words))
            yield Fact(words["title"], titles.get(value, str(value)))


def matters(name: str, source: Source) -> bool:
    """Whether the setting says anything beside the others."""
    other, value = ONLY_WHERE.get(name, ("", None))
    return not other or source.settings.get(other) == value


def schedule_in_words(source: Source) -> str:
    return str(SCHEDULES.get(source.schedule, source.schedule))
