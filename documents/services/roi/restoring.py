"""A layout that was put away comes back."""

from __future__ import annotations

from django.db import transaction

from documents.models import RoiTemplate
from documents.services.roi.drawing import numbered


@transaction.atomic
def restore_template(template: RoiTemplate) -> RoiTemplate:
    """It matches again; where its name has been taken since, it gets a number."""
    template.name = numbered(template.workspace, template.name)
    template.archived = None
    template.save(update_fields=["name", "archived", "updated"])
    return template
