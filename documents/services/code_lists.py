"""Lists of the values that a code may have: kept, changed, put away."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from documents.models import CodeList, TemplateVersion, Workspace
from documents.services import shapes
from engines import TemplateError

NAME_LENGTH = 100
VALUE_LENGTH = 200
MOST_VALUES = 50_000


@transaction.atomic
def save_list(code_list: CodeList, *, name: Any, values: Any) -> CodeList:
    """Keep *code_list*, new or known, with this name and these values.

    Raises:
        TemplateError: the name is empty or taken, or the values are too many.
    """
    code_list.name = shapes.name(name, _("A list's name"), NAME_LENGTH)
    code_list.values = "\n".join(checked(values))
    try:
        with transaction.atomic():
            code_list.save()
    except IntegrityError:
        reason = _("There is a list “%(name)s” already. Choose another name.")
        raise TemplateError(reason % {"name": code_list.name}) from None
    return code_list


def take_list(workspace: Workspace, *, name: Any, values: Any) -> CodeList:
    """The list of *workspace* that holds just these values, made where there is none.

    Raises:
        TemplateError: as above.
    """
    name = shapes.name(name, _("A list's name"), NAME_LENGTH - 10)
    wanted = "\n".join(checked(values))
    if known := workspace.code_lists.filter(values=wanted).first():
        return known
    names = set(workspace.code_lists.values_list("name", flat=True))
    number, free = 1, name
    while free in names:
        number += 1
        free = f"{name} ({number})"
    return CodeList.objects.create(workspace=workspace, name=free, values=wanted)


def delete_list(code_list: CodeList) -> None:
    """
    Raises:
        TemplateError: a layout still uses it; the message says which.
    """
    drawn = TemplateVersion.objects.filter(
        template__workspace=code_list.workspace,
        template__archived=None,
        number=F("template__version"),
    ).select_related("template")
    for version in drawn:
        if any(region["list"] == str(code_list.pk) for region in version.regions):
            reason = _("The layout “%(name)s” uses this list. Change that first.")
            raise TemplateError(reason % {"name": version.template.name})
    code_list.delete()


def checked(values: Any) -> list[str]:
    """Each value once, in the order they came, none of them empty."""
    found = shapes.listed(values, _("The values"), MOST_VALUES)
    lines = (shapes.text(one, _("A value"), VALUE_LENGTH) for one in found)
    kept = list(dict.fromkeys(filter(None, lines)))
    if not kept:
        raise TemplateError(_("The list holds no value."))
    return kept
