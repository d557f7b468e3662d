"""Pictures before a model sees them: made to fit, and none that show nothing."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from engines.errors import EngineError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

LONGEST = 1728  # pixels of the longest side, where nobody wishes otherwise
THINNEST = 200  # how many times longer than wide a picture may be

# Blank pages: pixels of the copy that is looked at, levels of grey of 256.
SEEN_AT = 1200
NEAR = 31
QUIET = 75  # percent of the pixels are noise at most
NOISY = 4.0
CONTRAST = (6, 30)  # what stands out has at least the first; the second is enough
SPECK = 5
PAGE = 200  # a smaller picture is a cutting, and its print reaches the border
FEW = 2  # a lone speck is no print


def fitted(image: Image.Image, max_side: int | None, max_pixels: int) -> Image.Image:
    """*image* with a longest side of *max_side* and *max_pixels* in all at most.

    None is LONGEST, 0 lifts the first limit alone. Nothing is ever enlarged.

    Raises:
        EngineError: it is a mere stripe.
    """
    from PIL import Image as Pillow

    longest, shortest = max(image.size), min(image.size)
    if longest >= THINNEST * shortest:
        raise EngineError("The picture is too narrow to be read. Cut it into parts.")
    side = LONGEST if max_side is None else max_side or longest
    scale = min(1.0, side / longest, sqrt(max_pixels / (longest * shortest)))
    if scale == 1.0:
        return image
    size = max(1, int(image.width * scale)), max(1, int(image.height * scale))
    return image.resize(size, Pillow.Resampling.LANCZOS, reducing_gap=3.0)


def is_blank(image: Image.Image) -> bool:
    """Whether nothing on *image* (RGB) could be print, writing or a picture.

    Looked for are pieces that stand out from their neighbourhood and from the noise of
    the page, however faint; shadows of a scan have soft edges or lie at its border.
    """
    import cv2
    import numpy as np

    from engines.ink import small_grey

    grey, _ = small_grey(image, SEEN_AT)
    darker = cv2.blur(grey, (NEAR, NEAR)).astype(np.int16) - grey
    noise = float(np.percentile(np.abs(darker), QUIET))
    enough = min(max(CONTRAST[0], NOISY * noise), CONTRAST[1])
    return _pieces(darker > enough) < FEW and _pieces(-darker > enough) < FEW


def _pieces(ink: NDArray[np.bool_]) -> int:
    """How many pieces larger than a speck there are that, on a page,
    do not touch the border."""
    import cv2
    import numpy as np

    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    left, top, width, height, area = stats[1:].T
    seen = (np.maximum(width, height) >= SPECK) & (area >= SPECK)
    rows, columns = ink.shape
    if min(rows, columns) >= PAGE:
        seen &= (left > 1) & (left + width < columns - 1)
        seen &= (top > 1) & (top + height < rows - 1)
    return int(seen.sum())
