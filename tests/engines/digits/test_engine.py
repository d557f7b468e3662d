"""The engine ``digits``, with the weights that are shipped."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from engines import Engine, EngineUnavailable, Line, LineReader, Options, get_engine
from engines.digits.engine import Digits
from engines.digits.store import WEIGHTS

ROOT = Path(__file__).resolve().parents[3]
FONT = ImageFont.load_default(24)  # Pillow's own: Western digits alone


def printed(text: str, ink: str = "black", paper: str = "white") -> Image.Image:
    image = Image.new("RGB", (round(FONT.getlength(text)) + 24, 44), paper)
    ImageDraw.Draw(image).text((12, 6), text, ink, FONT)
    return image


def read(image: Image.Image, **extra: object) -> Line:
    return Digits().read_line(image, Options(extra=extra))


def test_it_works() -> None:
    line = read(printed("1,234.50"))
    assert line.text == "1,234.50"
    assert line.weakest is not None
    assert line.weakest > 0.8
    (word,) = line.words
    assert 8 <= word.box.left <= 16
    assert abs(word.box.right - (printed("1,234.50").width - 12)) <= 4


def test_it_keeps_the_promise_of_an_engine() -> None:
    engine: Engine = get_engine("digits")
    assert isinstance(engine, LineReader)
    assert engine.availability().ok
    assert {"ara", "eng", "fas"} <= set(engine.languages())
    engine.warm_up()


def test_light_print_on_dark_is_read_too() -> None:
    assert read(printed("2,048", "white", "black")).text == "2,048"


def test_a_page_is_read_line_by_line() -> None:
    page = Image.new("RGB", (600, 300), "white")
    page.paste(printed("1,234.50"), (40, 40))
    page.paste(printed("letters"), (40, 120))
    page.paste(printed("12/27/2021"), (300, 200))
    found = Digits().read(page, Options())
    assert [line.text for line in found.lines] == ["1,234.50", "12/27/2021"]
    assert found.engine == "digits"
    assert found.text == "1,234.50\n12/27/2021"


def test_the_version_is_of_the_weights(tmp_path: Path) -> None:
    other = Digits(tmp_path)
    (tmp_path / WEIGHTS).write_bytes(b"other weights")
    assert other.version != Digits().version
    again = tmp_path / "again"
    again.mkdir()
    (again / WEIGHTS).write_bytes(b"other weights")
    assert Digits(again).version == other.version


def test_weights_are_chosen_by_a_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITS_MODEL", str(tmp_path))
    answer = Digits().availability()
    assert not answer.ok
    assert answer.reason == f"There are no weights in {tmp_path}."


def test_broken_weights_are_told(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_bytes(b"no weights at all")
    with pytest.raises(EngineUnavailable, match="cannot be loaded"):
        Digits(tmp_path).read_line(printed("1"), Options())


BARE: dict[str, Callable[[], Image.Image]] = {
    "one pixel": lambda: Image.new("RGB", (1, 1), "white"),
    "one column": lambda: Image.new("L", (1, 40), "white"),
    "one row": lambda: Image.new("L", (40, 1), "black"),
    "white": lambda: Image.new("RGB", (200, 32), "white"),
    "black": lambda: Image.new("RGB", (200, 32), "black"),
    "clear": lambda: Image.new("RGBA", (200, 32), (0, 0, 0, 0)),
    "bits": lambda: Image.new("1", (200, 32), 1),
    "wide": lambda: Image.new("L", (10_000, 32), "white"),
    "tall": lambda: Image.new("L", (32, 10_000), "white"),
}


@pytest.mark.parametrize("name", BARE)
def test_where_nothing_is_nothing_is_read(name: str) -> None:
    line = read(BARE[name]())
    assert (line.text, line.confidence, line.words) == ("", 0.0, ())


def in_16_bits(image: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(image.convert("L"), np.uint16) * 257)


MODES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "1": lambda image: image.convert("1"),
    "L": lambda image: image.convert("L"),
    "P": lambda image: image.convert("P"),
    "LA": lambda image: image.convert("LA"),
    "RGBA": lambda image: image.convert("RGBA"),
    "CMYK": lambda image: image.convert("CMYK"),
    "I;16": in_16_bits,
    "F": lambda image: image.convert("F"),
}


@pytest.mark.parametrize("mode", MODES)
def test_any_mode_is_read(mode: str) -> None:
    assert read(MODES[mode](printed("2,048"))).text == "2,048"


@pytest.mark.parametrize("angle", [90, 180, 270, 30])
def test_a_turned_crop_has_an_answer(angle: int) -> None:
    turned = printed("1,234.50").rotate(angle, expand=True, fillcolor="white")
    line = read(turned)
    assert line.confidence is not None
    assert line.text or line.confidence == 0.0


def test_a_long_line_is_read_to_its_end() -> None:
    number = printed("2,048")
    line = Image.new("RGB", (10_000, 44), "white")
    for left in range(0, 9_900, 1_000):
        line.paste(number, (left, 0))
    assert read(line).text.split() == ["2,048"] * 10


def test_it_is_light() -> None:
    """A number is read in a process of its own without what reads pages or trains."""
    program = (
        "import sys, json; from PIL import Image, ImageDraw, ImageFont;"
        "from engines.digits.engine import Digits; from engines.types import Options;"
        "image = Image.new('L', (90, 40), 'white');"
        "ImageDraw.Draw(image).text((12, 6), '204', 0, ImageFont.load_default(24));"
        "line = Digits().read_line(image, Options());"
        "print(json.dumps([line.text, sorted(m for m in sys.modules if '.' not in m)]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    text, loaded = json.loads(done.stdout)
    assert text == "204"
    assert not {"torch", "cv2", "openvino", "rapidocr", "tesserocr"} & set(loaded)
