"""Models of digits that were trained here: where they lie, which is read with."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.translation import gettext as _

from engines import digits


def models_folder() -> Path:
    """Where models of digits lie that were trained here."""
    return settings.MODELS_ROOT / "digits"


def use_chosen_model() -> None:
    """Have engines read with the model that the settings name."""
    if settings.DIGITS_MODEL:
        digits.use_model(models_folder() / settings.DIGITS_MODEL)


def check_chosen_model(**_hints: object) -> list[CheckMessage]:
    """A site whose model is not there must not read with another one unseen."""
    name = settings.DIGITS_MODEL
    if not name or digits.is_model(models_folder() / name):
        return []
    words = _("DIGITS_MODEL is “%(name)s”, and there is no such model in %(folder)s.")
    return [
        Error(
            words % {"name": name, "folder": models_folder()},
            hint=_("Leave it out, or train one: manage.py train_digits"),
            id="documents.E001",
        )
    ]
