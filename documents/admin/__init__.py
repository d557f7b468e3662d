"""The admin panel for staff: see everything, mend a few things."""

from documents.admin import access, files, jobs, people, readings, workers

__all__ = ["access", "files", "jobs", "people", "readings", "workers"]
