"""The nouns, one module each; import them from here."""

from documents.models.access import ApiKey, IdempotentCall
from documents.models.files import Batch, Document, Page
from documents.models.jobs import Job, PageRead, Reading
from documents.models.people import Invitation, Membership, Profile, Workspace
from documents.models.workers import Worker

__all__ = [
    "ApiKey",
    "Batch",
    "Document",
    "IdempotentCall",
    "Invitation",
    "Job",
    "Membership",
    "Page",
    "PageRead",
    "Profile",
    "Reading",
    "Worker",
    "Workspace",
]
