"""Files of a request on their way to disk: never more of them than may be uploaded."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LimitedUpload(TemporaryFileUploadHandler):
    """Writes a file up to the limit and only counts what is beyond.

    The file's ``size`` is what came, so that the caller can tell. All of the request
    is read, or a browser would say that the connection broke instead of showing the
    answer; only what is twice the limit is cut off.
    """

    def handle_raw_input(self, *given: Any) -> None:
        _, _, content_length, *_ = given
        self.limit = settings.MAX_UPLOAD_MB * 2**20
        if content_length > 2 * self.limit:
            raise RequestDataTooBig("The request is more than twice the limit.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= self.limit:
            self.file.write(raw_data)
