"""The JSON API."""

from __future__ import annotations

from ocrsite import env

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # Keys first: their challenge is what makes a stranger's answer 401, not 403.
        "documents.api.auth.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "documents.api.auth.HasScope",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["documents.api.parsers.CarefulJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "documents.api.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": [
        "django_filters.rest_framework.DjangoFilterBackend",
        "documents.api.filters.StableOrdering",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["documents.api.throttling.PerCaller"],
    "DEFAULT_THROTTLE_RATES": {"caller": env.text("API_RATE", "1200/min")},
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "DEFAULT_SCHEMA_CLASS": "drf_standardized_errors.openapi.AutoSchema",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "documents.api.errors.Handler",
    "ERROR_SCHEMAS": {
        str(code): "documents.api.errors.ErrorOut"
        for code in (400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 429, 500)
    },
    "ALLOWED_ERROR_STATUS_CODES": ["400", "401", "403", "404", "415", "429"],
}
REST_KNOX = {
    "AUTH_HEADER_PREFIX": "Bearer",
    "TOKEN_TTL": None,
    "TOKEN_PREFIX": "ocr_",
}
KNOX_TOKEN_MODEL = "documents.ApiKey"
IDEMPOTENCY_HOURS = 24
SPECTACULAR_SETTINGS = {
    "TITLE": "ocrsite",
    "DESCRIPTION": (
        "Upload a scan or a photo, pick an engine, get text with positions. "
        "Send a key as `Authorization: Bearer <key>`. Unknown fields of a body are "
        "refused, unknown parameters of a query ignored."
    ),
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # Nouns have states, requests have formats: without a name each gets a digest.
    "ENUM_NAME_OVERRIDES": {
        "JobStateEnum": "documents.models.jobs.State",
        "RecordStateEnum": "documents.models.records.Record.State",
        "FieldStateEnum": "documents.models.records.Field.State",
        "DeliveryStateEnum": "documents.models.deliveries.Delivery.State",
        "SourceRunStateEnum": "documents.models.sources.SourceRun.State",
        "SourceItemStateEnum": "documents.models.sources.SourceItem.State",
        "WebhookDeliveryStateEnum": "documents.models.webhooks.WebhookDelivery.State",
        "FormatEnum": "engines.EXPORTS",
        "TableFormatEnum": "documents.services.tables.FORMATS",
    },
}
