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
    numbered,
    save_version,
)
from documents.services.roi.restoring import restore_template
from documents.services.roi.showing import shown, shown_all

__all__ = [
    "archive_template",
    "create_template",
    "duplicate_template",
    "exported",
    "import_template",
    "numbered",
    "outdated",
    "read_unapproved_again",
    "restore_template",
    "save_version",
    "shown",
    "shown_all",
]
