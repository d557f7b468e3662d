"""Models are put in their place whole or not at all."""

from __future__ import annotations

import tarfile
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pytest

from engines import ModelError
from engines.digits.store import SHIPPED
from engines.models import Model, install, standing
from engines.models.installing import ROOM_LEFT
from tests.engines.models.made import ARCHITECTURE, TINY, checkpoint, sharded

NETWORK = Model("digits", "other", "Other", "onnx", ("line.onnx",))


@pytest.fixture
def place(root: Path) -> Path:
    return root / "tiny" / "tiny-2b"


@pytest.fixture
def old(place: Path) -> dict[str, bytes]:
    """A model that is in its place already."""
    return content(checkpoint(place))


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*"))}


def test_from_a_folder(place: Path, tmp_path: Path) -> None:
    source = sharded(tmp_path / "source")
    (source / "pytorch_model.bin").write_bytes(b"pickle")
    (source / "modeling_tiny.py").write_text("raise SystemExit")
    found = install(TINY, source)
    assert (found.ok, found.path, found.origin) == (True, place, "folder")
    assert found == standing(TINY)
    assert set(content(place)) == {
        "config.json",
        "model-1-of-2.safetensors",
        "model-2-of-2.safetensors",
        "model.safetensors.index.json",
        "origin.json",
    }
    assert [path.name for path in place.parent.iterdir()] == ["tiny-2b"]
    assert place.stat().st_mode & 0o777 == 0o755


def test_it_takes_the_place_of_an_old_one(
    place: Path, old: dict[str, bytes], tmp_path: Path
) -> None:
    (place / "left.txt").write_text("from before")
    install(TINY, str(checkpoint(tmp_path / "source")))
    assert set(content(place)) == {"config.json", "model.safetensors", "origin.json"}


def test_one_file_of_another_name(root: Path, tmp_path: Path) -> None:
    file = copyfile(SHIPPED / "line.onnx", tmp_path / "mine.onnx")
    install(NETWORK, file)
    assert (root / "digits" / "other" / "line.onnx").is_file()


def test_a_tar_archive_without_its_hull(place: Path, tmp_path: Path) -> None:
    source = checkpoint(tmp_path / "tiny_infer")
    (source / "evil.py").write_text("")
    with tarfile.open(tmp_path / "tiny.tar.gz", "w:gz") as archive:
        archive.add(source, "tiny_infer")
    install(TINY, tmp_path / "tiny.tar.gz")
    assert set(content(place)) == {"config.json", "model.safetensors", "origin.json"}


def test_an_archive_cannot_write_elsewhere(
    place: Path, old: dict[str, bytes], tmp_path: Path
) -> None:
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.add(checkpoint(tmp_path / "x") / "config.json", "../../evil.json")
    with pytest.raises(ModelError, match=r"evil\.tar is no archive of a model\."):
        install(TINY, tmp_path / "evil.tar")
    assert content(place) == old
    assert list(tmp_path.rglob("evil.json")) == []


def refused(source: Path | str, model: Model = TINY) -> str:
    with pytest.raises(ModelError) as error:
        install(model, source)
    return str(error.value)


def test_a_broken_one_leaves_the_old_one(
    place: Path, old: dict[str, bytes], tmp_path: Path
) -> None:
    source = checkpoint(tmp_path / "source")
    weights = source / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1])
    assert refused(source).startswith("Tiny 2B: model.safetensors is cut short: ")
    assert content(place) == old
    assert [path.name for path in place.parent.iterdir()] == ["tiny-2b"]


def test_pickles_alone_are_refused(place: Path, tmp_path: Path) -> None:
    source = checkpoint(tmp_path / "source")
    (source / "model.safetensors").rename(source / "pytorch_model.bin")
    said = refused(source)
    assert said.startswith(f"Tiny 2B: the weights in {source} are pickled")
    assert refused(source / "pytorch_model.bin") == said
    assert list(place.parent.iterdir()) == []


def test_another_network_is_refused(place: Path, tmp_path: Path) -> None:
    source = checkpoint(tmp_path / "source", "LlamaForCausalLM")
    assert refused(source) == (
        f"Tiny 2B: config.json names LlamaForCausalLM, where {ARCHITECTURE} belongs."
    )


def test_an_interruption_leaves_the_old_one(
    place: Path,
    old: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("engines.models.installing.shutil.copyfile", interrupt)
    with pytest.raises(KeyboardInterrupt):
        install(TINY, checkpoint(tmp_path / "source"))
    assert content(place) == old
    assert [path.name for path in place.parent.iterdir()] == ["tiny-2b"]


def test_the_last_step_can_fail_too(
    place: Path,
    old: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rename = Path.rename

    def refuse_the_new_one(path: Path, target: Path) -> Path:
        if target == place and ".old-" not in path.name:
            raise PermissionError(13, "Permission denied", str(target))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse_the_new_one)
    said = refused(checkpoint(tmp_path / "source"))
    assert said == f"{place} cannot be read or written: Permission denied."
    assert content(place) == old
    assert [path.name for path in place.parent.iterdir()] == ["tiny-2b"]


def test_there_is_no_room(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = ROOM_LEFT

    monkeypatch.setattr("engines.models.installing.shutil.disk_usage", lambda _: Usage)
    assert refused(checkpoint(tmp_path / "source")) == (
        f"There is too little room in {place.parent}: 0 MB are needed, 64 MB are free."
    )
    assert list(place.parent.iterdir()) == []


def test_a_source_that_is_none(place: Path, tmp_path: Path) -> None:
    assert refused(tmp_path / "gone") == (
        f"There is no folder or file {tmp_path / 'gone'}."
    )
    assert refused("x" * 300) == (
        f"{'x' * 300} cannot be read or written: File name too long."
    )
    assert refused("no such thing") == "There is no folder or file no such thing."
    (tmp_path / "weights.zip").write_bytes(b"PK")
    assert refused(tmp_path / "weights.zip") == (
        "weights.zip is none of the files of Tiny 2B: config.json, model.safetensors."
    )
    assert refused("", replace(TINY, hub="")) == (
        "Tiny 2B is in no hub: say with --from in which folder it is."
    )


def test_a_place_that_cannot_be_written(root: Path, tmp_path: Path) -> None:
    root.write_text("a file")
    said = refused(checkpoint(tmp_path / "source"))
    assert said == f"{root / 'tiny'} cannot be read or written: Not a directory."
