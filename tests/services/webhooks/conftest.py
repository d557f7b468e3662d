"""A webhook of alice's, and who is called by it."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from django.contrib.auth.models import User

from documents.models import RoiTemplate, Webhook, Workspace
from documents.services import errands
from documents.services.webhooks import EVENTS, create_webhook
from tests.made_roi import made_template
from tests.services.webhooks.receiver import Receiver, open_receiver


@pytest.fixture(autouse=True)
def network(settings) -> None:
    """This is a worker for the network, which may call the machine itself."""
    settings.WORKER_CLASS = "network"
    settings.FETCH_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with open_receiver() as receiver:
        yield receiver


@pytest.fixture
def workspace(alice: User) -> Workspace:
    return alice.personal_workspace


@pytest.fixture
def made(alice: User, workspace: Workspace, receiver: Receiver) -> tuple[Webhook, str]:
    """It hears of everything."""
    return create_webhook(
        workspace, owner=alice, url=receiver.url, events=EVENTS, name="Accounting"
    )


@pytest.fixture
def hook(made: tuple[Webhook, str]) -> Webhook:
    return made[0]


@pytest.fixture
def secret(made: tuple[Webhook, str]) -> str:
    return made[1]


@pytest.fixture
def cpu(settings, network: None) -> None:
    """What happens here happens in workers that read."""
    settings.WORKER_CLASS = "cpu"


@pytest.fixture
def layout(alice: User) -> RoiTemplate:
    return made_template(alice)


def run_errands() -> int:
    """Do what a worker for the network does, until nothing waits; how often."""
    count = 0
    while errands.run_next():
        count += 1
    return count
