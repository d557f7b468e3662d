"""The language before any training: the symbols, in the files that Tesseract wants."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engines.digits.alphabet import LATIN, LETTERS, SYMBOLS
from engines.digits.kit.tesseract.programs import run
from engines.errors import EngineError

# Numbers only: letters are for languages that know them.
CHARS = SYMBOLS.replace(LATIN, "").replace(LETTERS, "")


@dataclass(frozen=True, slots=True)
class Starter:
    """A language that can be trained, and how many classes its network tells apart."""

    traineddata: Path
    classes: int


def starter(name: str, folder: Path) -> Starter:
    """The untrained language *name*, made in *folder* where it is not there yet.

    Raises:
        EngineError: Tesseract's programs refused the symbols.
    """
    target = folder / name / f"{name}.traineddata"
    if not target.exists():
        write(name, folder)
    codes = sorted(target.parent.glob(f"{name}.charset_size=*.txt"))
    if not target.exists() or not codes:
        raise EngineError(f"combine_lang_model made no language in {folder}.")
    return Starter(target, int(codes[0].stem.rpartition("=")[2]))


def write(name: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    place = "0 0 10 10 0"
    boxes = f"WordStr {place} #{CHARS}\n\t {place}\n"
    (folder / "all.box").write_text(boxes, encoding="utf-8")
    # Strokes of Chinese; it must be there, and a remark is enough.
    (folder / "radical-stroke.txt").write_text("# none\n", encoding="utf-8")
    chars = f"{name}.unicharset"
    run(
        *("unicharset_extractor", "--output_unicharset", chars),
        *("--norm_mode", "1", "all.box"),
        folder=folder,
    )
    run(
        *("combine_lang_model", "--input_unicharset", chars, "--lang", name),
        *("--script_dir", ".", "--output_dir", "."),
        folder=folder,
    )
