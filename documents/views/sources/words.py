"""What a source's settings say: where it is, and each by its title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from documents.forms.options import choices_in
from documents.forms.sources import ONLY_WHERE, translated
from documents.models import Source
from documents.services.sources import SCHEDULES
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
    """The settings that matter, without secrets; a kind that is gone has none."""
    kind = KINDS.get(source.kind)
    for name, schema in kind.properties.items() if kind else ():
        value = source.settings.get(name, schema.get("default"))
        other, wanted = ONLY_WHERE.get(name, ("", None))
        matters = not other or source.settings.get(other) == wanted
        if value not in (None, "") and matters and not schema.get("writeOnly"):
            words = translated(schema)
            shown = dict(choices_in(words)).get(value, str(value))
            yield Fact(words["title"], shown)


def schedule_in_words(source: Source) -> str:
    return str(SCHEDULES.get(source.schedule, source.schedule))
