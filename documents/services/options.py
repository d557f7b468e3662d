"""What one engine alone understands: its schema shown as a form, and held to."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from engines import get_engine

# Wishes that every engine may be told: fields of a job, not options.
COMMON = ("languages", "max_side", "preprocess", "prompt")


class InvalidOption(ValueError):
    """The engine has no such option, or not with that value; a sentence."""


def own_schema(engine: str) -> dict[str, Any]:
    """The JSON Schema of what *engine* takes beside the wishes that all may be told."""
    schema = dict(get_engine(engine).options_schema)
    known = schema.get("properties", {})
    own = {name: what for name, what in known.items() if name not in COMMON}
    return {**schema, "properties": own, "additionalProperties": False}


def checked_options(engine: str, options: dict[str, Any]) -> dict[str, Any]:
    """*options* as they are, if *engine* takes them.

    Raises:
        InvalidOption: it does not.
        EngineUnavailable: there is no such engine.
    """
    schema = own_schema(engine)
    for name in options:
        if name not in schema["properties"]:
            raise InvalidOption(_unknown(engine, name, list(schema["properties"])))
    error = best_match(Draft202012Validator(schema).iter_errors(options))
    if error is None:
        return options
    where = ".".join(map(str, error.absolute_path)) or "options"
    raise InvalidOption(
        _("“%(name)s” cannot be so: %(reason)s.")
        % {"name": where, "reason": error.message[:200]}
    )


def _unknown(engine: str, name: str, known: list[str]) -> str:
    if not known:
        words = _("The engine “%(engine)s” has no options.")
        return words % {"engine": engine}
    words = _("The engine “%(engine)s” has no option “%(name)s”. It has: %(names)s.")
    return words % {"engine": engine, "name": name, "names": ", ".join(known)}
