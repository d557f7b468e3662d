"""The page step of a job with a template: which layout, where, what its regions say."""

from __future__ import annotations

from typing import Any

import engines
from documents.models import PageRead


def extract(read: PageRead, image: engines.PageImage) -> dict[str, Any]:
    """What goes to ``read.extraction``:

    {"template": id | null, "version": number, "page": of the reference,
     "matches": [as the errand "match"], "registration": {"rung","score","reason"},
     "fields": [{"name","raw","value","currency","confidence","cause","reason",
                 "polygon","alternatives","crop": path,"processed": path}]}
    """
    raise NotImplementedError
