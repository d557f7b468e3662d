"""The admin panel for staff: see everything, mend a few things."""

from documents.admin import (
    access,
    corrections,
    fields,
    files,
    jobs,
    people,
    readings,
    records,
    roi,
    sources,
    workers,
)

__all__ = [
    "access",
    "corrections",
    "fields",
    "files",
    "jobs",
    "people",
    "readings",
    "records",
    "roi",
    "sources",
    "workers",
]
