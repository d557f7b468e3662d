"""``python -m engines.digits.kit.cnn``: train the classifier, or read with it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from engines.digits.kit.cnn.training import CnnPlan, train_cnn
from engines.errors import OcrError


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="python -m engines.digits.kit.cnn")
    acts = whole.add_subparsers(dest="act", required=True)
    train = acts.add_parser("train", help="train in FOLDER, or go on there")
    train.add_argument("folder", type=Path)
    for name in ("samples", "epochs", "seed", "batch", "judged"):
        train.add_argument(f"--{name}", type=int, default=getattr(CnnPlan(), name))
    read = acts.add_parser("read", help="read numbers in pictures, digit by digit")
    read.add_argument("model", type=Path, help="model.onnx")
    read.add_argument("pictures", type=Path, nargs="+")
    read.add_argument("--look", type=Path, help="a folder for pictures of the splits")
    measure = acts.add_parser("measure", help="read the held-out strings with it")
    measure.add_argument("model", type=Path, help="model.onnx")
    measure.add_argument("--count", type=int, default=500, help="strings a level")
    return whole


def main(words: Sequence[str] | None = None) -> int:
    wish = parser().parse_args(words)
    try:
        {"train": train, "read": read, "measure": measure}[wish.act](wish)
    except OcrError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    return 0


def train(wish: argparse.Namespace) -> None:
    from engines.digits.kit.cnn.report import told

    plan = CnnPlan(wish.samples, wish.epochs, wish.seed, wish.batch, judged=wish.judged)
    each = plan.batch * max(1, plan.total // plan.batch // 50)

    def tell(seen: int, total: int, loss: float) -> None:
        if seen % each < plan.batch:
            print(f"{seen} of {total} glyphs, loss {loss:.4f}", flush=True)

    print(told(train_cnn(wish.folder, plan, tell)))


def read(wish: argparse.Namespace) -> None:
    from PIL import Image

    from engines.digits.kit.cnn.reading import SplitReader
    from engines.digits.kit.splitting import picture

    reader = SplitReader(wish.model)
    for path in wish.pictures:
        with Image.open(path) as image:
            number = reader.read(image)
        print(f"{path.name}: {number.text or '-'}")
        if wish.look:
            wish.look.mkdir(parents=True, exist_ok=True)
            picture(number.split).save(wish.look / f"{path.stem}.png")


def measure(wish: argparse.Namespace) -> None:
    from engines.digits.kit.cnn.reading import SplitReader
    from engines.digits.kit.cnn.strings import measured

    for line in measured(SplitReader(wish.model), wish.count):
        print(line)


if __name__ == "__main__":
    sys.exit(main())
