"""What a source may be: its kind's schema, and what its owner may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from documents.models import Connection, RoiTemplate, Source
from documents.services.descriptions import describes, no_reader
from documents.services.engines import availability
from documents.services.sealing import CannotSeal, can_seal, opened, seal
from documents.services.sentences import told
from documents.services.sources.schedules import InvalidSchedule, checked_schedule
from documents.services.tags import InvalidTag, checked_all
from documents.sources import KINDS, Kind
from engines import engine_names

LONGEST_NAME = Source._meta.get_field("name").max_length


class InvalidSource(ValueError):
    """It cannot be so: ``errors`` has a sentence for each field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


def fill(source: Source, what: Mapping[str, Any]) -> None:
    """Put *what*, by the names of ``create_source``, into *source*; nothing is saved.

    Raises:
        InvalidSource: with all that is wrong.
    """
    errors: dict[str, str] = {}
    for name, value in what.items():
        try:
            FILLED[name](source, value)
        except InvalidSource as error:
            errors |= error.errors
    if errors:
        raise InvalidSource(errors)


def checked_kind(name: str, owner: AbstractBaseUser) -> Kind:
    """
    Raises:
        InvalidSource: there is none of that name, or *owner* cannot have one.
    """
    kind = KINDS.get(name)
    if kind is None:
        raise InvalidSource({"kind": _("There is no such kind of source.")})
    if reason := why_not(kind, owner):
        raise InvalidSource({"kind": reason})
    return kind


def why_not(kind: Kind, user: AbstractBaseUser) -> str:
    """Why *user* cannot have a source of *kind*; empty where it can be had."""
    if kind.admins_only and not is_admin(user):
        return _("Only administrators of the site may have such a source.")
    if kind.secret_names and not can_seal():
        return _(
            "The site has no key to keep passwords with. "
            "Ask its operator to set ENCRYPTION_KEYS."
        )
    return ""


def is_admin(user: AbstractBaseUser) -> bool:
    return user.is_staff or user.is_superuser


def fill_name(source: Source, name: str) -> None:
    source.name = " ".join(name.split())
    if not source.name:
        raise InvalidSource({"name": _("Give it a name.")})
    if len(source.name) > LONGEST_NAME:
        raise InvalidSource({"name": too_long(LONGEST_NAME)})


def fill_values(source: Source, values: Mapping[str, Any]) -> None:
    """*values* over those that it has; None takes one away."""
    kind = KINDS[source.kind]
    secrets = known_secrets(source)
    said = {**source.settings, **secrets, **values}
    said = {name: value for name, value in said.items() if value is not None}
    whole = {**defaults(kind), **said}
    if errors := errors_in(kind, whole):
        raise InvalidSource(errors)
    kept = {name: whole.pop(name) for name in kind.secret_names if name in whole}
    source.settings = whole
    # The same secret is sealed anew only where it changed: so that can be seen.
    if kept != secrets:
        source.secrets = seal(kept) if kept else ""


def known_secrets(source: Source) -> dict[str, Any]:
    """None where they cannot be opened any more: they have to be entered again."""
    try:
        return opened(source.secrets) if source.secrets else {}
    except CannotSeal:
        return {}


def defaults(kind: Kind) -> dict[str, Any]:
    properties = kind.properties.items()
    return {name: what["default"] for name, what in properties if "default" in what}


def errors_in(kind: Kind, values: Mapping[str, Any]) -> dict[str, str]:
    """A sentence for each of *values* that its schema does not have so."""
    errors = {name: needed() for name in kind.required if name not in values}
    for name, value in values.items():
        if name not in kind.properties:
            errors[name] = _("There is no such setting.")
            continue
        schema = kind.properties[name]
        if error := best_match(Draft202012Validator(schema).iter_errors(value)):
            errors[name] = in_words(error, schema)
        elif isinstance(value, str) and "\0" in value:
            errors[name] = _("There are characters in it that nobody can read.")
    return errors


def in_words(error: ValidationError, schema: Mapping[str, Any]) -> str:
    if error.validator == "minLength":
        return needed()
    if error.validator == "maxLength":
        return too_long(schema["maxLength"])
    if "oneOf" in schema:
        names = ", ".join(str(choice["const"]) for choice in schema["oneOf"])
        return _("Choose one of these: %(names)s.") % {"names": names}
    if schema["type"] == "integer" and "maximum" in schema:
        words = _("Enter a whole number from %(least)d to %(most)d.")
        return words % {"least": schema["minimum"], "most": schema["maximum"]}
    return _("Enter it as text.")


def needed() -> str:
    return _("This is needed.")


def too_long(most: int) -> str:
    return _("It has at most %(most)d characters.") % {"most": most}


def fill_connection(source: Source, connection: Connection | None) -> None:
    service = KINDS[source.kind].connection
    fits = connection is None if not service else is_theirs(connection, source, service)
    if not fits:
        reason = _("Choose an account that you have connected.")
        raise InvalidSource({"connection": reason if service else _("None is needed.")})
    source.connection = connection


def is_theirs(connection: Connection | None, source: Source, service: str) -> bool:
    """Whether it is the source's owner's own, to the *service* that is needed."""
    if connection is None:
        return False
    return (connection.user_id, connection.service) == (source.owner_id, service)


def fill_engine(source: Source, engine: str) -> None:
    if engine:
        if engine not in engine_names():
            raise InvalidSource({"engine": _("There is no such engine.")})
        if reason := why_unable(engine):
            raise InvalidSource({"engine": reason})
    source.engine = engine


def why_unable(engine: str) -> str:
    """Why nobody can read with *engine*; empty where somebody can."""
    able = availability(engine)
    return "" if able.ok else f"{told(able.reason)} {told(able.remedy)}".strip()


def fill_template(source: Source, template: RoiTemplate | None) -> None:
    if template and (template.workspace_id != source.workspace_id or template.archived):
        raise InvalidSource({"template": _("Choose a layout of this workspace.")})
    source.template = template


def fill_tags(source: Source, tags: Sequence[str]) -> None:
    try:
        source.tags = checked_all(tags)
    except InvalidTag as error:
        raise InvalidSource({"tags": str(error)}) from None


def fill_schedule(source: Source, schedule: str) -> None:
    try:
        source.schedule = checked_schedule(schedule)
    except InvalidSchedule as error:
        raise InvalidSource({"schedule": str(error)}) from None


def fill_languages(source: Source, languages: Sequence[str]) -> None:
    source.languages = list(languages)


def fill_any_template(source: Source, any_template: bool) -> None:
    source.any_template = any_template


def insist_on_reader(source: Source) -> None:
    """What describes pictures reads no fields.

    Raises:
        InvalidSource: a layout was chosen for it.
    """
    if source.engine and describes(source.engine):
        if source.template:
            raise InvalidSource({"engine": no_reader(source.engine)})
        source.any_template = False


FILLED: dict[str, Callable[[Source, Any], None]] = {
    "name": fill_name,
    "values": fill_values,
    "connection": fill_connection,
    "engine": fill_engine,
    "languages": fill_languages,
    "template": fill_template,
    "any_template": fill_any_template,
    "tags": fill_tags,
    "schedule": fill_schedule,
}
