"""Lines to learn from, as Tesseract wants them: drawn, boxed, and in its own format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from engines.digits.kit.fonts import Face, faces
from engines.digits.kit.samples import make_sample
from engines.digits.kit.tesseract.plan import Lot
from engines.digits.kit.tesseract.programs import run
from engines.tesseract import RAW_LINE, RAW_MARGIN, framed

HEIGHT = 36  # of the network's input: Tesseract would scale each line to it, each time
PAGES = 500  # lines a file
SEEDS = 200 * PAGES  # for each file, as lines that are too long are left out
LONGEST = 1200  # pixels; a wider line is print that was worn beyond its frame


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line at the height of the network's input, and the symbols on it."""

    image: Image.Image
    text: str


def prepared(lot: Lot, folder: Path) -> Iterator[Path]:
    """The files of *lot* in *folder*; those that are there are not made again.

    Raises:
        FontsMissing: too few fonts are installed.
        EngineError: Tesseract refused the lines.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for part in range(ceil(lot.number / PAGES)):
        number = min(PAGES, lot.number - part * PAGES)
        target = folder / f"{lot.name}-{part:03}-{number}.lstmf"
        if not target.exists():
            make(lot, part, number, target)
        yield target


def make(lot: Lot, part: int, number: int, target: Path) -> None:
    """Draw *number* lines, the *part*-th file of *lot*."""
    with TemporaryDirectory(dir=target.parent) as folder:
        stem = Path(folder) / "lines"
        write_pages(list(islice(drawn(lot, part), number)), stem)
        mode = str(RAW_LINE)
        run(
            *("tesseract", "lines.tif", "lines", "--psm", mode, "lstm.train"),
            folder=Path(folder),
        )
        stem.with_suffix(".lstmf").replace(target)


def drawn(lot: Lot, part: int = 0) -> Iterator[Drawn]:
    """Lines of *lot* without end, cut as the engine cuts what it reads."""
    plain = tuple(face for face in faces("train") if not face.is_display)
    for seed in count(lot.first + part * SEEDS):
        line = line_of(seed, lot, plain)
        if line and len(line.text) <= lot.longest:
            yield line


def line_of(seed: int, lot: Lot, only: tuple[Face, ...]) -> Drawn | None:
    """The line of *seed*; None where nothing is left to see."""
    sample = make_sample(seed, "train", lot.level, "strings", lot.script, only)
    found = framed(sample.image, RAW_MARGIN)
    if found is None:
        return None
    image = found[0]
    width = round(image.width * HEIGHT / image.height)
    if not 0 < width <= LONGEST:
        return None
    size = (width, HEIGHT)
    return Drawn(image.resize(size, Image.Resampling.LANCZOS), sample.text)


def write_pages(lines: Sequence[Drawn], stem: Path) -> None:
    """Write *stem*.tif, a page a line, and *stem*.box beside it."""
    first, *others = [line.image for line in lines]
    tif = stem.with_suffix(".tif")
    first.save(tif, save_all=True, append_images=others, compression="tiff_lzw")
    boxes = "".join(boxed(line, page) for page, line in enumerate(lines))
    stem.with_suffix(".box").write_text(boxes, encoding="utf-8")


def boxed(line: Drawn, page: int) -> str:
    """The two rows of a line on *page*: its text, and the tab that ends it."""
    place = f"0 0 {line.image.width} {line.image.height} {page}"
    return f"WordStr {place} #{line.text}\n\t {place}\n"
