"""GET /api/v1/schema/ and /api/v1/docs/, and calls made by the schema's word."""

from __future__ import annotations

from io import StringIO

import yaml
from django.core.management import call_command

URL = "/api/v1/schema/"


def test_it_works(api):
    response = api.get(URL)
    assert response.status_code == 200
    schema = yaml.safe_load(response.content)
    assert schema["info"]["title"] == "ocrsite"
    assert "/api/v1/read/" in schema["paths"]


def test_it_is_valid_and_complete():
    """Any warning of the generator, or an invalid schema, ends the command."""
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


def test_every_call_is_described_in_our_words():
    out = StringIO()
    call_command("spectacular", stdout=out)
    silent = [
        f"{method} {path}"
        for path, calls in yaml.safe_load(out.getvalue())["paths"].items()
        for method, call in calls.items()
        if not call.get("description")
    ]
    assert silent == []


def test_its_page_may_style_and_nothing_else(client):
    response = client.get("/api/v1/docs/")
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert policy.count("unsafe") == 1
    content = response.content.decode()
    assert "<script>" not in content
    assert "https://" not in content
    script = client.get("/api/v1/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")


def test_other_pages_keep_the_strict_policy(api, alice):
    api.force_authenticate(alice)
    assert "unsafe" not in api.get("/api/v1/jobs/")["Content-Security-Policy"]
