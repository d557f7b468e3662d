"""Results that workers make into files, while someone waits or looks how far it is: of
one job, or of many documents in a zip."""

from documents.services.deliveries.archives import go_on
from documents.services.deliveries.keeping import (
    forget,
    forget_old,
    is_there,
    remove_files,
)
from documents.services.deliveries.many import (
    CannotArchive,
    archive_of_documents,
    archive_of_jobs,
)
from documents.services.deliveries.one import deliver, ordered

__all__ = [
    "CannotArchive",
    "archive_of_documents",
    "archive_of_jobs",
    "deliver",
    "forget",
    "forget_old",
    "go_on",
    "is_there",
    "ordered",
    "remove_files",
]
