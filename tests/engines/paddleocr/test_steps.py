"""engines.paddleocr: pages turned and flattened by models for that."""

from __future__ import annotations

import pytest

from engines import Options
from engines.errors import EngineUnavailable
from engines.paddleocr import PaddleOCR
from tests.engines.paddleocr.networks import orientation, unwarping
from tests.engines.paddleocr.prints import drawn, lines_of
from tests.engines.pictures import RECEIPT

ENGLISH = Options()


@pytest.mark.parametrize(("angle", "says"), [(90, "270"), (180, "180"), (270, "90")])
def test_a_turned_page_is_read_and_its_places_are_given_back(root, angle, says):
    orientation(root, says)
    upright = drawn(["Total 13.20"])
    turned = upright.rotate(angle, expand=True)
    (there,) = PaddleOCR().read(upright, ENGLISH).lines
    page = PaddleOCR().read(turned, Options(extra={"orientation": True}))
    (line,) = page.lines
    assert (line.text, page.width, page.height) == ("Total 13.20", *turned.size)
    width, height = upright.size
    corners = {
        90: [(y, width - x) for x, y in there.polygon],
        180: [(width - x, height - y) for x, y in there.polygon],
        270: [(height - y, x) for x, y in there.polygon],
    }[angle]
    for found, wanted in zip(line.polygon, corners, strict=True):
        assert found == pytest.approx(wanted, abs=3)


def test_a_flattened_page_has_lines_without_places(root):
    unwarping(root)
    page = PaddleOCR().read(drawn(), Options(extra={"unwarp": True}))
    assert lines_of(page) == RECEIPT
    assert page.text.split("\n") == [*RECEIPT]
    assert all(line.polygon is None and line.words == () for line in page.lines)
    assert page.notes == ("PaddleOCR flattened the page: its lines have no places.",)


@pytest.mark.parametrize("step", ["orientation", "unwarp"])
def test_a_step_whose_model_is_not_here(engine, step):
    name = {"orientation": "PP-LCNet_x1_0_doc_ori", "unwarp": "UVDoc"}[step]
    with pytest.raises(EngineUnavailable) as said:
        engine.read(drawn(), Options(extra={step: True}))
    command = f"python manage.py models install paddleocr {name}"
    assert str(said.value).endswith(f"is not here. {command}")
