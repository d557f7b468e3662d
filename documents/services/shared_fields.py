"""The columns that all layouts of a workspace share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from documents.models import SharedField, TemplateVersion, Workspace
from documents.services import shapes
from engines import KINDS, Habits, TemplateError

DEFAULTS = (
    ("supplier", "text"),
    ("number", "code"),
    ("date", "date"),
    ("due", "date"),
    ("net", "amount"),
    ("tax", "amount"),
    ("total", "amount"),
    ("currency", "text"),
)
MOST_FIELDS = 100
CONSTANT_LENGTH = 200
KEYS = ("name", "kind", "constant")


def shared_fields(workspace: Workspace) -> list[SharedField]:
    """Those of *workspace* in their order; the usual ones are made when first asked."""
    if found := list(workspace.shared_fields.all()):
        return found
    SharedField.objects.bulk_create(
        (
            SharedField(workspace=workspace, name=name, kind=kind, order=order)
            for order, (name, kind) in enumerate(DEFAULTS)
        ),
        ignore_conflicts=True,
    )
    return list(workspace.shared_fields.all())


@transaction.atomic
def set_shared_fields(workspace: Workspace, fields: Any) -> list[SharedField]:
    """Make *fields*, each {"name", "kind"?, "constant"?}, the whole list, in order.

    Raises:
        TemplateError: one of them cannot be, or a layout fills one that is missing.
    """
    wanted = [
        field(workspace, one, order)
        for order, one in enumerate(shapes.listed(fields, _("Fields"), MOST_FIELDS))
    ]
    names = [one.name for one in wanted]
    if not names:
        raise TemplateError(_("A workspace shares one field at least."))
    for name in names:
        if names.count(name) > 1:
            reason = _("Two fields are called “%(name)s”. Rename one.")
            raise TemplateError(reason % {"name": name})
    insist_on_used(workspace, names)
    workspace.shared_fields.all().delete()
    SharedField.objects.bulk_create(wanted)
    return shared_fields(workspace)


def add_missing(workspace: Workspace, wanted: Iterable[tuple[Any, Any]]) -> None:
    """Fields of these names and kinds, where there are none; what is no name is left
    to those who check the rest of it."""
    known = {one.name for one in shared_fields(workspace)}
    for name, kind in wanted:
        if name and isinstance(name, str) and name not in known and kind in KINDS:
            one = field(workspace, {"name": name, "kind": kind}, len(known))
            one.save()
            known.add(one.name)


def field(workspace: Workspace, value: Any, order: int) -> SharedField:
    data = shapes.mapping(value, _("A field"), KEYS)
    name = shapes.name(data.get("name", ""), _("A field's name"))
    kind = shapes.choice(data.get("kind", "text"), f"“{name}”", KINDS)
    constant = shapes.constant(
        data.get("constant", ""), name, kind, Habits(), CONSTANT_LENGTH
    )
    return SharedField(
        workspace=workspace, name=name, kind=kind, constant=constant, order=order
    )


def insist_on_used(workspace: Workspace, names: list[str]) -> None:
    """What a layout says it fills must stay."""
    drawn = TemplateVersion.objects.filter(
        template__workspace=workspace,
        template__archived=None,
        number=F("template__version"),
    ).select_related("template")
    for version in drawn:
        filled = [region["field"] for region in version.regions]
        for name in (*filled, *version.definition["constants"]):
            if name and name not in names:
                reason = _("The layout “%(layout)s” fills “%(name)s”. Keep it.")
                told = {"layout": version.template.name, "name": name}
                raise TemplateError(reason % told)
