"""documents.services.definitions: what no layout can be, each in a sentence."""

from __future__ import annotations

import pytest

import engines
from documents.models import CodeList, Workspace
from documents.services.definitions import validated
from engines import TemplateError
from tests.services.test_definitions import BOX, region


@pytest.fixture
def workspace(alice) -> Workspace:
    return alice.personal_workspace


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"name": ""}, "A region's name must not be empty."),
        ({"name": "  "}, "A region's name must not be empty."),
        ({"name": 7}, "A region's name must be text."),
        (
            {"name": "x" * 61},
            "A region's name is too long: at most 60 characters.",
        ),
        (
            {"name": "to\u202etal"},
            "A region's name holds characters that cannot be seen.",
        ),
        ({"name": "a\0b"}, "A region's name holds characters that cannot be seen."),
        (
            {"kind": "money"},
            "“total” is one of: text, integer, amount, date, code, digits.",
        ),
        (
            {"kind": ["text"]},
            "“total” is one of: text, integer, amount, date, code, digits.",
        ),
        ({"box": None}, "The box of “total” must be an object."),
        ({"box": {"left": 0.1}}, "The box of “total” lacks: top, right, bottom."),
        (
            {"box": {**BOX, "width": 1}},
            "The box of “total” has no “width”. It may have: left, top, right, bottom.",
        ),
        ({"box": {**BOX, "left": "0.1"}}, "“total”: left must be a number."),
        ({"box": {**BOX, "left": True}}, "“total”: left must be a number."),
        (
            {"box": {**BOX, "left": float("nan")}},
            "“total”: left is no number to work with.",
        ),
        (
            {"box": {**BOX, "left": float("inf")}},
            "“total”: left is no number to work with.",
        ),
        ({"box": {**BOX, "left": 10**400}}, "“total”: left is no number to work with."),
        ({"box": {**BOX, "right": 1.2}}, "“total” lies outside the page."),
        ({"box": {**BOX, "left": -0.2}}, "“total” lies outside the page."),
        (
            {"box": {**BOX, "right": 0.1}},
            "“total” is too small to hold any print.",
        ),
        ({"page": 0}, "A region's page is 1 or more, or -1 for the last."),
        ({"page": 1.5}, "A region's page must be a whole number."),
        ({"page": True}, "A region's page must be a whole number."),
        ({"order": "1"}, "A region's order must be a whole number."),
        ({"order": 10**9}, "A region's order is too large."),
        ({"required": "yes"}, "“total”: required is true or false."),
        ({"pattern": 7}, "“total” must be text."),
        ({"pattern": "x" * 501}, "“total” is too long: at most 500 characters."),
        (
            {"pattern": "(?<=a)b"},
            "“total”: The pattern “(?<=a)b” cannot be understood: "
            "invalid perl operator: (?<=.",
        ),
        (
            {"check": "isbn"},
            "“total” is one of: iban, eu_vat, luhn, ean, ca_bn, eg_tax.",
        ),
        ({"languages": "eng"}, "Languages must be a list."),
        (
            {"languages": ["../../x"]},
            "“total”: a language is a code such as eng, ara or fra.",
        ),
        ({"languages": ["eng"] * 11}, "Languages: at most 10, and here are 11."),
        ({"list": 7}, "“total”: a list is named by its id."),
        (
            {"list": "4b5f9d0c-0000-4000-8000-000000000000"},
            "There is no list 4b5f9d0c-0000-4000-8000-000000000000 in this workspace.",
        ),
        (
            {"field": "colour"},
            "There is no shared field “colour”. There are: supplier, number, date, "
            "due, net, tax, total, currency.",
        ),
        ({"anchor": "Total"}, "The anchor of “total” must be an object."),
        (
            {"anchor": {"text": "", "box": BOX}},
            "An anchor needs the words that it is known by.",
        ),
        (
            {"anchor": {"text": "Total"}},
            "The box of the anchor of “total” must be an object.",
        ),
    ],
)
def test_what_no_region_can_be(workspace, more, sentence):
    with pytest.raises(TemplateError) as refused:
        validated({"regions": [region(**more)]}, workspace)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "A template must be an object."),
        (
            {"region": []},
            "A template has no “region”. It may have: languages, date_order, decimal, "
            "rules, constants, regions.",
        ),
        ({"regions": {}}, "Regions must be a list."),
        ({"regions": ["total"]}, "A region must be an object."),
        ({"regions": [{"name": "total"}]}, "“total” has no box."),
        (
            {"regions": [region(), region()]},
            "Two regions are called “total”. Rename one.",
        ),
        ({"date_order": "dym"}, "The date order is one of: dmy, mdy, ymd, ydm."),
        ({"decimal": ";"}, "The decimal mark is one of: ., ,."),
        ({"decimal": None}, "The decimal mark is one of: ., ,."),
        ({"rules": "total = net"}, "Rules must be a list."),
        ({"rules": [""]}, "A rule must not be empty."),
        ({"rules": ["a = b"] * 51}, "Rules: at most 50, and here are 51."),
        ({"constants": []}, "Constants must be an object."),
        ({"constants": {"supplier": 7}}, "“supplier” must be text."),
        ({"constants": {"total": "a lot"}}, "“total”: “a lot” is no amount."),
        (
            {"regions": [region(name=f"{n}") for n in range(500)]},
            "A template has 200 regions at most.",
        ),
        (
            {"constants": {"supplier": "x" * 2**20}},
            "The template is larger than 1 MB. Draw less on it.",
        ),
        ({"rules": {1, 2}}, "The template is larger than 1 MB. Draw less on it."),
    ],
)
def test_what_no_template_can_be(workspace, data, sentence):
    with pytest.raises(TemplateError) as refused:
        validated(data, workspace)
    assert str(refused.value) == sentence


def test_an_engine_that_is_not_there(workspace):
    with pytest.raises(TemplateError) as refused:
        validated({"regions": [region(engine="nonsense")]}, workspace)
    of_pages = ("qwen3-vl", "kosmos-2", "vlm-http", "graphic", "absent")
    names = ", ".join(n for n in engines.engine_names() if n not in of_pages)
    assert str(refused.value) == f"The engine of “total” is one of: {names}."


def test_an_engine_that_describes_pictures(workspace):
    with pytest.raises(TemplateError) as refused:
        validated({"regions": [region(engine="kosmos-2")]}, workspace)
    assert str(refused.value) == (
        "The engine of “total”: “kosmos-2” describes pictures. "
        "Choose an engine that reads text."
    )


@pytest.mark.parametrize("name", ["qwen3-vl", "vlm-http"])
def test_an_engine_that_fields_do_not_wait_for(workspace, name):
    """Its workers are others than those that read fields."""
    with pytest.raises(TemplateError) as refused:
        validated({"regions": [region(engine=name)]}, workspace)
    assert str(refused.value) == (
        f"The engine of “total”: “{name}” reads whole pages alone. Choose another one."
    )


def test_lists_are_of_the_same_workspace(workspace, charlie):
    theirs = CodeList.objects.create(
        workspace=charlie.personal_workspace, name="codes", values="A"
    )
    with pytest.raises(TemplateError):
        validated({"regions": [region(list=str(theirs.pk))]}, workspace)
