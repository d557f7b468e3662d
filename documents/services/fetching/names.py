"""What a fetched file is called: as its host says, or as its address ends."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import Message
from email.utils import collapse_rfc2231_value
from urllib.parse import unquote, urlsplit

from documents.services.fetching.targets import Target

Headers = Iterable[tuple[bytes, bytes]]


def name_of(target: Target, headers: Headers) -> str:
    """The name in Content-Disposition (RFC 6266), else the path's last part.

    It comes from a stranger, and is cleaned where the file is stored.
    """
    in_path = unquote(urlsplit(target.url).path).rstrip("/").rpartition("/")[2]
    return told_name(header(headers, "content-disposition")) or in_path or target.host


def told_name(disposition: str) -> str:
    message = Message()
    message["Content-Disposition"] = disposition
    parameters = message.get_params([], "Content-Disposition")
    told = [collapse_rfc2231_value(v) for name, v in parameters if name == "filename"]
    # filename* comes last here, and goes before filename, which is for old programs.
    return told[-1].strip(' "') if told else ""


def header(headers: Headers, name: str) -> str:
    """The first value of the header *name*; empty when there is none.

    Headers are Latin-1 by the letter, but those that hold more are UTF-8 in practice.
    """
    for key, value in headers:
        if key.lower() == name.encode():
            try:
                return value.decode()
            except UnicodeDecodeError:
                return value.decode("latin-1")
    return ""
