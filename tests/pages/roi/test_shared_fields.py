"""GET and POST /templates/fields/"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from documents.models import SharedField
from tests.made_roi import made_region, made_template
from tests.pages.saying import says

URL = "/templates/fields/"
USUAL = ["supplier", "number", "date", "due", "net", "tax", "total", "currency"]


def rows(*fields: tuple[str, str, str]) -> dict[str, Any]:
    names, kinds, constants = zip(*fields, strict=True)
    return {"name": names, "kind": kinds, "constant": constants}


def kept(user: User) -> list[tuple[str, str, str]]:
    fields = SharedField.objects.filter(workspace=user.personal_workspace)
    return list(fields.values_list("name", "kind", "constant"))


def test_it_works(as_alice: Client, alice: User) -> None:
    response = as_alice.get(URL)
    assert [row.name for row in response.context["rows"]] == USUAL
    wish = rows(("total", "amount", ""), ("", "text", "x"), ("مورد", "text", "ACME"))
    assert as_alice.post(URL, wish).url == URL
    assert kept(alice) == [("total", "amount", ""), ("مورد", "text", "ACME")]


def test_what_cannot_be_is_refused_and_kept_on_the_page(
    as_alice: Client, alice: User
) -> None:
    as_alice.get(URL)
    response = as_alice.post(URL, rows(("a", "text", ""), ("a", "text", "")))
    assert says(response, "message") == ["Two fields are called “a”. Rename one."]
    assert [row["name"] for row in response.context["rows"]] == ["a", "a"]
    assert [name for name, _kind, _constant in kept(alice)] == USUAL


def test_what_a_layout_fills_stays(as_alice: Client, alice: User) -> None:
    made_template(alice, regions=[made_region("sum", field="total")])
    as_alice.get(URL)
    response = as_alice.post(URL, rows(("date", "date", "")))
    assert says(response, "message") == [
        "The layout “Corner Shop” fills “total”. Keep it."
    ]


def test_viewers_and_strangers_change_nothing(
    as_vera: Client, as_charlie: Client, alice: User, charlie: User
) -> None:
    assert [row.name for row in as_vera.get(URL).context["rows"]] == USUAL
    wish = rows(("mine", "text", ""))
    assert as_vera.post(URL, wish).status_code == 403
    as_charlie.post(URL, wish)  # of his own workspace
    assert [name for name, _kind, _constant in kept(alice)] == USUAL
    assert kept(charlie) == [("mine", "text", "")]
