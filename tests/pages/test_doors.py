"""GET /img_txt, /img_img and /generate-text"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents.models import Document
from documents.services import waiting
from documents.services.readings import read_next
from engines import register
from tests.hosts import picture
from tests.pages.saying import says

URLS = ("/img_txt", "/img_img", "/generate-text")


@pytest.mark.parametrize(
    ("url", "names", "tab"),
    [
        ("/img_txt", ["image"], "Picture to text"),
        ("/img_img", ["image", "white_background"], "Picture to picture"),
        ("/generate-text", ["Image_file", "image_url"], "Generate text"),
    ],
)
def test_it_works(as_alice: Client, url: str, names: list[str], tab: str) -> None:
    response = as_alice.get(url)
    assert response.status_code == 200
    page = response.content.decode()
    for name in names:
        assert f'name="{name}"' in page
    assert f'<a href="{url}" aria-current="page">{tab}</a>' in page
    [curl] = says(response, "#curl")
    assert curl.startswith('curl -H "Authorization: Bearer $OCRSITE_KEY" \\ -F')
    assert curl.endswith(f'"http://testserver{url}"')


def test_without_script_the_form_gets_the_file(
    alice, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the token that its page has; the answer is what programs get."""
    register("fine", "tests.fakes.Fine")
    settings.DEFAULT_ENGINE = "fine"
    monkeypatch.setattr(waiting, "pause", lambda _seconds: read_next())
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)
    browser.get("/img_txt")
    form = {
        "csrfmiddlewaretoken": browser.cookies["csrftoken"].value,
        "image": SimpleUploadedFile("till.png", picture()),
    }
    response = browser.post("/img_txt", form)
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="till.txt"'
    assert response.content == b"Total 12.50\n"
    assert Document.objects.get().workspace == alice.personal_workspace


@pytest.mark.parametrize("url", URLS)
def test_without_a_user_it_asks_for_one(client: Client, db: None, url: str) -> None:
    response = client.get(url)
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={url}")
