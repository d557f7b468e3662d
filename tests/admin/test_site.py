"""The admin's door and its first page: /admin/"""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse


def test_it_works(desk: Client) -> None:
    apps = desk.get("/admin/").context["app_list"]
    assert [app["app_label"] for app in apps][:3] == ["operations", "documents", "auth"]
    assert [page["admin_url"] for page in apps[0]["models"]] == [
        "/admin/operations/",
        "/admin/accuracy/",
        "/admin/models/",
    ]
    assert [model["object_name"] for model in apps[1]["models"]] == [
        "ApiKey",
        "Connection",
        "Correction",
        "Document",
        "Field",
        "Job",
        "PageRead",
        "Reading",
        "Record",
        "SavedExport",
        "SourceItem",
        "SourceRun",
        "Source",
        "RoiTemplate",
        "WebhookDelivery",
        "Webhook",
        "Worker",
        "Workspace",
    ]


def test_the_queues_own_tables_are_not_shown(desk: Client) -> None:
    apps = desk.get("/admin/").context["app_list"]
    assert "django_q" not in [app["app_label"] for app in apps]


def test_who_may_see_no_jobs_is_not_sent_to_operations(
    client: Client, charlie: User
) -> None:
    charlie.is_staff = True
    charlie.save()
    client.force_login(charlie)
    assert client.get("/admin/").context["app_list"] == []


@pytest.mark.parametrize("url", ["/admin/", "/admin/login/", "/admin/auth/user/"])
def test_a_stranger_finds_nothing(client: Client, charlie: User, url: str) -> None:
    client.force_login(charlie)
    assert client.get(url).status_code == 404


def test_a_visitor_logs_in_where_everybody_does(client: Client, db: None) -> None:
    response = client.get("/admin/documents/job/", follow=True)
    assert response.redirect_chain == [
        ("/admin/login/?next=/admin/documents/job/", 302),
        ("/accounts/login/?next=/admin/documents/job/", 302),
    ]


def test_every_list_opens(desk: Client) -> None:
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        assert desk.get(reverse(name)).status_code == 200, name
