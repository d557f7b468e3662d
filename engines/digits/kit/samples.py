"""One crop and what is printed on it, made from a seed: the same one each time."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

import numpy as np
from PIL import Image

from engines.digits.alphabet import Script, in_symbols
from engines.digits.kit.drawing import Piece, Setting, set_line
from engines.digits.kit.fonts import Face, faces
from engines.digits.kit.strings import DIGITS, in_digits, number_string
from engines.digits.kit.textures import blank_crop
from engines.digits.kit.variety import DOTS, sizes_of, varied
from engines.digits.kit.wear import LEVELS, worn
from engines.digits.kit.words import arabic_phrase, latin_phrase

Wish = Literal["strings", "cells", "lines", "letters", "blank"]
WISHES: tuple[Wish, ...] = ("strings", "cells", "lines", "letters", "blank")
SCRIPTS: tuple[Script, ...] = ("arabic", "persian", "western")
SHARES = (0.45, 0.12, 0.43)
LATIN_FACES = 0.6  # of Western numbers, that come from faces without Arabic


@dataclass(frozen=True, slots=True)
class Sample:
    """A crop (mode L) and its text in visual order, in the symbols of the alphabet."""

    image: Image.Image
    text: str
    script: Script
    face: Face | None = None


def make_sample(
    seed: int,
    split: str = "train",
    level: str = "medium",
    wish: Wish = "strings",
    script: Script | None = None,
    only: tuple[Face, ...] = (),
) -> Sample:
    """The sample of *seed*; *only* narrows the faces that the digits are drawn from.

    Raises:
        FontsMissing: too few fonts are installed.
    """
    random = Random(f"{seed} {split} {level} {wish}")
    lot = np.random.default_rng(random.getrandbits(64))
    chosen: Script = script or random.choices(SCRIPTS, SHARES)[0]
    if wish == "blank":
        return Sample(Image.fromarray(blank_crop(lot)), "", chosen)
    setting = setting_for(random, split, level, chosen, only)
    pieces = pieces_for(random, wish, chosen)
    ink = set_line(random, pieces, setting)
    if split == "train":
        ink = varied(lot, ink, setting.digit)
    pixels = worn(lot, ink, LEVELS[level], setting.digit)
    text = in_symbols("".join(piece.text for piece in in_runs(pieces)))
    return Sample(Image.fromarray(pixels), text, chosen, setting.face)


def setting_for(
    random: Random, split: str, level: str, script: Script, only: tuple[Face, ...]
) -> Setting:
    known = [face for face in only if script in face.scripts] or faces(split, script)
    plain = [face for face in known if "arabic" not in face.scripts]
    # Many Arabic faces took their Western digits over from the same two or three.
    is_plain = script == "western" and plain and random.random() < LATIN_FACES
    face = one_of_a_design(random, tuple(plain if is_plain else known))
    touching = 0.02 if level == "clean" else 0.12
    tracking = random.choice(
        (0.0, 0.0, random.uniform(0, 0.35), -random.uniform(0, touching))
    )
    return Setting(
        face,
        face if "letters" in face.scripts else random.choice(faces(split, "letters")),
        script,
        random.randint(*LEVELS[level].digit),
        tracking,
        random.uniform(0.35, 0.8),
        sizes_of(random, DIGITS[script] + DOTS) if split == "train" else {},
    )


def one_of_a_design(random: Random, known: tuple[Face, ...]) -> Face:
    """A design by lot, then a face of it: families with many weights count once."""
    design = random.choice(sorted({face.design for face in known}))
    return random.choice([face for face in known if face.design == design])


def pieces_for(random: Random, wish: Wish, script: Script) -> list[Piece]:
    if wish == "strings":
        return [Piece(number_string(random, script), "number")]
    if wish == "letters":
        return [words(random, script, 3) for _ in range(random.randint(1, 2))]
    if wish == "cells":
        pieces = [Piece(number_string(random, script), "number")]
        pieces.insert(random.randrange(2), words(random, script, 1))
        if random.random() < 0.2:
            pieces.append(words(random, script, 1))
        return pieces
    pieces = []
    are_notes = script != "western" and random.random() < 0.5
    make = note_mark if are_notes else inline_number
    most = 6 if random.random() < 0.3 else 3
    for _ in range(random.randint(1, 3)):
        pieces += [words(random, script, most), make(random, script)]
    return pieces[random.randrange(2) :] if len(pieces) > 2 else pieces


def words(random: Random, script: Script, most: int) -> Piece:
    is_arabic = random.random() < (0.25 if script == "western" else 0.6)
    if is_arabic:
        return Piece(arabic_phrase(random, most), "arabic")
    return Piece(latin_phrase(random, most), "latin")


def inline_number(random: Random, script: Script) -> Piece:
    """A number as it stands in a sentence or a note: mostly short, often bracketed."""
    lot = random.random()
    if lot < 0.35:
        text = number_string(random, script)
    else:
        text = in_digits(str(random.randrange(10 ** random.randint(1, 4))), script)
        if lot < 0.55:
            text = f"({text})"
        elif lot < 0.6:
            text = f"[{text}]"
        elif lot < 0.7:
            text = random.choice(
                (f"{text}/", f"/{text}", f"{text}:", f"{text}-", f"{text}.")
            )
    return Piece(text, "number")


def note_mark(random: Random, script: Script) -> Piece:
    """The number of a footnote: small, raised, mostly bracketed."""
    text = in_digits(str(random.randrange(10 ** random.choice((1, 1, 2)))), script)
    text = f"({text})" if random.random() < 0.85 else text
    return Piece(text, "number", random.uniform(0.35, 0.75))


def in_runs(pieces: list[Piece]) -> list[Piece]:
    """*pieces* with words as letters alone: a comma among words belongs to them."""
    return [
        piece
        if piece.kind == "number"
        else Piece("ع" if piece.kind == "arabic" else "A", piece.kind)
        for piece in pieces
    ]
