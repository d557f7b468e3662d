"""Pictures through Pillow: opened by their true type, decoded whole, made RGB."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from os import SEEK_CUR
from pathlib import Path

from PIL import Image, ImageOps

from engines.errors import BrokenFile, FileError, TooLarge
from engines.images.kinds import RASTERS
from engines.types import Limits

WHITE = (255, 255, 255, 255)
REDUCED = 1  # the bit of a TIFF frame that is a smaller copy of another one
SUBFILE_TYPE = 254
ORIENTATION = 274
PNG_MARK = 8  # bytes
# Cameras and editors write 72 or 96 when they do not know.
BELIEVABLE_DPI = range(100, 1201)


def page_sizes(
    path: Path, media_type: str, limits: Limits
) -> tuple[tuple[int, int], ...]:
    """The upright size of each page; every one of them is decoded."""
    with _opened(path, media_type) as image:
        frames = _frames(image, media_type, limits.max_pages)
        if len(frames) > limits.max_pages:
            raise TooLarge(
                f"The file has more than {limits.max_pages:,} pages. "
                "Split it and upload the parts."
            )
        return tuple(_checked_size(image, frame, limits) for frame in frames)


def load(path: Path, media_type: str, number: int) -> tuple[Image.Image, int | None]:
    """Page *number* in upright RGB, and its dpi if the file knows it."""
    with _opened(path, media_type) as image:
        frames = _frames(image, media_type, number)
        if number > len(frames):
            raise FileError(f"The file has no page {number}.")
        image.seek(frames[number - 1])
        image.load()
        upright = ImageOps.exif_transpose(image)
        return to_rgb(upright), _dpi(image)


def orientation(path: Path, media_type: str, number: int) -> int:
    """How page *number* was held, as EXIF notes it (1..8); no pixel is decoded."""
    with _opened(path, media_type) as image:
        frames = _frames(image, media_type, number)
        if number > len(frames):
            raise FileError(f"The file has no page {number}.")
        image.seek(frames[number - 1])
        if media_type == "image/png":
            # Pillow would decode the whole picture to see what comes after it.
            image.info.setdefault("exif", _png_exif(path))
        noted = image.getexif().get(ORIENTATION)
    return noted if isinstance(noted, int) and 1 <= noted <= 8 else 1


def turn(image: Image.Image, quarters: int) -> Image.Image:
    """*image* turned clockwise by *quarters* times 90 degrees."""
    ways = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180)
    way = (*ways, Image.Transpose.ROTATE_90)[quarters % 4]
    return image if way is None else image.transpose(way)


def to_rgb(image: Image.Image) -> Image.Image:
    """*image* as a reader sees it on white paper, 8 bits a channel."""
    if image.mode.startswith(("I", "F")):
        image = _eight_bits(image)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, WHITE)
        image = Image.alpha_composite(paper, image)
    return image.convert("RGB")


@contextmanager
def _opened(path: Path, media_type: str) -> Iterator[Image.Image]:
    """The picture, with whatever its decoder throws turned into our words."""
    if media_type == "image/heic":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    try:
        # Of a file that it opens itself, Pillow 13 maps plain grey TIFFs into memory,
        # and garbles those that EXIF turns by a quarter.
        with path.open("rb") as file, Image.open(file, "r", RASTERS[media_type]) as it:
            yield it
    except FileError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLarge(
            "The picture has too many pixels. Save it smaller and upload it again."
        ) from error
    except MemoryError:
        raise
    except Exception as error:  # decoders fail in every way there is
        raise BrokenFile(
            "The picture is damaged or cut short. Save or scan it again."
        ) from error


def _frames(image: Image.Image, media_type: str, at_most: int) -> list[int]:
    """The indices of the pages among the frames, at most one too many.

    Only a TIFF has pages. The frames of an animation, the previews of a photo and the
    smaller copies inside a TIFF are not pages.
    """
    if media_type != "image/tiff":
        return [0]
    frames = []
    for index in count():
        # Asking for the number of frames first would walk the whole file.
        try:
            image.seek(index)
        except EOFError:
            break
        if not getattr(image, "tag_v2", {}).get(SUBFILE_TYPE, 0) & REDUCED:
            frames.append(index)
        if len(frames) > at_most:
            break
    return frames


def _checked_size(image: Image.Image, frame: int, limits: Limits) -> tuple[int, int]:
    image.seek(frame)
    width, height = image.size
    if width * height > limits.max_pixels:
        raise TooLarge(
            f"The picture has {width:,} × {height:,} pixels; at most "
            f"{limits.max_pixels // 10**6} million can be read. "
            "Save it smaller and upload it again."
        )
    image.load()
    return ImageOps.exif_transpose(image).size


def _eight_bits(image: Image.Image) -> Image.Image:
    """A deep grey picture in 8 bits; its own brightest value tells how deep it is."""
    import numpy as np

    values = np.nan_to_num(np.asarray(image, dtype=np.float32))
    brightest = max(float(values.max(initial=0)), 1.0)
    depth = next(top for top in (1, 255, 1023, 4095, float("inf")) if brightest <= top)
    top = max(brightest, 65535) if depth == float("inf") else depth
    return Image.fromarray((values.clip(0, top) * (255 / top)).astype(np.uint8))


def _png_exif(path: Path) -> bytes:
    """What the first chunk of the type eXIf holds (PNG 1.5 extensions, 3.7)."""
    with path.open("rb") as file:
        file.seek(PNG_MARK)
        while len(head := file.read(8)) == 8:
            size, kind = int.from_bytes(head[:4]), head[4:]
            if kind == b"eXIf":
                return file.read(size)
            file.seek(size + 4, SEEK_CUR)  # its checksum, too
    return b""


def _dpi(image: Image.Image) -> int | None:
    try:
        dpi = round(float(image.info["dpi"][0]))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return dpi if dpi in BELIEVABLE_DPI else None
