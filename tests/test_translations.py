"""Arabic is complete: every string is translated, compiled, and none is left over.

After a change of words: ``python manage.py makemessages -l ar --no-location --no-wrap
--no-obsolete --ignore=tests``, translate, ``python manage.py compilemessages``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "ar" / "LC_MESSAGES" / "django.po"
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
STRING = r"""u?("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
PLACES = re.compile(r"%\(\w+\)|%%\w+%%")
FORMS = 6  # of an Arabic plural: none, one, two, few, many, others


def code_messages() -> Iterator[str]:
    for room in ("documents", "ocrsite"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and name_of(node.func) in MARKS:
                    yield from constants(node)


def name_of(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def constants(call: ast.Call) -> Iterator[str]:
    """The message itself; its plural is kept with it."""
    message = call.args[0]
    if isinstance(message, ast.Constant) and isinstance(message.value, str):
        yield message.value


def template_messages() -> Iterator[str]:
    for path in (ROOT / "templates").rglob("*.*"):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for literal in re.findall(rf"\b(?:n?gettext|_)\(\s*{STRING}", code):
            yield ast.literal_eval(literal)


def entries() -> list[polib.POEntry]:
    return list(polib.pofile(str(PO)))


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_every_string_is_in_the_catalogue_and_no_other() -> None:
    used = {*code_messages(), *template_messages()}
    known = {entry.msgid for entry in entries()}
    assert sorted(used - known) == []
    assert sorted(known - used) == []


def test_every_string_is_translated() -> None:
    missing = [
        entry.msgid for entry in entries() if entry.fuzzy or not all(forms(entry))
    ]
    assert missing == []


def test_plurals_have_every_form() -> None:
    lacking = [
        entry.msgid
        for entry in entries()
        if entry.msgid_plural and len(forms(entry)) != FORMS
    ]
    assert lacking == []


def test_translations_keep_the_places() -> None:
    """What is filled in is filled in there too; one and two may be words."""
    broken = [
        (entry.msgid, form)
        for entry in entries()
        for form in forms(entry)
        if not fits(entry, form)
    ]
    assert broken == []


def fits(entry: polib.POEntry, form: str) -> bool:
    wanted = set(PLACES.findall(entry.msgid + (entry.msgid_plural or "")))
    found = set(PLACES.findall(form))
    return found <= wanted if entry.msgid_plural else found == wanted


def test_the_compiled_catalogue_is_fresh() -> None:
    """It is kept with the sources: a site needs no gettext to speak Arabic."""
    with PO.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    stale = [
        entry.msgid for entry in entries() if look_up(compiled, entry) != forms(entry)
    ]
    assert stale == []


def look_up(compiled: GNUTranslations, entry: polib.POEntry) -> list[str]:
    if not entry.msgid_plural:
        return [compiled.gettext(entry.msgid)]
    one_of_each = (0, 1, 2, 3, 11, 100)
    return [
        compiled.ngettext(entry.msgid, entry.msgid_plural, number)
        for number in one_of_each
    ]
