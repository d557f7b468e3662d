"""A page without its print: the paper goes on under it, and its ink is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engines.exports.drawn import Run

if TYPE_CHECKING:
    from PIL import Image

Colour = tuple[int, int, int]

COARSE = 800  # pixels of the longest side on which paper is made up: it has no details
BEYOND = 0.2  # of a line's height: how far ink may reach out of its box
REACH = 3  # pixels, coarse, from which paper is taken
SPECK = 7  # pixels, coarse: what is thinner than half of it is no paper
SOFT = 1.5  # pixels of the seam
INK = 0.05  # of the pixels of a line, those least like paper: its strokes
LEGIBLE = 90  # of 255: the least difference in lightness of ink and paper
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def painted_out(image: Image.Image, lines: list[Run]) -> Image.Image:
    """*image* (RGB) with paper where its *lines* are (Telea 2004, on a coarse one)."""
    from PIL import Image, ImageFilter

    mask = mask_of(lines, image.size, 1)
    paper = coarse_paper(image, lines).resize(image.size, Image.Resampling.BICUBIC)
    seam = mask.filter(ImageFilter.GaussianBlur(SOFT))
    return Image.composite(paper, image, seam)


def ink_of(line: Run, image: Image.Image, paper: Image.Image) -> Colour:
    """The colour of the strokes of *line* on *image*, told apart by its bare *paper*;
    black or white where that could not be read."""
    import numpy as np

    box = _box(line, image.size)
    seen, bare = (_pixels(one.crop(box)) for one in (image, paper))
    if not seen.size:
        return BLACK
    unlike = np.abs(seen - bare).sum(axis=1)
    strokes = seen[unlike >= np.quantile(unlike, 1 - INK)]
    ground = np.median(bare, axis=0)
    red, green, blue = (int(value) for value in np.median(strokes, axis=0))
    if abs(lightness(red, green, blue) - lightness(*ground)) >= LEGIBLE:
        return red, green, blue
    return BLACK if lightness(*ground) > 127 else WHITE


def lightness(red: float, green: float, blue: float) -> float:
    """0..255, as in ITU-R 601."""
    return 0.299 * red + 0.587 * green + 0.114 * blue


def coarse_paper(image: Image.Image, lines: list[Run]) -> Image.Image:
    """A small picture of the paper alone."""
    import cv2
    import numpy as np
    from PIL import Image

    scale = min(1.0, COARSE / max(image.size))
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    small = image.resize(size, Image.Resampling.BOX)
    mask = np.asarray(mask_of(lines, size, scale))
    if mask.all():  # nothing shows what the paper is like but the print itself
        ground = np.median(np.asarray(small).reshape(-1, 3), axis=0)
        return Image.new("RGB", size, tuple(int(value) for value in ground))
    bare = cv2.medianBlur(np.asarray(small), SPECK)  # rules and dots would smear
    made = cv2.inpaint(bare, mask, REACH, cv2.INPAINT_TELEA)
    return Image.fromarray(made)


def mask_of(lines: list[Run], size: tuple[int, int], scale: float) -> Image.Image:
    """White where the *lines* are, on a picture so many times their page."""
    from PIL import Image, ImageDraw

    mask = Image.new("L", size)
    draw = ImageDraw.Draw(mask)
    for line in lines:
        far = BEYOND * line.height
        along, down = line.width / 2 + far, line.height / 2 + far
        corners = ((-along, -down), (along, -down), (along, down), (-along, down))
        places = [line.at(*corner) for corner in corners]
        draw.polygon([(x * scale, y * scale) for x, y in places], fill=255)
    return mask


def _box(line: Run, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The upright box around *line*, within a picture of that *size*."""
    along, down = line.width / 2, line.height / 2
    corners = ((-along, -down), (along, -down), (along, down), (-along, down))
    places = [line.at(*corner) for corner in corners]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    width, height = size
    left, right = (min(max(0, round(x)), width) for x in (min(xs), max(xs)))
    top, bottom = (min(max(0, round(y)), height) for y in (min(ys), max(ys)))
    return left, top, right, bottom


def _pixels(image: Image.Image) -> Any:
    import numpy as np

    return np.asarray(image, dtype=np.int16).reshape(-1, 3)
