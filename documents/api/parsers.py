"""JSON bodies that are no trap: not too long, not too deep, in valid Unicode."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class CarefulJSONParser(JSONParser):
    def parse(
        self,
        stream: BinaryIO,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        length = int(parser_context["request"].META.get("CONTENT_LENGTH") or 0)
        if length > self.limit():
            raise RequestDataTooBig("The body is longer than a wish can be.")
        try:
            data = super().parse(stream, media_type, parser_context)
            # Half a surrogate pair is valid JSON, but no text that can be stored.
            json.dumps(data, ensure_ascii=False).encode()
        except (RecursionError, UnicodeEncodeError):
            raise ParseError(_("The JSON is nested too deep or broken text.")) from None
        return data

    def limit(self) -> int:
        """The most bytes that a body may have."""
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE
