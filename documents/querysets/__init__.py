"""Every read of the database: each begins at ``visible_to(user)``.

Someone else's row is not refused, it is not there: permission is part of the query.
``changeable_by`` narrows to what a reviewer or owner may change, ``owned_by`` to what
an owner manages.
"""

from documents.querysets.access import ApiKeyQuerySet
from documents.querysets.deliveries import DeliveryQuerySet
from documents.querysets.files import BatchQuerySet, DocumentQuerySet
from documents.querysets.jobs import JobQuerySet, PageReadQuerySet
from documents.querysets.people import (
    InvitationQuerySet,
    MembershipQuerySet,
    WorkspaceQuerySet,
)
from documents.querysets.receipts import ReceiptQuerySet
from documents.querysets.records import FieldQuerySet, RecordQuerySet
from documents.querysets.roi import (
    CodeListQuerySet,
    RoiTemplateQuerySet,
)
from documents.querysets.rows import OwnedRowQuerySet, WorkspaceRowQuerySet
from documents.querysets.search import PageTextQuerySet
from documents.querysets.sources import (
    ConnectionQuerySet,
    SourceItemQuerySet,
    SourceQuerySet,
)
from documents.querysets.tags import TagQuerySet
from documents.querysets.webhooks import WebhookDeliveryQuerySet, WebhookQuerySet
from documents.querysets.workers import WorkerQuerySet

__all__ = [
    "ApiKeyQuerySet",
    "BatchQuerySet",
    "CodeListQuerySet",
    "ConnectionQuerySet",
    "DeliveryQuerySet",
    "DocumentQuerySet",
    "FieldQuerySet",
    "InvitationQuerySet",
    "JobQuerySet",
    "MembershipQuerySet",
    "OwnedRowQuerySet",
    "PageReadQuerySet",
    "PageTextQuerySet",
    "ReceiptQuerySet",
    "RecordQuerySet",
    "RoiTemplateQuerySet",
    "SourceItemQuerySet",
    "SourceQuerySet",
    "TagQuerySet",
    "WebhookDeliveryQuerySet",
    "WebhookQuerySet",
    "WorkerQuerySet",
    "WorkspaceQuerySet",
    "WorkspaceRowQuerySet",
]
