"""Addresses of the API, below /api/v1/."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from documents.api.archives import Deliveries, DeliveryFile, OneDelivery
from documents.api.batches import Batches, OneBatch
from documents.api.code_lists import CodeLists, OneCodeList
from documents.api.compare import Compare
from documents.api.connections import (
    ConnectionFolders,
    Connections,
    OneConnection,
)
from documents.api.documents import Documents, OneDocument, PageImage
from documents.api.engines import Engines
from documents.api.exports import (
    Exports,
    OneSavedExport,
    SavedExports,
    TakeSavedExport,
)
from documents.api.imports import VisionResults
from documents.api.jobs import CancelJob, Jobs, OneJob, RetryJob
from documents.api.keys import Keys, OneKey
from documents.api.lines import LineHistory, OneLine
from documents.api.members import (
    AcceptInvitation,
    Invitations,
    Members,
    OneInvitation,
    OneMember,
)
from documents.api.nowhere import Nowhere
from documents.api.read import Read
from documents.api.receipts import DocumentReceipt, Receipts, ReceiptsTable
from documents.api.record_fields import (
    FieldCrop,
    FieldHistory,
    Fields,
    JobFields,
    OneField,
    RereadField,
)
from documents.api.records import (
    ApproveRecord,
    MergeRecord,
    OneRecord,
    Records,
    ReopenRecord,
    SplitRecord,
)
from documents.api.results import Result
from documents.api.roi import OneRoiTemplate, RoiTemplates
from documents.api.roi_errands import MatchDocument, ReadAgain, TryRoiTemplate
from documents.api.roi_files import ExportRoiTemplate, ImportRoiTemplate
from documents.api.schema import Docs
from documents.api.shared_fields import SharedFields
from documents.api.sources import SourceKinds
from documents.api.tags import Tags
from documents.api.workspaces import OneWorkspace, Workspaces

app_name = "api"
urlpatterns = [
    path("documents/", Documents.as_view(), name="documents"),
    path("documents/<uuid:pk>/", OneDocument.as_view(), name="document"),
    path(
        "documents/<uuid:pk>/pages/<int:number>/image/",
        PageImage.as_view(),
        name="page-image",
    ),
    path("documents/<uuid:pk>/compare/", Compare.as_view(), name="compare"),
    path("documents/<uuid:pk>/receipt/", DocumentReceipt.as_view(), name="receipt"),
    path("documents/<uuid:pk>/match/", MatchDocument.as_view(), name="match"),
    path("batches/", Batches.as_view(), name="batches"),
    path("batches/<uuid:pk>/", OneBatch.as_view(), name="batch"),
    path("keys/", Keys.as_view(), name="keys"),
    path("keys/<uuid:pk>/", OneKey.as_view(), name="key"),
    path("jobs/", Jobs.as_view(), name="jobs"),
    path("jobs/<uuid:pk>/", OneJob.as_view(), name="job"),
    path("jobs/<uuid:pk>/cancel/", CancelJob.as_view(), name="cancel"),
    path("jobs/<uuid:pk>/retry/", RetryJob.as_view(), name="retry"),
    path("jobs/<uuid:pk>/result/", Result.as_view(), name="result"),
    path(
        "jobs/<uuid:pk>/pages/<int:number>/lines/<int:line>/",
        OneLine.as_view(),
        name="line",
    ),
    path(
        "jobs/<uuid:pk>/pages/<int:number>/lines/<int:line>/history/",
        LineHistory.as_view(),
        name="line-history",
    ),
    path("jobs/<uuid:pk>/fields/", JobFields.as_view(), name="job-fields"),
    path("deliveries/", Deliveries.as_view(), name="deliveries"),
    path("deliveries/<uuid:pk>/", OneDelivery.as_view(), name="delivery"),
    path("deliveries/<uuid:pk>/file/", DeliveryFile.as_view(), name="delivery-file"),
    path("fields/", Fields.as_view(), name="fields"),
    path("fields/<uuid:pk>/", OneField.as_view(), name="field"),
    path("fields/<uuid:pk>/reread/", RereadField.as_view(), name="reread"),
    path("fields/<uuid:pk>/crop/", FieldCrop.as_view(), name="crop"),
    path("fields/<uuid:pk>/history/", FieldHistory.as_view(), name="history"),
    path("receipts/", Receipts.as_view(), name="receipts"),
    path("receipts/export/", ReceiptsTable.as_view(), name="receipts-export"),
    path("records/", Records.as_view(), name="records"),
    path("records/<uuid:pk>/", OneRecord.as_view(), name="record"),
    path("records/<uuid:pk>/approve/", ApproveRecord.as_view(), name="approve"),
    path("records/<uuid:pk>/reopen/", ReopenRecord.as_view(), name="reopen"),
    path("records/<uuid:pk>/split/", SplitRecord.as_view(), name="split"),
    path("records/<uuid:pk>/merge/", MergeRecord.as_view(), name="merge"),
    path("vision-results/", VisionResults.as_view(), name="vision-results"),
    path("read/", Read.as_view(), name="read"),
    path("roi-templates/", RoiTemplates.as_view(), name="roi-templates"),
    path(
        "roi-templates/import/", ImportRoiTemplate.as_view(), name="import-roi-template"
    ),
    path("roi-templates/<uuid:pk>/", OneRoiTemplate.as_view(), name="roi-template"),
    path(
        "roi-templates/<uuid:pk>/export/",
        ExportRoiTemplate.as_view(),
        name="export-roi-template",
    ),
    path(
        "roi-templates/<uuid:pk>/try/",
        TryRoiTemplate.as_view(),
        name="try-roi-template",
    ),
    path("roi-templates/<uuid:pk>/read-again/", ReadAgain.as_view(), name="read-again"),
    path("shared-fields/", SharedFields.as_view(), name="shared-fields"),
    path("code-lists/", CodeLists.as_view(), name="code-lists"),
    path("code-lists/<uuid:pk>/", OneCodeList.as_view(), name="code-list"),
    path("exports/", Exports.as_view(), name="exports"),
    path("saved-exports/", SavedExports.as_view(), name="saved-exports"),
    path("saved-exports/<uuid:pk>/", OneSavedExport.as_view(), name="saved-export"),
    path(
        "saved-exports/<uuid:pk>/take/",
        TakeSavedExport.as_view(),
        name="take-saved-export",
    ),
    path("connections/", Connections.as_view(), name="connections"),
    path("connections/<uuid:pk>/", OneConnection.as_view(), name="connection"),
    path(
        "connections/<uuid:pk>/folders/",
        ConnectionFolders.as_view(),
        name="connection-folders",
    ),
    path("sources/", include("documents.api.source_urls")),
    path("source-kinds/", SourceKinds.as_view(), name="source-kinds"),
    path("webhooks/", include("documents.api.webhook_urls")),
    path("tags/", Tags.as_view(), name="tags"),
    path("engines/", Engines.as_view(), name="engines"),
    path("workspaces/", Workspaces.as_view(), name="workspaces"),
    path("workspaces/<uuid:pk>/", OneWorkspace.as_view(), name="workspace"),
    path("workspaces/<uuid:pk>/members/", Members.as_view(), name="members"),
    path(
        "workspaces/<uuid:pk>/members/<int:user>/", OneMember.as_view(), name="member"
    ),
    path(
        "workspaces/<uuid:pk>/invitations/", Invitations.as_view(), name="invitations"
    ),
    path(
        "workspaces/<uuid:pk>/invitations/<uuid:invitation>/",
        OneInvitation.as_view(),
        name="invitation",
    ),
    path("invitations/accept/", AcceptInvitation.as_view(), name="accept"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", Docs.as_view(url_name="api:schema"), name="docs"),
    re_path("", Nowhere.as_view()),
]
