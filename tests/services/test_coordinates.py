"""documents.services.coordinates: pairs of clicks, read and written."""

from __future__ import annotations

import pytest

from documents.services.definitions import (
    from_coordinates,
    to_coordinates,
    validated,
)
from engines import TemplateError

SIZE = (1000, 500)


def test_it_works(alice):
    clicks = {"1": [[100, 50], [300, 100]], "supplier": [[0, 0], [1000, 500]]}
    drawn = from_coordinates(clicks, *SIZE)
    assert drawn == {
        "regions": [
            {
                "name": "field 1",
                "kind": "text",
                "box": {"left": 0.1, "top": 0.1, "right": 0.3, "bottom": 0.2},
            },
            {
                "name": "supplier",
                "kind": "text",
                "box": {"left": 0.0, "top": 0.0, "right": 1.0, "bottom": 1.0},
            },
        ]
    }
    definition = validated(drawn, alice.personal_workspace)
    assert to_coordinates(definition, *SIZE) == clicks


def test_corners_in_any_order(alice):
    clicks = {"1": [[300, 50], [100, 100]]}
    definition = validated(from_coordinates(clicks, *SIZE), alice.personal_workspace)
    assert to_coordinates(definition, *SIZE) == {"1": [[100, 50], [300, 100]]}


def test_each_two_clicks_are_a_region_and_an_odd_one_is_dropped():
    clicks = {
        "1": [[100, 50], [300, 100], [100, 150], [300, 200], [9, 9]],
        "2": [[7, 7]],
    }
    names = [one["name"] for one in from_coordinates(clicks, *SIZE)["regions"]]
    assert names == ["field 1", "field 1.2"]


def test_pixels_come_back_as_they_were(alice):
    """Rounded fractions are fine enough for any page."""
    size = (4961, 7016)
    clicks = {f"{n}": [[n, n], [n + 37, n + 41]] for n in range(1, 4900, 97)}
    definition = validated(from_coordinates(clicks, *size), alice.personal_workspace)
    assert to_coordinates(definition, *size) == clicks


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "The file of coordinates must be an object."),
        ({}, "The file holds no pair of clicks."),
        ({"1": []}, "The file holds no pair of clicks."),
        ({"1": [[7, 7]]}, "The file holds no pair of clicks."),
        ({"1": 7}, "“1” must be a list."),
        ({"1": [7, 7]}, "“1”: a click is a pair [x, y]."),
        ({"1": [[1, 2, 3], [1, 2]]}, "“1”: a click is a pair [x, y]."),
        ({"1": [["1", 2], [1, 2]]}, "“1” must be a number."),
        ({"1": [[float("nan"), 2], [1, 2]]}, "“1” is no number to work with."),
    ],
)
def test_what_is_no_such_file(data, sentence):
    with pytest.raises(TemplateError) as refused:
        from_coordinates(data, *SIZE)
    assert str(refused.value) == sentence
