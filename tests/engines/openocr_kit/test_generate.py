"""python -m engines.openocr.kit.generate FOLDER"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engines.errors import OcrError
from engines.openocr.kit.generate import Style, generate, line_of
from engines.openocr.kit.lines import read_lines

ROOT = Path(__file__).resolve().parents[3]


def test_it_works(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "engines.openocr.kit.generate"]
    wishes = ["--count", "12", "--kind", "numbers", "--longest", "5"]
    made = subprocess.run(
        [*program, str(tmp_path / "lines"), *wishes],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    lines = read_lines(tmp_path / "lines")
    assert len(list(lines.texts())) == 12
    assert all(0 < len(text) <= 5 for text in lines.texts())
    with Image.open(tmp_path / "lines" / "00007.png") as image:
        assert image.mode == "L"


@pytest.mark.parametrize("faces", ["shipped", "installed"])
@pytest.mark.parametrize("kind", ["numbers", "words", "mixed"])
def test_a_line_follows_from_its_seed_and_style(kind: str, faces: str) -> None:
    style = Style(kind, faces, "hard")
    (one, text), (same, again), (_, other) = (line_of(n, style) for n in (3, 3, 4))
    assert text == again != other
    assert (np.asarray(one) == np.asarray(same)).all()
    assert any(char.isdigit() for char in text) == (kind != "words")
    assert any(char.isalpha() for char in text) == (kind != "numbers")


def test_what_is_there_stays(tmp_path: Path) -> None:
    generate(tmp_path, 1, 1, Style())
    before = (tmp_path / "labels.tsv").read_text()
    with pytest.raises(OcrError, match=r"There is a labels\.tsv in .* already\."):
        generate(tmp_path, 2, 1, Style())
    assert (tmp_path / "labels.tsv").read_text() == before
