"""Templates: drawn, changed, copied, carried from one site to another, put away."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from documents.models import Document, RoiTemplate, TemplateVersion, Workspace


def create_template(
    workspace: Workspace,
    *,
    user: AbstractBaseUser | None,
    name: str,
    definition: dict[str, Any],
    document: Document,
    page: int = 1,
    last_page: int | None = None,
) -> RoiTemplate:
    """A template drawn on *document*, pages *page* to *last_page* (one page: None).

    It keeps pictures of its own; a worker prepares what registration compares. The
    newest version is 1.

    Raises:
        TemplateError: the definition or the name cannot be, or the document has no
            such page.
    """
    raise NotImplementedError


def save_version(
    template: RoiTemplate,
    *,
    user: AbstractBaseUser | None,
    definition: dict[str, Any],
    name: str = "",
) -> TemplateVersion:
    """A new version, unless nothing has changed; *name* renames the template.

    Raises:
        TemplateError: as above.
    """
    raise NotImplementedError


def duplicate_template(
    template: RoiTemplate, *, user: AbstractBaseUser | None, name: str = ""
) -> RoiTemplate:
    raise NotImplementedError


def archive_template(template: RoiTemplate) -> None:
    """It matches no more; records read with it stay as they are."""
    raise NotImplementedError


def shown(template: RoiTemplate) -> dict[str, Any]:
    """As the API shows it: {"id","name","version","document","page","prepared",
    "created","updated", **definition}."""
    raise NotImplementedError


def exported(template: RoiTemplate) -> dict[str, Any]:
    """Whole, to be carried elsewhere: ``shown`` plus "pages": [{"number","width",
    "height","picture": base64 JPEG}]."""
    raise NotImplementedError


def import_template(
    workspace: Workspace, *, user: AbstractBaseUser | None, data: dict[str, Any]
) -> RoiTemplate:
    """The template of an ``exported`` file; a taken name gets a number.

    Raises:
        TemplateError: it is no such file; nothing is left of it.
    """
    raise NotImplementedError


def read_unapproved_again(
    template: RoiTemplate, *, user: AbstractBaseUser | None
) -> int:
    """Read the records of older versions with the newest, never approved ones; how
    many."""
    raise NotImplementedError
