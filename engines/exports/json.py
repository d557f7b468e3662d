"""Pages as JSON: text, lines and words with their places."""

from __future__ import annotations

import json
from collections.abc import Mapping

from engines.exports import Wishes
from engines.serial import page_to_json
from engines.types import Page


def render(pages: Mapping[int, Page], wishes: Wishes) -> bytes:
    """{"pages": [{"number", "width", "height", "text", "lines", …}, …]} in UTF-8."""
    listed = [{"number": n, **page_to_json(page)} for n, page in pages.items()]
    return json.dumps({"pages": listed}, ensure_ascii=False).encode()
