"""Engines for tests, under names of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engines import register


@pytest.fixture
def enlist() -> Callable[[str, str], None]:
    """Put a class of tests.engines.readers under a name, for this test alone."""
    return lambda name, reader: register(name, f"tests.engines.readers.{reader}")
