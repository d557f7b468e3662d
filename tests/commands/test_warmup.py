"""manage.py warmup"""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import CommandError, call_command

from engines import register


@pytest.fixture(autouse=True)
def fakes(settings) -> None:
    for name in ("fine", "refusing"):
        register(name, f"tests.fakes.{name.title()}")
    settings.WARM_ENGINES = ["fine"]


def warmup(*names: str) -> str:
    out = io.StringIO()
    call_command("warmup", *names, stdout=out, stderr=out)
    return out.getvalue()


def test_it_works() -> None:
    assert re.fullmatch(r"fine: ready in \d+\.\d s\n", warmup())


def test_an_engine_that_cannot_read_the_sample_is_named() -> None:
    with pytest.raises(CommandError, match=r"Not ready: refusing\."):
        warmup("fine", "refusing")


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(CommandError, match=r"Not ready: magic\."):
        warmup("magic")
