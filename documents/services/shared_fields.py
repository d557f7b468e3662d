"""The columns that all layouts of a workspace share."""

from __future__ import annotations

from documents.models import SharedField, Workspace

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


def shared_fields(workspace: Workspace) -> list[SharedField]:
    """Those of *workspace* in their order; the usual ones are made when first asked."""
    if not workspace.shared_fields.exists():
        SharedField.objects.bulk_create(
            (
                SharedField(workspace=workspace, name=name, kind=kind, order=order)
                for order, (name, kind) in enumerate(DEFAULTS)
            ),
            ignore_conflicts=True,
        )
    return list(workspace.shared_fields.all())
