"""Whatever the dialect, an answer becomes the page."""

from __future__ import annotations

import pytest
from PIL import Image

from engines import Line, Options, Page, get_engine
from engines.vlm.presets import PRESETS, READ
from tests.engines.vlm_http.conftest import ALONE
from tests.processes.site import wait_for
from tests.vlm_behaviours import LINE, TEXT

LINES = tuple(Line(line) for line in TEXT.splitlines())


def test_it_works(behaving, receipt) -> None:
    asked = behaving("fine")
    page = get_engine("vlm-http").read(receipt, Options(extra={"support": False}))
    # The server read the very picture that was sent: its text is PP-OCR's.
    assert page == Page(
        *receipt.size,
        lines=tuple(Line(text) for text in TEXT.splitlines()),
        text=TEXT,
        engine="vlm-http",
    )
    assert asked() == {
        "requests": [
            {
                "model": "tiny-vl",
                "prompt": PRESETS[READ].prompt,
                "picture": ["JPEG", *receipt.size],
                "temperature": 0,
                "max_tokens": 4096,
                "stream": True,
                "key": True,
            }
        ],
        "most_at_once": 1,
        "was_hung_up": False,
    }


@pytest.mark.parametrize(
    "behaviour",
    ["quick", "plain", "parts", "thinking", "thinking-aloud", "mistyped", "modelless"],
)
def test_each_dialect_is_understood(behaving, receipt, behaviour: str) -> None:
    behaving(behaviour)
    page = get_engine("vlm-http").read(receipt, ALONE)
    assert page == Page(*receipt.size, lines=LINES, text=TEXT, engine="vlm-http")


def test_an_answer_that_is_too_long_is_noted(behaving, receipt) -> None:
    behaving("too-long")
    page = get_engine("vlm-http").read(receipt, ALONE)
    assert (page.text, page.notes) == (
        TEXT,
        ("The answer was cut off at 42 tokens: there may be more on the page.",),
    )


def test_a_model_that_repeats_itself_is_stopped(behaving, receipt) -> None:
    asked = behaving("repeating")
    page = get_engine("vlm-http").read(receipt, ALONE)
    assert (page.text, page.notes) == (
        f"CORNER BAKERY\n{LINE}".strip(),
        ("The model began to repeat itself and was stopped: text may be missing.",),
    )
    # Nobody listens any more, so the server need not go on.
    wait_for(lambda: asked()["was_hung_up"], 10)
    assert len(asked()["requests"]) == 1


def test_a_server_that_knows_no_limit_is_stopped(behaving, receipt) -> None:
    behaving("trickling")
    limited = Options(extra={"support": False, "max_tokens": 16})
    page = get_engine("vlm-http").read(receipt, limited)
    assert page.text == " ".join(map(str, range(89)))
    note = "The answer was cut off at 16 tokens: there may be more on the page."
    assert page.notes == (note,)


def test_wishes_reach_the_server(behaving, receipt) -> None:
    asked = behaving("quick")
    own = Options(prompt=" Which shop? ", max_side=100, extra={"max_tokens": 99})
    get_engine("vlm-http").read(receipt, own)
    (request,) = asked()["requests"]
    width, height = receipt.size
    scale = 100 / max(width, height)
    assert (request["prompt"], request["max_tokens"], request["picture"]) == (
        "Which shop?",
        99,
        ["JPEG", int(width * scale), int(height * scale)],
    )


def test_the_first_model_is_asked_where_none_is_named(behaving, receipt) -> None:
    asked = behaving("quick", VLM_MODEL="")
    assert get_engine("vlm-http").read(receipt, ALONE).text == TEXT
    assert asked()["requests"][0]["model"] == "tiny-vl"


def test_a_blank_page_is_not_sent(behaving) -> None:
    asked = behaving("quick")
    page = get_engine("vlm-http").read(Image.new("RGB", (600, 800), "white"), ALONE)
    note = "There is nothing on this page: the model was not asked."
    assert page == Page(600, 800, engine="vlm-http", notes=(note,))
    assert asked()["requests"] == []
