"""What the library says of OpenOCR, its process and its recognisers."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("There is no recogniser “%(name)s” for OpenOCR."),
    _("%(name)s is no checkpoint that can be loaded safely."),
    _("%(name)s holds no weights."),
    _("OpenOCR's process gave an answer that nobody can read."),
    _("OpenOCR's models cannot be loaded: %(error)s"),
    _("OpenOCR could not read this page: %(error)s"),
    _("OpenOCR has no “%(said)s”. Choose one of: %(names)s."),
    _("OpenOCR does not know %(names)s; it read what it could."),
    # the names and words of its options
    _("Models"),
    _("Mobile models are fast, server models more accurate."),
    _("Task"),
    _(
        "Find the lines and read them, find them alone, "
        "or read the picture as one line."
    ),
    _("Recogniser"),
    _("A recogniser of your own; empty: the models' own."),
)
