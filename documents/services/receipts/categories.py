"""Categories of receipts: a workspace's own, else those that the library knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

import engines
from documents.models import Workspace

MOST, MOST_WORDS, LONGEST = 50, 200, 50
# The library's own, in the reader's language; other names are people's.
WORDS = {
    "dining": _("dining"),
    "travel": _("travel"),
    "entertainment": _("entertainment"),
    "utility": _("utility"),
    "health": _("health"),
    "other": _("other"),
}


class InvalidCategories(Exception):
    """They cannot be kept; the message says why."""


def categories_of(workspace: Workspace) -> Sequence[engines.Category]:
    if not workspace.categories:
        return engines.CATEGORIES
    return [
        engines.Category(one["name"], tuple(one["words"]))
        for one in workspace.categories
    ]


def category_names(workspace: Workspace) -> list[str]:
    """Those that a receipt of *workspace* may have; what fits none comes last."""
    names = [category.name for category in categories_of(workspace)]
    return list(dict.fromkeys([*names, engines.OTHER]))


def category_word(name: str) -> str:
    """What a category is called on the page."""
    return gettext(WORDS[name]) if name in WORDS else name


def set_categories(workspace: Workspace, wish: Iterable[dict[str, Any]]) -> None:
    """Let *wish*, [{"name", "words"}], be the workspace's own; none: the usual ones.

    Receipts that there are keep their categories until they are read again.

    Raises:
        InvalidCategories: with a sentence.
    """
    workspace.categories = checked(wish)
    workspace.save(update_fields=["categories"])


def checked(wish: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    Raises:
        InvalidCategories: too many, too long, or two of one name.
    """
    kept: dict[str, dict[str, Any]] = {}
    for one in wish:
        name = " ".join(one["name"].split())
        words = list(dict.fromkeys(" ".join(word.split()) for word in one["words"]))
        words = [word for word in words if word]
        if not name:
            continue
        if len(name) > LONGEST or any(len(word) > LONGEST for word in words):
            reason = gettext("Names and words have at most %(most)d characters.")
            raise InvalidCategories(reason % {"most": LONGEST})
        if name.casefold() in kept:
            reason = gettext("There are two categories “%(name)s”.")
            raise InvalidCategories(reason % {"name": name})
        if len(words) > MOST_WORDS:
            reason = gettext("A category has at most %(most)d words.")
            raise InvalidCategories(reason % {"most": MOST_WORDS})
        kept[name.casefold()] = {"name": name, "words": words}
    if len(kept) > MOST:
        reason = gettext("A workspace has at most %(most)d categories.")
        raise InvalidCategories(reason % {"most": MOST})
    return list(kept.values())
