"""tests.invoices.outcomes: the counts are right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from engines import Box
from tests.invoices.captures import Capture
from tests.invoices.outcomes import (
    Outcome,
    Share,
    calibration,
    errors,
    print_table,
    rows,
)
from tests.invoices.readings import covered
from tests.invoices.sheets import Curl, View, moved

RIGHT = Outcome(
    condition="as scanned",
    picture="page",
    name="NUMBER",
    kind="text",
    floats=False,
    right=True,
    expected="A1",
    raw="A1",
    value="A1",
    confidence=0.995,
    covered=1.0,
    registration="features 0.90",
)
ASKED = replace(RIGHT, cause="doubtful", confidence=0.7)
WRONG = replace(RIGHT, right=False, value="A7", raw="A7", covered=0.5)
CAUGHT = replace(WRONG, cause="missing", value="", confidence=0.0)
FLOATING = replace(RIGHT, floats=True, name="TOTAL")


def test_it_works() -> None:
    found = [RIGHT, RIGHT, ASKED, WRONG, CAUGHT, FLOATING]
    found.append(replace(WRONG, condition="photo", floats=True))
    assert [row.cells() for row in rows(found)] == [
        (
            "as scanned",
            "60.0 % (3/5)",
            "100.0 % (1/1)",
            "50.0 % (1/2)",
            "25.0 % (1/4)",
        ),
        ("photo", "-", "0.0 % (0/1)", "0.0 % (0/1)", "-"),
    ]


def test_confidence_is_sorted_into_bins() -> None:
    found = [RIGHT, ASKED, CAUGHT, replace(RIGHT, confidence=1.0, right=False)]
    assert dict(calibration(found)) == {
        "0.00 to 0.50": "0.0 % (0/1)",
        "0.50 to 0.80": "100.0 % (1/1)",
        "0.80 to 0.90": "-",
        "0.90 to 0.95": "-",
        "0.95 to 0.98": "-",
        "0.98 to 0.99": "-",
        "0.99 to 1.00": "50.0 % (1/2)",
    }


def test_errors_are_told_with_their_reason() -> None:
    assert list(errors([RIGHT, WRONG, ASKED])) == [
        "wrong | as scanned | page | NUMBER | expected 'A1' got 'A7' from 'A7' | "
        "0.995 no cause:  | misplaced (0.50) features 0.90",
        "right, in review | as scanned | page | NUMBER | expected 'A1' got 'A1' from "
        "'A1' | 0.700 doubtful:  | features 0.90",
    ]


def test_a_share_of_nothing_is_no_rate() -> None:
    assert str(Share(0, 0)) == "-"


def test_a_tables_columns_are_as_wide_as_their_widest_cell(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_table(("a", "bb"), [("ccc", "d")])
    assert capsys.readouterr().out == "a    bb\nccc  d\n"


@pytest.mark.parametrize(
    ("box", "share"),
    [
        (Box(105, 0, 230, 60), 1.0),
        (Box(160, 0, 230, 60), 0.5),  # the print is moved: it runs from 110 to 210
        (Box(300, 0, 400, 60), 0.0),
    ],
)
def test_the_print_is_covered_as_far_as_the_box_shows_it(
    box: Box, share: float
) -> None:
    view = View(Curl((400, 100)), np.asarray(moved(10, 0)))
    taken = Capture(Image.new("RGB", (400, 100)), view)
    found = covered(taken, Box(100, 20, 200, 40), box.polygon)
    assert found == pytest.approx(share, abs=0.03)


def test_what_was_read_nowhere_covers_nothing() -> None:
    taken = Capture(Image.new("RGB", (9, 9)), View(Curl((9, 9)), np.eye(3)))
    assert covered(taken, Box(1, 1, 5, 5), None) == 0.0
