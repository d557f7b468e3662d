"""manage.py bench_digits"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from engines import Line, Options, register
from tests.engines.readers import Blocks


class Knowing(Blocks):
    """Reads the same number everywhere."""

    def read_line(self, image: Image.Image, options: Options) -> Line:
        return Line("٤٠٥", confidence=0.9)


@pytest.fixture(autouse=True)
def knowing() -> None:
    register("knowing", f"{__name__}.Knowing")


def test_it_works(tmp_path, capsys):
    Image.new("L", (64, 32), 255).save(tmp_path / "0.png")
    row = {"image": "0.png", "text": "٤٠٥", "value": "405"}
    (tmp_path / "truth.jsonl").write_text(json.dumps(row))
    figures = tmp_path / "figures.json"
    call_command(
        "bench_digits",
        engine=["knowing"],
        count=0,
        blank=2,
        numbers=tmp_path,
        json=figures,
    )
    head, ours, _, blank, on_blank = capsys.readouterr().out.strip().splitlines()
    assert head.split()[:3] == ["scanned", "numbers", "count"]
    assert ours.split() == ["knowing", "1", "1", "1", "-"]
    assert blank.split()[:2] == ["blank", "crops"]
    assert on_blank.split()[:3] == ["knowing", "2", "100.00"]
    assert json.loads(figures.read_text()) == {
        "numbers": {"knowing": {"exact": 1, "value": 1, "wrong": []}},
        "blank": {
            "knowing": {
                "plain": {"read": 1, "shown": 1},
                "grain": {"read": 1, "shown": 1},
            }
        },
    }


def test_levels(capsys):
    call_command(
        "bench_digits",
        engine=["knowing"],
        levels="hard,clean",
        count=2,
        display_count=0,
    )
    said = capsys.readouterr().out
    assert said.index("== hard: 2 strings, test set ") < said.index(
        "== clean: 2 strings"
    )
    assert "medium" not in said


@pytest.mark.parametrize(
    ("wishes", "reason"),
    [
        ({"levels": "easy"}, "There is no level “easy”"),
        ({"engine": ["nope"]}, "There is no engine “nope”"),
        ({"numbers": Path("/nowhere")}, r"There is no truth\.jsonl in /nowhere"),
    ],
)
def test_wishes_that_cannot_be_met(wishes, reason):
    given = {"engine": ["knowing"], **wishes}
    with pytest.raises(CommandError, match=reason):
        call_command("bench_digits", **given)
