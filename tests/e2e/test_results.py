"""Results as the API answers them, opened in a browser."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.made import made_document, made_job

SCRIPT = "<script>document.body.textContent = 'it ran'</script>"


@pytest.mark.parametrize("as_", ["html", "hocr"])
def test_they_have_their_own_style_and_run_nothing(
    site: str, page: Page, alice: User, as_: str
) -> None:
    words = (("Corner Shop", 0.9), (SCRIPT, 0.9))
    job = made_job(made_document(alice), words=words)
    response = page.goto(f"{site}/api/v1/jobs/{job.pk}/result/?as={as_}")
    assert response.headers["content-security-policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
    )
    body = page.locator("body")
    expect(body).to_contain_text("Corner Shop")
    expect(body).to_contain_text(SCRIPT)
    # Of the page's own origin nothing is left: no cookie, no store.
    assert page.evaluate("self.origin") == "null"


def test_a_web_page_looks_as_it_is_meant(site: str, page: Page, alice: User) -> None:
    job = made_job(made_document(alice))
    page.goto(f"{site}/api/v1/jobs/{job.pk}/result/?as=html")
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "800px"
