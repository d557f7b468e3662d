"""Models from a hub: in a process of its own, for the hub's library reads its address
from the environment when it is loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engines.models import standing
from tests.engines.models.hub import COMMIT, hub_with
from tests.engines.models.made import TINY, checkpoint

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys
from engines import ModelError
from engines.models import install
from tests.engines.models.made import TINY
try:
    found = install(TINY, *sys.argv[1:])
except ModelError as error:
    print(error)
else:
    print(found.path, found.revision, found.trouble)
"""
BY_HAND = (
    "run: hf download acme/tiny-2b --revision c0ffee --include '*.safetensors' "
    "--include '*.json' --include '*.txt' --include '*.jinja' --include '*.model' "
    "--local-dir tiny-2b – then carry the folder tiny-2b here and run: "
    "python manage.py models install tiny tiny-2b --from tiny-2b"
)


def installed(root: Path, *words: str, **variables: str) -> str:
    names = ("PATH", "HOME", "OCR_MODELS", "HF_HUB_CACHE")
    known = {name: os.environ[name] for name in names if name in os.environ}
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=ROOT,
        env={**known, "HF_HUB_DISABLE_TELEMETRY": "1", **variables},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return answer.stdout.strip()


@pytest.fixture
def published(tmp_path: Path) -> Path:
    folder = checkpoint(tmp_path / "published")
    (folder / "pytorch_model.bin").write_bytes(b"pickle")
    (folder / "modeling_tiny.py").write_text("raise SystemExit")
    return folder


def test_it_works(root: Path, published: Path) -> None:
    with hub_with(published) as (address, asked):
        said = installed(root, HF_ENDPOINT=address)
    place = root / "tiny" / "tiny-2b"
    assert said == f"{place} {COMMIT}"
    assert {path.name for path in place.iterdir()} == {
        "config.json",
        "model.safetensors",
        "origin.json",
    }
    origin = json.loads((place / "origin.json").read_text())
    assert origin == {"source": "acme/tiny-2b", "revision": COMMIT}
    assert (standing(TINY).path, standing(TINY).revision) == (place, COMMIT)
    assert [path.name for path in place.parent.iterdir()] == ["tiny-2b"]
    # The pinned revision was asked for, and then its commit alone.
    assert asked[0] == "/api/models/acme/tiny-2b/revision/c0ffee"
    assert {name.rpartition("/")[2] for name in asked if "/resolve/" in name} == {
        "config.json",
        "model.safetensors",
    }


def test_a_broken_one_is_not_taken(root: Path, published: Path) -> None:
    (published / "config.json").write_text('{"architectures": ["Other"]}')
    with hub_with(published) as (address, _):
        said = installed(root, HF_ENDPOINT=address)
    assert said.startswith("Tiny 2B: config.json names Other, where ")
    assert list((root / "tiny").iterdir()) == []


def test_pickles_alone_are_not_even_downloaded(root: Path, published: Path) -> None:
    (published / "model.safetensors").unlink()
    with hub_with(published) as (address, asked):
        said = installed(root, HF_ENDPOINT=address)
    assert said == (
        "The hub has the weights of acme/tiny-2b as pickles alone, which can run any "
        "program when they are loaded. To convert them, run: hf download acme/tiny-2b "
        f"--revision {COMMIT} --local-dir tiny-2b – and then: "
        "python manage.py models install tiny tiny-2b --from tiny-2b"
    )
    assert [path for path in asked if "/resolve/" in path] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("acme/other",), "The hub has no model acme/other, or not for everyone: "),
        (("acme/tiny-2b", "beef"), "The hub has no revision beef of acme/tiny-2b."),
    ],
)
def test_what_the_hub_has_not(
    root: Path, published: Path, words: tuple[str, ...], said: str
) -> None:
    with hub_with(published) as (address, _):
        assert installed(root, *words, HF_ENDPOINT=address).startswith(said)
    assert not (root / "tiny").exists()


@pytest.mark.parametrize(
    ("variables", "error"),
    [
        ({"HF_HUB_OFFLINE": "1"}, "OfflineModeIsEnabled"),
        ({"HF_ENDPOINT": "http://127.0.0.1:1"}, "ConnectError"),
    ],
)
def test_without_a_network_it_says_how_to_do_without(
    root: Path, variables: dict[str, str], error: str
) -> None:
    said = installed(root, **variables)
    assert said == (
        f"The hub cannot be reached from here ({error}). "
        f"Where there is a network, {BY_HAND}"
    )
    assert not (root / "tiny").exists()
