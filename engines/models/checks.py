"""Whether a folder holds a whole model: what is missing, broken or not safe to load."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engines.models.formats import (
    BrokenWeights,
    header_of,
    insist_on_whole,
    json_of,
)
from engines.models.types import Model

INDEX = ".index.json"  # behind the name of weights that lie in several files
WEIGHTS = {".safetensors", ".onnx", ".pdiparams"}
PICKLES = (".bin", ".pt", ".pth", ".pkl", ".ckpt", ".pdparams")
# Beside weights, of those who trained them.
NO_WEIGHTS = ("training_args.bin", "optimizer.pt", "scheduler.pt", "scaler.pt")
# Only tensors are taken from pickles, each with a memory of its own: the format wants
# it so.
CONVERTER = "; ".join(
    (
        "import sys, torch",
        "from safetensors.torch import save_file",
        "parts = [torch.load(file, weights_only=True) for file in sys.argv[2:]]",
        "read = {k: v for x in parts for k, v in x.get('state_dict', x).items()}",
        "read = {k: v.clone().contiguous() for k, v in read.items()}",
        "save_file(read, sys.argv[1], {'format': 'pt'})",
    )
)
CONFIG = "config.json"
PADDLE_CONFIG = "inference.yml"
PADDLE_WEIGHTS = (
    ("inference.onnx",),
    ("inference.json", "inference.pdiparams"),
    ("inference.pdmodel", "inference.pdiparams"),
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A sentence for the user; the command that helps, where getting the model anew is
    not what helps."""

    sentence: str
    remedy: str = ""


def trouble_with(
    model: Model, folder: Path, files: Sequence[Path] = ()
) -> Trouble | None:
    """What is wrong with *model* in *folder*: the first thing, None where it is whole.

    *files* are where its files lie, if not under their own names.

    Raises:
        OSError: what is there cannot be read.
    """
    needed = tuple(files) or needed_files(model, folder)
    missing = [path for path in needed if not path.is_file()]
    if missing:
        names = ", ".join(_name_in(folder, path) for path in missing)
        lacking = Trouble(f"{model.title}: {names} is missing in {folder}.")
        if any(WEIGHTS.intersection(path.suffixes) for path in missing):
            return _trouble_with_pickles(model, folder) or lacking
        return lacking
    for path in needed:
        try:
            _insist_on_fitting(model, path)
        except BrokenWeights as fault:
            return Trouble(f"{model.title}: {fault}", _pulled(path))
    return None


def needed_files(model: Model, folder: Path) -> tuple[Path, ...]:
    """The files in *folder* without which *model* cannot be loaded."""
    names = [_whole_or_index(folder, name) for name in model.files]
    if model.format == "paddle":
        names += [PADDLE_CONFIG, *_nearest(folder, PADDLE_WEIGHTS)]
    return tuple(folder / name for name in dict.fromkeys(names))


def _name_in(folder: Path, path: Path) -> str:
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


def _whole_or_index(folder: Path, name: str) -> str:
    """*name*, or its other shape where that is there: one file, or several."""
    whole = name.removesuffix(INDEX)
    if not whole.endswith(".safetensors"):
        return name
    shapes = [name, whole, f"{whole}{INDEX}"]
    return next((shape for shape in shapes if (folder / shape).is_file()), name)


def _nearest(folder: Path, sets: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """That of *sets* of which the least is missing, and the most is there."""

    def distance(names: tuple[str, ...]) -> tuple[int, int]:
        there = sum((folder / name).is_file() for name in names)
        return len(names) - there, -there

    return min(sets, key=distance)


def _insist_on_fitting(model: Model, path: Path) -> None:
    """
    Raises:
        BrokenWeights: *path* is broken, or of another network than *model*.
        OSError: it cannot be read.
    """
    insist_on_whole(path)
    if path.name == CONFIG:
        _insist_on_architecture(model, path)
    if path.name.endswith(f".safetensors{INDEX}"):
        _insist_on_shards(path)


def _insist_on_architecture(model: Model, path: Path) -> None:
    config = json_of(path)
    if not isinstance(config, dict):
        raise BrokenWeights(f"{path.name} is damaged or of another kind.")
    said = config.get("architectures") or config.get("architecture")
    found = said if isinstance(said, list) else [said] if said else []
    if model.architectures and not any(name in model.architectures for name in found):
        names = ", ".join(map(str, found)) or "nothing"
        wanted = " or ".join(model.architectures)
        raise BrokenWeights(f"{path.name} names {names}, where {wanted} belongs.")


def _insist_on_shards(index: Path) -> None:
    for shard, names in _shards_of(index):
        if not shard.is_file():
            raise BrokenWeights(f"{shard.name}, which {index.name} names, is missing.")
        insist_on_whole(shard)
        if not names <= header_of(shard):
            raise BrokenWeights(
                f"{shard.name} lacks weights that {index.name} says are in it."
            )


def _shards_of(index: Path) -> Iterator[tuple[Path, set[str]]]:
    """The files that *index* names, each with the weights that are to be in it."""
    try:
        placed = dict(json_of(index)["weight_map"])
        for shard in sorted(set(placed.values())):
            names = {name for name, place in placed.items() if place == shard}
            yield index.parent / shard, names
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenWeights(f"{index.name} is damaged or of another kind.") from error


def _trouble_with_pickles(model: Model, folder: Path) -> Trouble | None:
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    found = [path for path in there if is_pickle(path)]
    return pickled(model, found) if found else None


def is_pickle(path: Path) -> bool:
    """Whether *path* is called as pickled weights are."""
    return path.suffix in PICKLES and path.name not in NO_WEIGHTS


def pickled(model: Model, files: Sequence[Path]) -> Trouble:
    """*files*, of one folder, would do, were they not pickled: nothing loads them."""
    names, folder = ", ".join(path.name for path in files), files[0].parent
    return Trouble(
        f"{model.title}: the weights in {folder} are pickled ({names}), and a "
        "pickle can run any program when it is loaded: convert it.",
        _converted(model, files) if model.format == "safetensors" else "",
    )


def _converted(model: Model, pickles: Sequence[Path]) -> str:
    """The commands that make safetensors of *pickles*."""
    targets: dict[Path, list[Path]] = {}
    for path in pickles:
        target = path.with_name(_name_when_converted(model, path))
        targets.setdefault(target, []).append(path)
    return " && ".join(
        shlex.join(["python", "-c", CONVERTER, str(target), *map(str, paths)])
        for target, paths in targets.items()
    )


def _name_when_converted(model: Model, pickle: Path) -> str:
    """That of the model's files that is called like it, else the first of weights."""
    weights = [name for name in model.files if name.endswith(".safetensors")]
    alike = [name for name in weights if Path(name).stem == pickle.stem]
    return (alike or weights or ["model.safetensors"])[0]


def _pulled(path: Path) -> str:
    """The command that fetches what a pointer in a checkout of Git points to."""
    is_pointer = path.stat().st_size < 1024 and b"git-lfs" in path.read_bytes()
    if not is_pointer or not any((up / ".git").exists() for up in path.parents):
        return ""
    return shlex.join(["git", "-C", str(path.parent), "lfs", "pull"])
