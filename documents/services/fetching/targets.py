"""A URL taken apart once: what is vetted, asked for and shown is the same text.

Every port may be asked: what is guarded is the address, and pictures are served from
8000 and 8443 too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna
from django.utils.translation import gettext as _

from documents.services.fetching.addresses import literal
from documents.services.fetching.errors import BadUrl, NotFetched

LONGEST = 2048  # characters
PORTS = {"http": 80, "https": 443}
# Programs differ in what they make of these, so nobody can tell where they lead.
UNSAFE = re.compile(r"[\\\x00-\x1f\x7f-\x9f]")
NAME = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
KEPT = "%/:=&?~#+!$,;'@()*[]"  # characters of paths and queries that stay as they are


@dataclass(frozen=True)
class Target:
    """One address to ask: all of it ASCII, the host in lower case."""

    scheme: str
    host: str  # a name, or an IP address without brackets
    port: int
    path: str  # with its query

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"

    def follow(self, location: str) -> Target:
        """Where a redirect from here leads.

        From https on to http is refused: whoever asked for https wants nobody between
        to read or to change the file.

        Raises:
            BadUrl, NotFetched
        """
        target = parse(joined(self.url, location))
        if (self.scheme, target.scheme) == ("https", "http"):
            reason = _("“%s” leads from https on to http, which is not followed.")
            raise NotFetched(reason % self.host)
        return target


def parse(url: str) -> Target:
    """
    Raises:
        BadUrl: it is not http or https, names no host, or carries a password.
    """
    url = url.strip()
    if len(url) > LONGEST:
        reason = _("The address is longer than %(most)d characters.")
        raise BadUrl(reason % {"most": LONGEST})
    parts = taken_apart(url)
    if "@" in parts.netloc:
        raise BadUrl(
            _("The address carries a user name or a password. Leave them out.")
        )
    path = quote(parts.path or "/", safe=KEPT, errors="replace")
    query = quote(parts.query, safe=KEPT, errors="replace")
    return Target(
        scheme=parts.scheme,
        host=ascii_host(parts.hostname or ""),
        port=PORTS[parts.scheme] if parts.port is None else parts.port,
        path=f"{path}?{query}" if query else path,
    )


def joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:  # brackets that do not match; refused with a sentence later
        return location


def taken_apart(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        is_sound = parts.scheme in PORTS and host and parts.port != 0
        # Within brackets nothing but IPv6; "[v1.1]" is for versions to come.
        is_sound = is_sound and ("[" in parts.netloc) == (":" in host)
    except ValueError:  # brackets that do not match, a port that is no number
        is_sound = False
    if not is_sound or UNSAFE.search(url):
        raise BadUrl(
            _("This is no address of a file: it begins with http:// or https://.")
        )
    return parts


def ascii_host(host: str) -> str:
    """*host* as it is asked for; letters beyond ASCII by the rules of browsers.

    ``127。1`` and ``①②⑦.1`` become ``127.1``, which is then resolved and vetted.
    """
    try:
        if not host.isascii():
            host = idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        host = ""
    host = host.removesuffix(".")
    address = literal(host)
    is_address = address is not None and "%" not in host
    if not is_address and not NAME.fullmatch(host):
        raise BadUrl(_("No host can have the name in this address. Check it."))
    return host
