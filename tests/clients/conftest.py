"""The client as its users have it: one file, loaded from where it lies."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

CLIENT = Path(__file__).resolve().parent.parent.parent / "clients" / "ocrsite.py"


@pytest.fixture(scope="session")
def ocrsite() -> ModuleType:
    # Under a name of its own: the site's own package is called as its client is.
    spec = importlib.util.spec_from_file_location("ocrsite_client", CLIENT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
