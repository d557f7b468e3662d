"""pip install ./clients: the module and the command, in an environment of their own.

The wheel is made with the setuptools of the tests' own environment: a fresh one has
none from Python 3.12 on, and nothing may be fetched for it here.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tests.clients.conftest import CLIENT


def run(*words: object) -> str:
    line = [str(word) for word in words]
    done = subprocess.run(line, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_works(tmp_path: Path) -> None:
    source, wheels = tmp_path / "clients", tmp_path / "wheels"
    shutil.copytree(CLIENT.parent, source)  # building leaves folders there
    alone = ("--no-index", "--no-deps", "--disable-pip-version-check")
    build = ("-m", "pip", "wheel", *alone, "--no-build-isolation", "-w", wheels, source)
    run(sys.executable, *build)
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / "bin"
    run(programs / "python", "-m", "pip", "install", *alone, *wheels.iterdir())
    said = run(programs / "python", "-c", "import ocrsite; print(ocrsite.__version__)")
    assert said == "1.0\n"
    assert "import|read|jobs" in run(programs / "ocrsite", "--help")
