"""OpenMP's threads: what is good for one engine must not stop another."""

from __future__ import annotations

import os
import subprocess
import sys

from PIL import Image

from engines.tessdata import data_folder
from engines.tesseract import Program

# Large enough to be shared out among threads.
LEARNING = """
import engines
import torch

picture = torch.ones(8, 64, 32, 32)
torch.nn.Conv2d(64, 64, 3)(picture).sum().backward()
print(torch.get_num_threads())
"""


def test_pytorch_heeds_a_limit():
    done = subprocess.run(
        [sys.executable, "-c", LEARNING],
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,  # it waited for ever
    )
    assert done.stdout == "1\n"


def test_the_program_of_tesseract_has_one_to_itself():
    before = dict(os.environ)
    Program(data_folder()).read(Image.new("RGB", (200, 100), "white"), "eng", 6)
    assert dict(os.environ) == before
