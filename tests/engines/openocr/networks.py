"""OpenOCR's networks of the package's own sources, their weights left to chance.

Run as a module: the library puts its folder on ``sys.path``, which is no good here.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

# name: folder of its configuration, the configuration, the room that builds it
NETWORKS = {
    "openocr_det_repvit_ch": ("det/dbnet", "repvit_db", "opendet.modeling"),
    "openocr_svtrv2_ch": ("rec/svtrv2", "svtrv2_ch", "openrec.modeling"),
    "openocr_repsvtr_ch": ("rec/svtrv2", "repsvtr_ch", "openrec.modeling"),
}
CLASSES = 6625
ROOT = find_spec("openocr").submodule_search_locations[0]


def checkpoint(name: str, path: Path, classes: int = CLASSES) -> None:
    """Write *path*: a checkpoint as OpenOCR publishes them, of random weights."""
    import importlib

    import torch

    config = importlib.import_module("tools.engine.config").Config
    folder, file, room = NETWORKS[name]
    architecture = config(f"{ROOT}/configs/{folder}/{file}.yml").cfg["Architecture"]
    if "Decoder" in architecture:
        architecture["Decoder"]["out_channels"] = classes
    torch.manual_seed(0)
    model = importlib.import_module(room).build_model(architecture)
    torch.save({"epoch": 3, "state_dict": model.state_dict()}, path)


if __name__ == "__main__":
    sys.path.insert(0, ROOT)
    target = Path(sys.argv[1])
    for wanted in sys.argv[2:]:
        wanted, _, count = wanted.partition(":")
        checkpoint(wanted, target / f"{wanted}.pth", int(count or CLASSES))
