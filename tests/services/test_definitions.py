"""documents.services.definitions: what is drawn on a layout, checked and normalised."""

from __future__ import annotations

from typing import Any

import pytest

import engines
from documents.models import CodeList, Workspace
from documents.services.definitions import as_template, validated
from engines import TemplateError

BOX = {"left": 0.1, "top": 0.2, "right": 0.5, "bottom": 0.3}


@pytest.fixture
def workspace(alice) -> Workspace:
    return alice.personal_workspace


def region(**more: Any) -> dict[str, Any]:
    return {"name": "total", "kind": "amount", "box": BOX, **more}


def test_it_works(workspace, settings):
    settings.DEFAULT_LANGUAGES = ["eng", "ara"]
    assert validated({"regions": [region()]}, workspace) == {
        "languages": ["eng", "ara"],
        "date_order": "",
        "decimal": "",
        "rules": [],
        "constants": {},
        "regions": [
            {
                "name": "total",
                "kind": "amount",
                "box": BOX,
                "page": 1,
                "anchor": None,
                "engine": "",
                "languages": [],
                "required": False,
                "pattern": "",
                "check": "",
                "list": None,
                "field": "",
                "order": 0,
            }
        ],
    }


def test_what_is_validated_stays_as_it_is(workspace):
    data = {
        "languages": ["deu", "eng"],
        "date_order": "dmy",
        "decimal": ",",
        "constants": {"supplier": "ACME"},
        "regions": [
            region(
                page=-1,
                anchor={"text": "Total", "box": BOX},
                engine="tesseract",
                languages=["eng"],
                required=True,
                field="total",
            )
        ],
    }
    once = validated(data, workspace)
    assert validated(once, workspace) == once
    assert once["regions"][0]["anchor"] == {"text": "Total", "box": BOX}


def test_corners_in_any_order_are_put_right(workspace):
    box = {"left": 0.5, "top": 0.3, "right": 0.1, "bottom": 0.2}
    assert validated({"regions": [region(box=box)]}, workspace)["regions"][0][
        "box"
    ] == (BOX)


def test_edges_may_be_whole_numbers(workspace):
    box = {"left": 0, "top": 0, "right": 1, "bottom": 1}
    drawn = validated({"regions": [region(box=box)]}, workspace)["regions"][0]
    assert drawn["box"] == {"left": 0.0, "top": 0.0, "right": 1.0, "bottom": 1.0}


def test_what_calculating_adds_to_an_edge_is_taken_off(workspace):
    box = {"left": -1e-9, "top": 0.2, "right": 1 + 1e-9, "bottom": 0.3}
    drawn = validated({"regions": [region(box=box)]}, workspace)["regions"][0]
    assert drawn["box"] == {"left": 0.0, "top": 0.2, "right": 1.0, "bottom": 0.3}


def test_regions_may_overlap(workspace):
    data = {"regions": [region(), region(name="again")]}
    boxes = [one["box"] for one in validated(data, workspace)["regions"]]
    assert boxes == [BOX, BOX]


def test_regions_come_in_their_order(workspace):
    data = {
        "regions": [
            region(name="b", order=5),
            region(name="a", order=2),
            region(name="c", order=5),
        ]
    }
    drawn = validated(data, workspace)["regions"]
    assert [(one["name"], one["order"]) for one in drawn] == [
        ("a", 0),
        ("b", 1),
        ("c", 2),
    ]


def test_names_are_tidied(workspace):
    drawn = validated({"regions": [region(name="  the   total ")]}, workspace)
    assert drawn["regions"][0]["name"] == "the total"


def test_the_librarys_template(workspace):
    codes = CodeList.objects.create(workspace=workspace, name="codes", values="A\nB")
    data = {
        "languages": ["eng"],
        "date_order": "dmy",
        "decimal": ",",
        "regions": [
            region(
                kind="code",
                list=str(codes.pk),
                anchor={"text": "Total", "box": BOX},
                languages=["ara"],
                required=True,
            )
        ],
    }
    box = engines.Box(0.1, 0.2, 0.5, 0.3)
    assert as_template(validated(data, workspace), workspace) == engines.Template(
        regions=(
            engines.Region(
                "total",
                "code",
                box,
                anchor=engines.Anchor("Total", box),
                languages=("ara",),
                required=True,
                choices=frozenset({"A", "B"}),
            ),
        ),
        languages=("eng",),
        date_order="dmy",
        decimal=",",
    )


def test_a_pattern_that_would_backtrack_for_ever_does_no_harm(workspace):
    """RE2 takes time in proportion to the text, whatever the pattern."""
    drawn = region(kind="code", pattern="(a+)+$")
    definition = validated({"regions": [drawn]}, workspace)
    (read,) = as_template(definition, workspace).regions
    value = engines.parse_value("a" * 5000 + "b", read, engines.Habits())
    assert value.doubt


def test_rules_speak_of_what_the_layout_fills(workspace):
    drawn = [region(), region(name="netto", field="net"), region(name="tax")]
    drawn.append(region(name="date", kind="date"))
    data = {
        "constants": {"due": "2021-12-27"},
        "rules": ["total = net + tax", "total = netto + tax", "due >= date"],
        "regions": drawn,
    }
    assert validated(data, workspace)["rules"] == data["rules"]
    for rule in ("total = net + fees", "total = number", "total", "total = = net"):
        with pytest.raises(TemplateError) as refused:
            validated({**data, "rules": [rule]}, workspace)
        assert str(refused.value).endswith(".")
