"""Putting a model in its place: whole or not at all, and nothing that can run."""

from __future__ import annotations

import os
import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from tempfile import mkdtemp
from typing import NoReturn

from engines.errors import ModelError
from engines.models.checks import Trouble, is_pickle, pickled, trouble_with
from engines.models.origin import revision_in, write_origin
from engines.models.remedies import SAFE
from engines.models.store import has_place, looked_at, place_of
from engines.models.types import Model, Standing

REPOSITORY = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")  # how a hub calls a model
ROOM_LEFT = 64 * 2**20  # bytes that other things of the disk need


def install(model: Model, source: Path | str = "", revision: str = "") -> Standing:
    """Put *model* in its place among the models: from a folder, a file, a tar archive
    or a repository of the hub (its own where *source* is empty).

    What is there stays until the new one is known to be whole; on failure nothing is
    left behind, but of a download that broke off, which the next one goes on with.

    Raises:
        ModelError: it is not there, not whole, not safe, or there is no room.
    """
    if not has_place(model):
        raise ModelError(f"{model.title} comes along in the package {model.package}.")
    wanted = str(source) or model.hub
    if not wanted:
        raise ModelError(
            f"{model.title} is in no hub: say with --from in which folder it is."
        )
    path = Path(wanted).expanduser()
    with told_of_the_disk():
        if path.exists():
            with prepared(model) as folder:
                bring(model, path, folder)
                write_origin(folder, path.name)
                return replaced(model, folder)
    if isinstance(source, Path) or not REPOSITORY.fullmatch(wanted):
        raise ModelError(f"There is no folder or file {wanted}.")
    from engines.models.downloading import downloaded  # only it needs the hub's library

    with downloaded(model, wanted, revision) as folder:
        return replaced(model, folder)


@contextmanager
def prepared(model: Model) -> Iterator[Path]:
    """An empty folder beside the model's place, on the same disk; gone afterwards."""
    parent = place_of(model).parent
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=f".{model.name}.", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def told_of_the_disk() -> Iterator[None]:
    """The disk's complaints as sentences."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        path = error.filename
        raise ModelError(f"{path} cannot be read or written: {reason}.") from error


def bring(model: Model, source: Path, folder: Path) -> None:
    """Copy what *model* needs of *source* into *folder*."""
    if source.is_file() and is_archive(source):
        unpack(model, source, folder)
        return
    is_folder = source.is_dir()
    if is_folder:
        insist_on_whole(model, source)  # before gigabytes of it are copied
    elif is_pickle(source):
        refuse(pickled(model, [source]))
    paths = safe_files(model, source) if is_folder else [source]
    insist_on_room(sum(path.stat().st_size for path in paths), folder)
    for path in paths:
        name = path.relative_to(source) if is_folder else name_for(model, path)
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def insist_on_whole(model: Model, folder: Path) -> None:
    if trouble := trouble_with(model, folder):
        refuse(trouble)


def refuse(trouble: Trouble) -> NoReturn:
    raise ModelError(f"{trouble.sentence} {trouble.remedy}".strip())


def safe_files(model: Model, folder: Path) -> list[Path]:
    """The files below *folder* that are wanted and can run nothing."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and is_safe(model, path.name)
    ]


def is_safe(model: Model, name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in SAFE[model.format])


def name_for(model: Model, file: Path) -> str:
    """What the single *file* is called among the files of *model*."""
    if file.name in model.files:
        return file.name
    alike = [name for name in model.files if Path(name).suffix == file.suffix]
    if len(alike) != 1 or len(model.files) != 1:
        names = ", ".join(model.files)
        raise ModelError(f"{file.name} is none of the files of {model.title}: {names}.")
    return alike[0]


def is_archive(path: Path) -> bool:
    return path.name.endswith((".tar", ".tar.gz", ".tgz")) and tarfile.is_tarfile(path)


def unpack(model: Model, archive: Path, folder: Path) -> None:
    """The safe files of *archive*, without the folder that it wraps them in."""
    with tarfile.open(archive) as packed:
        members = [
            x for x in packed.getmembers() if x.isfile() and is_safe(model, x.name)
        ]
        insist_on_room(sum(member.size for member in members), folder)
        try:
            packed.extractall(folder, members, filter="data")
        except tarfile.TarError as error:
            raise ModelError(f"{archive.name} is no archive of a model.") from error
    while len(inner := list(folder.iterdir())) == 1 and inner[0].is_dir():
        hull = inner[0].rename(folder / ".hull")
        for path in hull.iterdir():
            path.rename(folder / path.name)
        hull.rmdir()


def insist_on_room(size: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if size + ROOM_LEFT > free:
        raise ModelError(
            f"There is too little room in {folder.parent}: {size // 2**20} MB are "
            f"needed, {free // 2**20} MB are free."
        )


def replaced(model: Model, folder: Path) -> Standing:
    """Let *folder*, if it is whole, be the place of *model*."""
    insist_on_whole(model, folder)
    place = place_of(model)
    old = place.with_name(f".{model.name}.old-{os.getpid()}")
    with told_of_the_disk():
        folder.chmod(0o755)  # temporary folders are their maker's alone
        if place.exists():
            place.rename(old)
        try:
            folder.rename(place)
        except BaseException:
            if old.exists():
                old.rename(place)
            raise
        shutil.rmtree(old, ignore_errors=True)
    return looked_at(model, place, "folder", revision=revision_in(place))
