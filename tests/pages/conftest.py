"""Visitors of the pages, and a way to read what a page says."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Membership
from documents.models.people import Role


@pytest.fixture
def vera(alice: User) -> User:
    """A viewer of alice's workspace, who works in it."""
    vera = User.objects.create_user("vera", "vera@example.org", "only looking")
    workspace = alice.personal_workspace
    Membership.objects.create(workspace=workspace, user=vera, role=Role.VIEWER)
    vera.profile.workspace = workspace
    vera.profile.save()
    return vera


@pytest.fixture
def as_alice(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def as_charlie(charlie: User) -> Client:
    client = Client()
    client.force_login(charlie)
    return client


@pytest.fixture
def as_vera(vera: User) -> Client:
    client = Client()
    client.force_login(vera)
    return client
