"""The editor's words, in the language of the moment, for its script."""

from __future__ import annotations

from django.utils.translation import gettext as _

from engines import KINDS


def kind_words() -> dict[str, str]:
    """What kinds of values are called."""
    words = {
        "text": _("text"),
        "integer": _("whole number"),
        "amount": _("amount"),
        "date": _("date"),
        "code": _("code"),
        "digits": _("digits"),
    }
    return {kind: words[kind] for kind in KINDS}


def check_words() -> dict[str, str]:
    """What checks of codes are called; one that is new here keeps its own name."""
    return {
        "iban": _("IBAN"),
        "eu_vat": _("European VAT number"),
        "luhn": _("Luhn (cards, Sweden)"),
        "ean": _("EAN / GTIN"),
        "ca_bn": _("Canadian business number"),
        "eg_tax": _("Egyptian tax number"),
    }


def editor_words() -> dict[str, object]:
    return {
        "kinds": kind_words(),
        "field": _("field"),
        "unnamed": _("without a name"),
        "line": _("Recognised line: %(text)s"),
        "place": _("%(n)s of %(count)s"),
        "firstPage": _("1 (first)"),
        "lastPage": _("the last"),
        "reading": _("reading …"),
        "added": _("Region “%(name)s” added."),
        "removed": _("Region “%(name)s” removed."),
        "stands": _(
            "“%(name)s”: %(left)s from the left, %(top)s from the top, "
            "%(width)s wide, %(height)s high, in hundredths of the page."
        ),
        "undone": _("Undone."),
        "redone": _("Done again."),
        "nothingToUndo": _("There is nothing to undo."),
        "nothingToRedo": _("There is nothing to do again."),
        "noLabel": _("No label was found beside it. Draw it closer to one."),
        "nameless": _("Every region needs a name."),
        "twice": _("Another region has this name. Rename one."),
        "labelless": _("Say which words the label has, or untick it."),
        "gone": _("The scan it was drawn on is gone: try it on another one."),
        "isUnread": _("Nobody has read this page: there are no lines to click yet."),
        "isRead": _("The page is being read …"),
        "saved": _("Saved as version %(version)s."),
        "version": _("version %(version)s"),
        "again": _("Read %(n)s unapproved records again"),
        "none": _("Nothing could be read here."),
        "loggedOut": _("You were logged out. Log in in another tab, then go on here."),
        "refused": _("You may look at this workspace, no more. Ask one of its owners."),
        "broken": _("The server could not do this. Try again."),
        "offline": _("The server cannot be reached. Nothing is lost; try again."),
        "suggested": _("%(n)s regions were suggested."),
        "noSuggestion": _("Nothing more was found that looks like a known field."),
    }
