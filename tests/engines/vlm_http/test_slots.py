"""Never more requests at once than the server is said to bear."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from engines import EngineError, get_engine
from engines.vlm_http.clock import Clock
from engines.vlm_http.endpoint import endpoint
from engines.vlm_http.slots import a_place, places
from tests.engines.vlm_http.conftest import ALONE
from tests.engines.vlm_http.reading import read_in_threads
from tests.processes.site import wait_for

ROOT = Path(__file__).resolve().parents[3]


def reading(threads: int) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "tests.engines.vlm_http.reading", str(threads)]
    environment = {**os.environ, "TMPDIR": tempfile.gettempdir()}
    return subprocess.Popen(
        line, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )


def test_it_works(behaving) -> None:
    asked = behaving("slow", VLM_CONCURRENCY=2)
    processes = [reading(8), reading(8)]
    assert [process.communicate()[0] for process in processes] == ["8\n", "8\n"]
    log = asked()
    assert (len(log["requests"]), log["most_at_once"]) == (16, 2)


def test_more_at_once_where_the_server_bears_it(behaving) -> None:
    asked = behaving("slow", VLM_CONCURRENCY=8)
    assert read_in_threads(8) == 8
    assert asked()["most_at_once"] > 2


def test_who_dies_leaves_no_place_taken(behaving, receipt) -> None:
    asked = behaving("silent", VLM_CONCURRENCY=1)
    process = reading(1)
    wait_for(lambda: asked()["requests"], 30)
    process.kill()
    process.communicate()
    behaving("quick", VLM_CONCURRENCY=1, REMOTE_TIMEOUT=20)
    assert get_engine("vlm-http").read(receipt, ALONE).text.startswith("CORNER")


def test_a_place_is_not_waited_for_for_ever(behaving, receipt) -> None:
    asked = behaving("quick", VLM_CONCURRENCY=1, REMOTE_TIMEOUT=1)
    with a_place(endpoint(), Clock(1, "")), pytest.raises(EngineError) as caught:
        get_engine("vlm-http").read(receipt, ALONE)
    assert str(caught.value) == (
        "All 1 places at “127.0.0.1” were taken for 1 seconds. Raise VLM_CONCURRENCY "
        "where the server can bear it, or read fewer pages at once."
    )
    assert asked()["requests"] == []


def test_each_server_has_places_of_its_own(behaving) -> None:
    behaving("quick", VLM_CONCURRENCY=2)
    here = places(endpoint())
    behaving("quick", VLM_URL="http://127.0.0.1:9/v1", VLM_CONCURRENCY=3)
    there = places(endpoint())
    assert (len(here), len(there), set(here) & set(there)) == (2, 3, set())


def test_a_folder_of_somebody_else_is_not_trusted(
    behaving, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    behaving("quick")
    (tmp_path / "ocr-vlm-12345").mkdir()
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    with pytest.raises(EngineError) as caught:
        places(endpoint())
    folder = tmp_path / "ocr-vlm-12345"
    assert str(caught.value) == f"{folder} belongs to somebody else. Remove it."
