"""GET and POST /templates/lists/, /templates/lists/<id>/, its deletion"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents.models import CodeList
from tests.made_roi import made_region, made_template
from tests.pages.saying import says

URL = "/templates/lists/"


@pytest.fixture
def codes(alice: User) -> CodeList:
    workspace = alice.personal_workspace
    return CodeList.objects.create(workspace=workspace, name="Articles", values="A\nB")


def test_it_works(as_alice: Client, alice: User) -> None:
    wish = {"name": "Customers", "values": "K-1\r\n\r\nK-2\nK-1"}
    assert as_alice.post(URL, wish).url == URL
    made = CodeList.objects.get()
    assert (made.workspace, made.name, made.values) == (
        alice.personal_workspace,
        "Customers",
        "K-1\nK-2",
    )
    assert says(as_alice.get(URL), "grow") == ["Customers 2 values"]


def test_a_file_is_taken_too(as_alice: Client) -> None:
    content = "\ufeffعميل-١,first\n,empty\nK-3,third\n".encode()
    file = SimpleUploadedFile("codes.csv", content)
    as_alice.post(URL, {"name": "Customers", "values": "K-1", "file": file})
    assert CodeList.objects.get().values == "K-1\nعميل-١\nK-3"


def test_it_is_changed(as_alice: Client, codes: CodeList) -> None:
    url = f"{URL}{codes.pk}/"
    assert as_alice.get(url).context["form"].initial == {
        "name": "Articles",
        "values": "A\nB",
    }
    as_alice.post(url, {"name": "Articles", "values": "C"})
    codes.refresh_from_db()
    assert codes.values == "C"


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"name": "", "values": "A"}, "This field is required."),
        ({"name": "Empty", "values": " \n"}, "The list holds no value."),
        (
            {"name": "Articles", "values": "A"},
            "There is a list “Articles” already. Choose another name.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    as_alice: Client, codes: CodeList, wish: dict[str, str], sentence: str
) -> None:
    assert says(as_alice.post(URL, wish), "errorlist") == [sentence]
    assert CodeList.objects.get().values == "A\nB"


def test_what_is_no_text_is_refused(as_alice: Client) -> None:
    file = SimpleUploadedFile("codes.csv", b"\xff\xfe\x00")
    response = as_alice.post(URL, {"name": "Odd", "values": "", "file": file})
    assert says(response, "errorlist") == ["The file is no text in UTF-8."]


def test_it_is_deleted_unless_a_layout_uses_it(
    as_alice: Client, alice: User, codes: CodeList
) -> None:
    template = made_template(alice, regions=[made_region("a", list=str(codes.pk))])
    url = f"{URL}{codes.pk}/delete/"
    response = as_alice.post(url, follow=True)
    assert says(response, "message") == [
        "The layout “Corner Shop” uses this list. Change that first."
    ]
    template.delete()
    response = as_alice.post(url, follow=True)
    assert says(response, "message") == ["The list “\u2068Articles\u2069” is deleted."]
    assert not CodeList.objects.exists()


def test_strangers_find_nothing(as_charlie: Client, codes: CodeList) -> None:
    assert says(as_charlie.get(URL), "title") == []
    assert as_charlie.get(f"{URL}{codes.pk}/").status_code == 404
    assert as_charlie.post(f"{URL}{codes.pk}/", {"name": "x"}).status_code == 404
    assert as_charlie.post(f"{URL}{codes.pk}/delete/").status_code == 404


def test_viewers_look_only(as_vera: Client, codes: CodeList) -> None:
    assert says(as_vera.get(URL), "title") == ["Articles"]
    assert "A\nB" in as_vera.get(f"{URL}{codes.pk}/").content.decode()
    for url in (URL, f"{URL}{codes.pk}/", f"{URL}{codes.pk}/delete/"):
        assert as_vera.post(url, {"name": "x", "values": "y"}).status_code == 403
