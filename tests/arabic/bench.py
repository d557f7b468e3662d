"""Auto without a click beside every manual choice: ``python -m tests.arabic.bench``.

With a folder of labelled pages (a truth.jsonl of "image" and "text") it reads those.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from time import process_time

from PIL import Image

from engines import Options, read_page
from engines.scoring import score
from tests.arabic.pages import Drawn, drawn_pages

AUTO = "auto, no click"
CHOICES = {
    AUTO: ("auto", ("eng",)),
    "auto, ara+eng": ("auto", ("ara", "eng")),
    "arabic": ("arabic", ("ara",)),
    "ppocr": ("ppocr", ("eng",)),
    "tesseract, ara+eng": ("tesseract", ("ara", "eng")),
}
WIDTH = 40
Scores = dict[str, float]  # by choice: the mean of words found and words right


def labelled(folder: Path) -> Iterator[Drawn]:
    for row in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        known = json.loads(row)
        with Image.open(folder / known["image"]) as image:
            yield Drawn(folder.name, "", image.convert("RGB"), known["text"])


def scores_of(page: Drawn) -> Scores:
    found = {}
    for choice, (engine, languages) in CHOICES.items():
        read = read_page(page.image, engine=engine, options=Options(languages), turn=0)
        result = score(read.text, page.text)
        found[choice] = (result.recall + result.precision) / 2
    return found


def shown(name: str, scores: Scores) -> str:
    best = max(scores[choice] for choice in scores if choice != AUTO)
    cells = "".join(f"{scores[choice]:>20.3f}" for choice in CHOICES)
    return f"{name:<{WIDTH}}{cells}{scores[AUTO] - best:>+10.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--faces", type=int, help="how many of the typefaces")
    parser.add_argument("--kinds", default="", help="kinds of pages, with commas")
    given = parser.parse_args()
    pages = [page for folder in given.folders for page in labelled(folder)]
    kinds: dict[str, list[Scores]] = defaultdict(list)
    started = process_time()
    for page in pages or drawn_pages(given.faces, given.kinds):
        scores = scores_of(page)
        kinds[page.kind].append(scores)
        print(shown(page.name, scores), flush=True)
    print(" " * WIDTH + "".join(f"{choice:>20}" for choice in CHOICES) + "   to best")
    kinds["all"] = [row for rows in kinds.values() for row in rows]
    for kind, rows in kinds.items():
        means = {choice: fmean(row[choice] for row in rows) for choice in CHOICES}
        print(shown(kind, means))
    print(f"{process_time() - started:.0f} s of CPU")


if __name__ == "__main__":
    main()
