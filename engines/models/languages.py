"""Tesseract's languages: from Debian's packages, or a file brought from elsewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from engines.environment import text
from engines.errors import EngineError, ModelError
from engines.models.formats import BrokenWeights, insist_on_whole
from engines.models.installing import insist_on_room, told_of_the_disk
from engines.models.store import models_root, standing
from engines.models.types import Model, Standing
from engines.tessdata import BROUGHT, MODELS, traineddata, whereabouts

ENGINE = "tesseract"
CODE = re.compile(r"[a-z]{3}(_\w+)?")
PATIENCE = 600  # seconds for Debian's packages


def language_model(code: str, folder: Path | None = None) -> Model:
    """The language *code* as a model, which lies in *folder*."""
    return Model(
        ENGINE,
        code,
        f"Tesseract {code}",
        "traineddata",
        (f"{code}.traineddata",),
        licence="Apache-2.0",
        folders=(str(folder),) if folder else (),
    )


def models_folder() -> Path:
    return Path(text(MODELS) or models_root() / ENGINE)


def install_language(
    code: str, source: Path | str = "", say: Callable[[str], None] = print
) -> Standing:
    """Let Tesseract read *code*: from the traineddata file *source*, else from Debian's
    packages; what they say is *said*.

    Raises:
        ModelError: it is no language, the file cannot be opened by Tesseract, or this
            is no Debian, or not its administrator.
    """
    if not CODE.fullmatch(code):
        raise ModelError(
            f"“{code}” is no language of Tesseract, as eng or chi_sim are."
        )
    if source:
        bring(Path(source).expanduser(), code)
    else:
        install_package(code, say)
    folder = whereabouts(models_folder()).get(code)
    return standing(language_model(code, folder))


def bring(file: Path, code: str) -> None:
    """Put the traineddata *file* among the languages brought here."""
    if not file.is_file():
        raise ModelError(f"There is no file {file}.")
    try:
        insist_on_whole(file)
    except BrokenWeights as fault:
        raise ModelError(str(fault)) from fault
    folder = models_folder() / BROUGHT
    with told_of_the_disk():
        folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{code}.", dir=folder) as staging:
        insist_on_room(file.stat().st_size, folder)
        new = traineddata(Path(staging), code)
        with told_of_the_disk():
            shutil.copyfile(file, new)
        insist_on_opening(new, code)
        new.replace(traineddata(folder, code))


def insist_on_opening(file: Path, code: str) -> None:
    from PIL import Image

    from engines.tesseract import LINE, reader_in  # it asks for our rows, too

    try:
        reader_in(file.parent).read(Image.new("RGB", (64, 32), "white"), code, LINE)
    except (EngineError, RuntimeError) as error:
        raise ModelError(
            f"Tesseract cannot open {file.name}: it is damaged."
        ) from error


def package_of(code: str) -> str:
    """Debian's name: chi_sim -> tesseract-ocr-chi-sim."""
    return f"tesseract-ocr-{code.replace('_', '-').lower()}"


def install_package(code: str, say: Callable[[str], None]) -> None:
    package = package_of(code)
    command = ["apt-get", "install", "-y", package]
    if shutil.which("apt-get") is None:
        raise ModelError(
            f"This is no Debian: install Tesseract's language {code} as your system "
            f"does, or bring a file with --from {code}.traineddata."
        )
    if os.geteuid() != 0:
        raise ModelError(f"Only root installs packages: sudo {shlex.join(command)}")
    if run(command, say) and (run(["apt-get", "update"], say) or run(command, say)):
        raise ModelError(
            f"Debian's package {package} could not be installed. Where there is no "
            f"network, bring a file with --from {code}.traineddata."
        )


def run(command: list[str], say: Callable[[str], None]) -> int:
    """The status that *command* ends with; the last line of its complaint is said."""
    say(shlex.join(command))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, env=quiet, capture_output=True, text=True, timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        say(str(error))
        return 1
    if done.returncode and (complaint := done.stderr.strip()):
        say(complaint.splitlines()[-1])
    return done.returncode
