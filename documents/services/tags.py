"""Tags of documents, and the words that stand for their pictures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from documents.models import Document, Tag

LONGEST = Tag._meta.get_field("name").max_length
MOST = 30
LONGEST_ALT_TEXT = 2_000  # characters; screen readers read it out in one breath
UNWRITABLE = ("Cc", "Cs", "Co", "Cn")  # Unicode categories
ARTICLE = re.compile(r"^(?:an?|the)\s+")
MARKS = " \t\n.,;:!?\"'“”‘’«»()[]"


class InvalidTag(ValueError):
    """Nothing can be tagged so; the message says why."""


class InvalidAltText(ValueError):
    """No picture can be described so; the message says why."""


@transaction.atomic
def set_tags(document: Document, names: Iterable[str]) -> None:
    """Let *names* be all tags of *document*, in any order, each once.

    A name that the workspace has already, however it is written, stays as it is there.

    Raises:
        InvalidTag: one of them is none, or they are too many.
    """
    wanted = checked_all(names)
    # Of two who tag it at once, the second sees what the first has done.
    Document.objects.select_for_update().get(pk=document.pk)
    before = list(document.tags.all())
    document.tags.set([tag_called(document, name) for name in wanted])
    document.save(update_fields=["updated"])
    gone = Tag.objects.filter(pk__in=[tag.pk for tag in before], documents=None)
    gone.delete()


@transaction.atomic
def add_tags(document: Document, names: Iterable[str]) -> None:
    """
    Raises:
        InvalidTag: one of *names* is none, or they are too many.
    """
    Document.objects.select_for_update().get(pk=document.pk)
    set_tags(document, [*names_of(document), *names])


@transaction.atomic
def remove_tag(document: Document, name: str) -> None:
    """A tag that it has not is gone already."""
    Document.objects.select_for_update().get(pk=document.pk)
    kept = [one for one in names_of(document) if key_of(one) != key_of(name)]
    set_tags(document, kept)


def names_of(document: Document) -> list[str]:
    """Its tags by name; no query where they were prefetched."""
    return [tag.name for tag in document.tags.all()]


def tag_called(document: Document, name: str) -> Tag:
    tags = Tag.objects.filter(workspace=document.workspace_id)
    known = tags.filter(name__iexact=name).first()
    made = {"workspace_id": document.workspace_id, "name": name}
    return known or Tag.objects.get_or_create(**made)[0]


def checked_all(names: Iterable[str]) -> list[str]:
    """*names* without needless blanks, each once: as it is written first.

    Raises:
        InvalidTag: one of them is none, or they are too many.
    """
    firsts = {key_of(name): name for name in reversed([checked(x) for x in names])}
    if len(firsts) > MOST:
        words = _("A document has at most %(most)d tags. Remove one first.")
        raise InvalidTag(words % {"most": MOST})
    return list(firsts.values())


def checked(name: str) -> str:
    """*name* without needless blanks.

    Raises:
        InvalidTag: it is empty, too long or has what nobody can read.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name:
        raise InvalidTag(_("A tag has a letter at least."))
    if len(name) > LONGEST:
        words = _("A tag has at most %(most)d characters.")
        raise InvalidTag(words % {"most": LONGEST})
    if any(unicodedata.category(letter) in UNWRITABLE for letter in name):
        raise InvalidTag(_("The tag has characters that nobody can read."))
    return name


def key_of(name: str) -> str:
    """By which two ways to write a tag are the same one."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def proposed(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    """Tags that the things of a description make: *lines* of a page's JSON, which name
    them. In lower case, without articles, each once."""
    phrases = (" ".join(line["text"].lower().split()) for line in lines)
    bare = (ARTICLE.sub("", phrase.strip(MARKS)).strip(MARKS) for phrase in phrases)
    return list(dict.fromkeys(x for x in bare if 0 < len(x) <= LONGEST))


def set_alt_text(document: Document, text: str) -> None:
    """Let *text* stand for the pictures of *document*, where they cannot be seen.

    Raises:
        InvalidAltText: it is too long, or has what nobody can read.
    """
    document.alt_text = checked_alt_text(text)
    document.save(update_fields=["alt_text", "updated"])


def checked_alt_text(text: str) -> str:
    """*text* on one line.

    Raises:
        InvalidAltText: it is too long, or has what nobody can read.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if len(text) > LONGEST_ALT_TEXT:
        words = _("A description has at most %(most)d characters.")
        raise InvalidAltText(words % {"most": LONGEST_ALT_TEXT})
    if any(unicodedata.category(letter) in UNWRITABLE for letter in text):
        raise InvalidAltText(_("The description has characters that nobody can read."))
    return text
