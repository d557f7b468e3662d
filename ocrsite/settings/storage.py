"""Where files are kept: on disk, or in a bucket of a server that speaks S3."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from ocrsite import env
from ocrsite.settings.machine import DATA_DIR

MEDIA_ROOT = DATA_DIR / "media"
S3_BUCKET = env.text("S3_BUCKET")  # empty: files lie in MEDIA_ROOT
S3_ENDPOINT = env.text("S3_ENDPOINT")  # empty: Amazon's own
S3_REGION = env.text("S3_REGION", "us-east-1")
S3_ACCESS_KEY = env.text("S3_ACCESS_KEY")  # empty: what the machine itself may do
S3_SECRET_KEY = env.text("S3_SECRET_KEY")
S3_PREFIX = env.text("S3_PREFIX")  # of all keys: several sites may share a bucket
S3_ADDRESSING = env.choice("S3_ADDRESSING", "auto", ("auto", "path", "virtual"))


def file_storage() -> dict[str, Any]:
    if not S3_BUCKET:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if S3_ENDPOINT and not S3_ENDPOINT.startswith(("http://", "https://")):
        raise ImproperlyConfigured(
            f"S3_ENDPOINT is “{S3_ENDPOINT}”; begin it with http:// or https://."
        )
    return {
        "BACKEND": "documents.storage.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT or None,
            "region_name": S3_REGION,
            "access_key": S3_ACCESS_KEY or None,
            "secret_key": S3_SECRET_KEY or None,
            "location": S3_PREFIX.strip("/"),
            "addressing_style": S3_ADDRESSING,
            "signature_version": "s3v4",
        },
    }


STORAGES = {
    "default": file_storage(),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
