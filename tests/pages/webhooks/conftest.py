"""A webhook of alice's."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from documents.models import Webhook
from documents.services.webhooks import create_webhook

WISH = {"name": "Accounting", "url": "https://93.184.215.14/hook"}


@pytest.fixture
def hook(alice: User) -> Webhook:
    events = ["job.failed", "source.failed"]
    return create_webhook(alice.personal_workspace, owner=alice, events=events, **WISH)[
        0
    ]
