"""engines.make_reference, and references as bytes"""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from engines import Page, Reference, TemplateError, make_reference, register_page
from engines.registration.reference import prepared_of
from tests.engines.registration.drawings import SIZE, timber


def test_it_works() -> None:
    reference = timber().reference
    again = Reference.from_bytes(reference.to_bytes())
    assert (again.width, again.height) == SIZE == (reference.width, reference.height)
    assert again.to_bytes() == reference.to_bytes()
    ours, theirs = prepared_of(reference), prepared_of(again)
    assert ours.words == theirs.words
    assert (ours.grey == theirs.grey).all()
    assert (ours.marks == theirs.marks).all()
    assert [word.text for word in ours.words[:4]] == [
        "NORTHERN",
        "TIMBER",
        "14",
        "Harbour",
    ]


def test_it_registers_after_its_way_through_bytes() -> None:
    again = Reference.from_bytes(timber().reference.to_bytes())
    assert register_page(timber("TB-7", rows=5).image, again).rung == "features"


def test_words_follow_the_picture_where_it_was_read_at_another_size() -> None:
    drawing = timber()
    half = drawing.image.resize((SIZE[0] // 2, SIZE[1] // 2))
    prepared = prepared_of(make_reference(half, drawing.page))
    first = drawing.boxes["NORTHERN TIMBER"]
    assert prepared.words[0].box.left == pytest.approx(first.left / 2)
    assert prepared.words[0].box.top == pytest.approx(first.top / 2)


def test_it_takes_a_page_of_a_single_pixel() -> None:
    reference = make_reference(Image.new("RGB", (1, 1), "white"), Page(1, 1))
    assert Reference.from_bytes(reference.to_bytes()).width == 1
    assert not register_page(timber().image, reference).holds


def test_it_refuses_what_is_no_reference() -> None:
    for data in (b"", b"ROIREF", b"PK\x03\x04 some other file", bytes(1000)):
        with pytest.raises(TemplateError, match="no reference page"):
            Reference.from_bytes(data)


def test_it_refuses_another_version() -> None:
    data = bytearray(timber().reference.to_bytes())
    data[7] += 1
    with pytest.raises(TemplateError, match="another version"):
        Reference.from_bytes(bytes(data))


def test_it_refuses_damaged_bytes() -> None:
    data = timber().reference.to_bytes()
    random = np.random.default_rng(0)
    for place in random.integers(12, len(data), 5):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        with pytest.raises(TemplateError, match="damaged"):
            Reference.from_bytes(bytes(broken))
    with pytest.raises(TemplateError, match="damaged"):
        Reference.from_bytes(data[: len(data) // 2])
