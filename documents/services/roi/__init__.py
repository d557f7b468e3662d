"""Templates: drawn, changed, copied, carried from one site to another, put away."""

from documents.services.roi.again import outdated, read_unapproved_again
from documents.services.roi.carrying import (
    duplicate_template,
    exported,
    import_template,
)
from documents.services.roi.drawing import (
    archive_template,
    create_template,
    save_version,
)
from documents.services.roi.showing import shown, shown_all

__all__ = [
    "archive_template",
    "create_template",
    "duplicate_template",
    "exported",
    "import_template",
    "outdated",
    "read_unapproved_again",
    "save_version",
    "shown",
    "shown_all",
]
