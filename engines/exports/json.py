"""Pages as JSON: text, lines and words with their places."""

from __future__ import annotations

import json

from engines.exports import Result, Wishes
from engines.serial import page_to_json


def render(result: Result, wishes: Wishes) -> bytes:
    """{"pages": [{"number", "width", "height", "text", "lines", …}, …]} in UTF-8.

    ``"corrected"`` is true of a line that people corrected, and missing elsewhere.
    """
    listed = [{"number": n, **page_to_json(page)} for n, page in result.pages.items()]
    for page in listed:
        for place in result.corrected.get(page["number"], ()):
            page["lines"][place]["corrected"] = True
    return json.dumps({"pages": listed}, ensure_ascii=False).encode()
