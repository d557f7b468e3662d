"""Places that files come from: a kind is one file here, and one row in KINDS.

Connectors know their place and nothing of the product: no rows, no queue. What drives
them is ``documents.services.sources``.
"""

from documents.sources.kinds import KINDS, Kind
from documents.sources.protocol import (
    AccessLost,
    Connector,
    Found,
    ItemGone,
    ItemRefused,
    Look,
    NeedsSomebody,
    Setup,
    SourceError,
)

__all__ = [
    "KINDS",
    "AccessLost",
    "Connector",
    "Found",
    "ItemGone",
    "ItemRefused",
    "Kind",
    "Look",
    "NeedsSomebody",
    "Setup",
    "SourceError",
]
