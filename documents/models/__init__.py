"""The nouns, one module each; import them from here."""

from documents.models.access import ApiKey, IdempotentCall
from documents.models.corrections import Correction
from documents.models.deliveries import Delivery
from documents.models.errands import Errand
from documents.models.files import Batch, Document, Page, Tag
from documents.models.jobs import Job, PageRead, Reading
from documents.models.people import Invitation, Membership, Profile, Workspace
from documents.models.receipts import Receipt
from documents.models.records import (
    Field,
    FieldChange,
    LabelledCrop,
    Record,
    SavedExport,
)
from documents.models.roi import (
    CodeList,
    RoiTemplate,
    SharedField,
    TemplatePage,
    TemplateVersion,
)
from documents.models.search import PageText
from documents.models.sources import Connection, Source, SourceItem, SourceRun
from documents.models.webhooks import Webhook, WebhookDelivery
from documents.models.workers import Worker

__all__ = [
    "ApiKey",
    "Batch",
    "CodeList",
    "Connection",
    "Correction",
    "Delivery",
    "Document",
    "Errand",
    "Field",
    "FieldChange",
    "IdempotentCall",
    "Invitation",
    "Job",
    "LabelledCrop",
    "Membership",
    "Page",
    "PageRead",
    "PageText",
    "Profile",
    "Reading",
    "Receipt",
    "Record",
    "RoiTemplate",
    "SavedExport",
    "SharedField",
    "Source",
    "SourceItem",
    "SourceRun",
    "Tag",
    "TemplatePage",
    "TemplateVersion",
    "Webhook",
    "WebhookDelivery",
    "Worker",
    "Workspace",
]
