"""engines.choose_reference"""

from __future__ import annotations

from PIL import Image

from engines import Page, Reference, choose_reference
from tests.engines.registration.drawings import (
    SIZE,
    Drawing,
    bakery,
    lying,
    seen,
    timber,
)


def many() -> dict[str, Reference]:
    return {"timber": timber().reference, "bakery": bakery().reference}


def keys(image: Image.Image, candidates: dict[str, Reference]) -> list[object]:
    return [match.key for match in choose_reference(image, candidates)]


def test_it_works() -> None:
    image = timber("CC-4", rows=6).image
    matches = choose_reference(image, many())
    assert [match.key for match in matches] == ["timber"]
    assert matches[0].score == matches[0].registration.score >= 0.5
    assert matches[0].registration.rung == "features"
    assert keys(bakery().image, many()) == ["bakery"]


def test_it_chooses_for_photographed_pages() -> None:
    plane = lying(turn=-5, scale=0.8, lean=0.1, shift=170)
    page = seen(timber("CC-4", rows=6).image, plane, (1300, 1720))
    assert keys(page, many()) == ["timber"]


def test_none_where_the_right_layout_is_missing() -> None:
    page = timber("CC-4", rows=6)
    known = {"bakery": bakery().reference}
    assert choose_reference(page.image, known, lambda: page.page) == []


def test_none_for_pages_of_no_layout() -> None:
    for image in (
        Image.new("RGB", SIZE, "white"),
        Image.effect_noise((900, 300), 90).convert("RGB"),
        Image.new("RGB", (1, 1)),
    ):
        size = image.size
        assert choose_reference(image, many(), lambda size=size: Page(*size)) == []


def test_none_without_candidates() -> None:
    assert choose_reference(timber().image, {}, lambda: timber().page) == []


def lookalike() -> Drawing:
    """The same house's delivery notes: head and foot alike, other labels between."""
    made = timber("DN-1", totals=())
    made.write(80, 900, "Delivered in good order, received by")
    made.write(80, 1000, "Signature of the carrier")
    made.write(640, 1000, "Number of parcels")
    made.write(80, 1100, "Remarks on the packing")
    return made


def test_of_two_that_look_alike_the_better_one_comes_first() -> None:
    known = many() | {"note": lookalike().reference}
    assert keys(lookalike().image, known)[0] == "note"
    assert keys(timber("EE-5").image, known)[0] == "timber"


def test_words_choose_where_looks_are_lost() -> None:
    page = timber("WW-12", rows=4)
    noise = Image.effect_noise(SIZE, 250).convert("RGB")
    faint = Image.blend(page.image, noise, 0.97)
    matches = choose_reference(faint, many(), lambda: page.page)
    assert [(x.key, x.registration.rung) for x in matches] == [("timber", "anchors")]
