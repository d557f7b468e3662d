"""Text within XML and HTML."""

from __future__ import annotations

import re
from html import escape

# What no XML 1.0 document may hold, not even as a reference: it is shown as unreadable.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """*text* with U+FFFD for each character that XML cannot hold."""
    return ILLEGAL.sub("\ufffd", text)


def escaped(text: str) -> str:
    """*text* for elements and quoted attributes of HTML and XML alike."""
    return escape(legal(text))
