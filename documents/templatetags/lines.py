"""How lines are shown: how sure they are, and what is marked in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from documents.templatetags.shown import engine_label, level

register = template.Library()

RIGHT = "right"  # the class of a line that somebody put right


@register.filter
def line_level(line: dict[str, Any]) -> str:
    """The class of a line: that of its confidence, until somebody puts it right."""
    return RIGHT if line.get("corrected") else level(line["confidence"])


@register.filter
def is_doubtful_line(line: dict[str, Any]) -> bool:
    """Whether somebody should look at it: the line, or a word of it, is in doubt."""
    words = (word["confidence"] for word in marked_words(line))
    return line_level(line) == "lo" or any(level(one) == "lo" for one in words)


@register.filter
def marked(line: dict[str, Any]) -> SafeString:
    """The text of *line*, its doubtful words marked, the whole when none is but it, and
    those that another engine reads otherwise."""
    text = line["text"]
    words = marked_words(line)
    if line_level(line) == "lo" and not words:
        return format_html("<mark>{}</mark>", text)
    return format_html_join("", "{}", ((part,) for part in parts(text, line, words)))


def marked_words(line: dict[str, Any]) -> list[dict[str, Any]]:
    if line.get("corrected"):
        return []
    words = line["words"]
    doubtful = [word for word in words if level(word["confidence"]) == "lo"]
    if line_level(line) != "lo" and len(doubtful) == len(words):
        doubtful = []
    return [word for word in words if word in doubtful or word.get("alternatives")]


def parts(
    text: str, line: dict[str, Any], words: list[dict[str, Any]]
) -> Iterator[str]:
    """*text* cut at its *words*, each found after the one before."""
    end = 0
    for start, word in places(text, line["words"]):
        if word in words and start >= end:
            yield text[end:start]
            end = start + len(word["text"])
            yield mark(word)
    yield text[end:]


def places(
    text: str, words: list[dict[str, Any]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    at = 0
    for word in words:
        found = text.find(word["text"], at)
        if found >= 0 and word["text"]:
            at = found + len(word["text"])
            yield found, word


def mark(word: dict[str, Any]) -> SafeString:
    others = readings(word)
    if not others:
        return format_html("<mark>{}</mark>", word["text"])
    said = (f"{engines}: {text or _('nothing here')}" for text, engines in others)
    return format_html(
        '<mark class="{}" data-others="{}" title="{}">{}</mark>',
        "others" if level(word["confidence"]) == "lo" else "others sure",
        json.dumps(others, ensure_ascii=False),
        " · ".join(said),
        word["text"],
    )


def readings(word: dict[str, Any]) -> list[tuple[str, str]]:
    """What else *word* may say, each once, and the engines that say so."""
    engines: dict[str, list[str]] = {}
    for one in word.get("alternatives", ()):
        engines.setdefault(one["text"], []).append(engine_label(one["engine"]))
    return [(text, ", ".join(names)) for text, names in engines.items()]
