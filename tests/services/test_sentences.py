"""What the library said in English is told in the reader's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from documents.services.sentences import PLACE, SENTENCES, patterns, told
from engines import errors

ENGINES = Path(__file__).resolve().parents[2] / "engines"
# The kit speaks to the command line, in English as it does.
KIT = (
    ENGINES / "digits" / "kit",
    ENGINES / "openocr" / "kit",
    ENGINES / "training.py",
)
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
# For programmers and the command line, which speak English.
UNSEEN = {
    "There is no format “7”. Choose one of: 7.",
    "Pages are numbered from 1.",
    "There is no truth.jsonl in 7.",
    "7 names no page.",
    "",  # said by a variable: no test can see here what it holds
}


def raised() -> Iterator[str]:
    """The message of each error that the library raises, with 7 for what varies."""
    for path in ENGINES.rglob("*.py"):
        if any(path.is_relative_to(kit) for kit in KIT):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            call = getattr(node, "exc", None)
            if getattr(getattr(call, "func", None), "id", "") in KINDS:
                yield said(call.args[0])


def said(message: ast.expr) -> str:
    if isinstance(message, ast.Constant):
        return str(message.value)
    parts = message.values if isinstance(message, ast.JoinedStr) else []
    return "".join(said(x) if isinstance(x, ast.Constant) else "7" for x in parts)


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        (
            "The PDF has no page. Make it again.",
            "لا صفحات في ملف PDF هذا. أنشئه من جديد.",
        ),
        (
            "Page 3: The engine crashed on this page. Try another engine.",
            "الصفحة 3: انهار المحرّك في هذه الصفحة. جرّب محرّكًا آخر.",
        ),
        (
            "Page 1: Page 1 of the PDF is damaged.\nPage 2: a (b) “c” % %(d)s",
            "الصفحة 1: الصفحة 1 من ملف PDF تالفة.\nالصفحة 2: a (b) “c” % %(d)s",
        ),
        ("Somebody else's words", "Somebody else's words"),
        ("", ""),
    ],
)
def test_it_works(english: str, arabic: str) -> None:
    with translation.override("ar"):
        assert told(english) == arabic
    with translation.override("en"):
        assert told(english) == english


def test_every_sentence_of_the_library_is_listed() -> None:
    unlisted = {
        message
        for message in set(raised()) - UNSEEN
        if not any(pattern.fullmatch(message) for pattern, _ in patterns())
    }
    assert unlisted == set()


def test_no_sentence_takes_another_ones_place() -> None:
    for sentence in SENTENCES:
        sample = PLACE.sub("7", sentence)
        found = [listed for pattern, listed in patterns() if pattern.fullmatch(sample)]
        assert found == [sentence]
