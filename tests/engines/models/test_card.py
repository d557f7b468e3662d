"""The test card, and what engines that work and that do not make of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from engines import Availability, Options, Page, Traits, register
from engines.models import Check, check
from engines.models.card import LINES, drawn


class Stub:
    """Reads *said* on any page."""

    name = "stub"
    label = "Stub"
    version = "1"
    options_schema: dict[str, object] = {}
    traits = Traits()
    said = "\n".join(LINES)

    def languages(self) -> tuple[str, ...]:
        return ()

    def availability(self) -> Availability:
        return Availability(True)

    def warm_up(self) -> None: ...

    def read(self, image: Image.Image, options: Options) -> Page:
        return Page(*image.size, text=self.said, engine=self.name)


class Spaceless(Stub):
    said = "".join(LINES).replace(" ", "")


class Blind(Stub):
    said = "3 x of 2026"


class Describing(Stub):
    traits = Traits(describes=True)
    said = "a card"


class Absent(Stub):
    def availability(self) -> Availability:
        return Availability(False, "It is not here.", "pip install it")


class Broken(Stub):
    def read(self, image: Image.Image, options: Options) -> Page:
        raise RuntimeError("out of memory")


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("Stub", Check("stub", 1.0)),
        ("Spaceless", Check("stub", 1.0)),
        (
            "Blind",
            Check(
                "stub", 4 / 15, trouble="It read 27% of the test card, less than 80%."
            ),
        ),
        ("Describing", Check("stub")),
        ("Absent", Check("stub", trouble="It is not here. pip install it")),
        ("Broken", Check("stub", trouble="RuntimeError: out of memory")),
    ],
)
def test_engines_are_judged(kind: str, found: Check) -> None:
    register("stub", f"{__name__}.{kind}")
    one = check("stub")
    assert replace(one, seconds=0.0) == found
    assert one.ok == (not found.trouble)


def test_an_engine_that_is_none() -> None:
    assert check("magic").trouble.startswith("There is no engine “magic”.")


@pytest.mark.parametrize("name", ["ppocr", "tesseract", "digits", "embedded"])
def test_the_engines_that_come_along_read_it(name: str) -> None:
    one = check(name)
    assert (one.trouble, one.recall) == ("", 1.0)


def test_the_card_is_no_larger_than_it_must_be() -> None:
    assert (drawn().mode, drawn().size) == ("RGB", (760, 384))
