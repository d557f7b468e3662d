"""The engine around the client."""

from __future__ import annotations

import subprocess
import sys

import pytest

from engines import EngineUnavailable, Options, PageImage, Traits, get_engine, read_page
from engines.vlm.presets import PRESETS
from tests.engines.vlm_http.conftest import ALONE
from tests.vlm_behaviours import TEXT


def test_what_it_is_like() -> None:
    engine = get_engine("vlm-http")
    presets = tuple(PRESETS)
    assert engine.traits == Traits("remote", takes_prompt=True, presets=presets)
    assert engine.languages() == ()
    properties = engine.options_schema["properties"]
    assert list(properties)[:2] == ["prompt", "max_side"]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("VLM_MODEL", "other-vl"),
        ("VLM_URL", "http://other.example/v1"),
        ("VLM_MAX_PIXELS", "100000"),
        ("VLM_MAX_TOKENS", "100"),
    ],
)
def test_its_version_is_that_of_the_model(behaving, setting: str, value: str) -> None:
    behaving("quick")
    before = get_engine("vlm-http").version
    assert before.startswith("tiny-vl ")
    assert before == get_engine("vlm-http").version
    behaving("quick", **{setting: value})
    assert get_engine("vlm-http").version != before


def test_its_version_fits_where_it_is_kept(behaving) -> None:
    behaving("quick", VLM_MODEL="m" * 500)
    assert len(get_engine("vlm-http").version) <= 120
    behaving("quick", VLM_MODEL="")
    assert get_engine("vlm-http").version.startswith("unnamed ")


def test_the_pipeline_leaves_the_page_to_it(behaving, receipt) -> None:
    asked = behaving("quick")
    page = read_page(PageImage(receipt), engine="vlm-http", options=ALONE, turn=0)
    assert (page.engine, page.text) == ("vlm-http", TEXT)
    assert asked()["requests"][0]["picture"] == ["JPEG", *receipt.size]


def test_a_second_engine_bears_the_text_out(behaving, receipt) -> None:
    behaving("fine")
    page = get_engine("vlm-http").read(receipt, Options())
    assert [line.text for line in page.lines] == TEXT.splitlines()
    assert all(line.polygon and line.confidence for line in page.lines)


def test_warming_up_asks_for_the_models(behaving, server: str) -> None:
    asked = behaving("quick")
    get_engine("vlm-http").warm_up()
    behaving("quick", VLM_MODEL="")
    get_engine("vlm-http").warm_up()
    behaving("quick", VLM_MODEL="huge-vl")
    with pytest.raises(EngineUnavailable) as caught:
        get_engine("vlm-http").warm_up()
    assert str(caught.value) == (
        "“127.0.0.1” has no model “huge-vl”. Name one of these in VLM_MODEL: tiny-vl."
    )
    assert asked()["requests"] == []


def test_asking_what_it_is_like_loads_nothing() -> None:
    program = (
        "import sys; from engines import get_engine; e = get_engine('vlm-http');"
        "e.availability(), e.version, e.languages(), e.options_schema;"
        "print([m for m in ('httpcore', 'PIL', 'numpy') if m in sys.modules])"
    )
    line = [sys.executable, "-c", program]
    answer = subprocess.run(line, capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"
