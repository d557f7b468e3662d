"""Models from the hub: a pinned commit, safe files alone, no program of theirs."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from engines.errors import ModelError
from engines.models.checks import is_pickle
from engines.models.installing import insist_on_room, is_safe, told_of_the_disk
from engines.models.origin import write_origin
from engines.models.remedies import SAFE, download
from engines.models.store import place_of
from engines.models.types import Model

PATIENCE = 10  # seconds to answer


@contextmanager
def downloaded(model: Model, hub: str, revision: str = "") -> Iterator[Path]:
    """A folder with *model* as *hub* has it at *revision* (its own pinned one, for its
    own repository); gone afterwards, but kept where the download broke off.

    Raises:
        ModelError: there is no network, no such model, or no room.
    """
    if find_spec("huggingface_hub") is None:
        raise ModelError(
            "The library huggingface_hub is not installed: "
            "pip install -r requirements/vlm.txt"
        )
    wanted = revision or (model.revision if hub == model.hub else "")
    commit, size = published(model, hub, wanted)
    folder = place_of(model).with_name(f".{model.name}.{commit[:12]}")
    with told_of_the_disk():
        folder.mkdir(parents=True, exist_ok=True)
    try:
        insist_on_room(size, folder)
        fetch(model, hub, commit, folder)
    except BaseException:
        remove_if_empty(folder)
        raise
    try:
        shutil.rmtree(folder / ".cache", ignore_errors=True)
        write_origin(folder, hub, commit)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def published(model: Model, hub: str, revision: str) -> tuple[str, int]:
    """The commit that *revision* of *hub* is, and the bytes of what is wanted of it."""
    from huggingface_hub import HfApi

    with told_of_the_network(model, hub, revision):
        info = HfApi().model_info(
            hub, revision=revision or None, timeout=PATIENCE, files_metadata=True
        )
    names = [Path(file.rfilename) for file in info.siblings or []]
    if is_pickled_alone(model, names):
        name = Path(model.name).name
        raise ModelError(
            f"The hub has the weights of {hub} as pickles alone, which can run any "
            "program when they are loaded. To convert them, run: "
            f"hf download {hub} --revision {info.sha} --local-dir {name} – "
            f"and then: {install_from(model, name)}"
        )
    files = [file for file in info.siblings or [] if is_safe(model, file.rfilename)]
    return str(info.sha), sum(file.size or 0 for file in files)


def is_pickled_alone(model: Model, names: Sequence[Path]) -> bool:
    is_there = any(name.suffix == ".safetensors" for name in names)
    return model.format == "safetensors" and not is_there and any(map(is_pickle, names))


def install_from(model: Model, folder: str) -> str:
    words = ("models", "install", model.engine, model.name, "--from", folder)
    return shlex.join(["python", "manage.py", *words])


def fetch(model: Model, hub: str, commit: str, folder: Path) -> None:
    from huggingface_hub import snapshot_download

    with told_of_the_network(model, hub, commit):
        snapshot_download(
            hub,
            revision=commit,
            local_dir=folder,
            allow_patterns=list(SAFE[model.format]),
            etag_timeout=PATIENCE,
        )


@contextmanager
def told_of_the_network(model: Model, hub: str, revision: str) -> Iterator[None]:
    """What goes wrong on the way as a sentence that says how to go without it."""
    from huggingface_hub.errors import RepositoryNotFoundError, RevisionNotFoundError

    try:
        yield
    except RevisionNotFoundError as error:
        raise ModelError(f"The hub has no revision {revision} of {hub}.") from error
    except RepositoryNotFoundError as error:
        raise ModelError(
            f"The hub has no model {hub}, or not for everyone: run hf auth login."
        ) from error
    except Exception as error:  # the hub's library, httpx and the system have their own
        name = Path(model.name).name
        raise ModelError(
            f"The hub cannot be reached from here ({type(error).__name__}). Where "
            f"there is a network, run: {download(model, Path(name), hub, revision)} – "
            f"then carry the folder {name} here and run: "
            f"{install_from(model, name)}"
        ) from error


def remove_if_empty(folder: Path) -> None:
    """Remove *folder*, unless there is something to go on with."""
    if not any(path.is_file() for path in folder.rglob("*")):
        shutil.rmtree(folder, ignore_errors=True)
