"""How a capture looks: desk, light, blur, noise, the contrast of a copy. Pixels only.

Pixels are float32 RGB, 0..255; sizes are (width, height).
"""

from __future__ import annotations

import io

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from tests.invoices.sheets import Floats, View

Pixels = npt.NDArray[np.float32]
Size = tuple[int, int]
GRID = 16  # pixels between the points whose mapping is computed; smooth in between
WOODS = ((150, 111, 74), (96, 68, 48), (196, 164, 124))
PLAINS = ((52, 54, 60), (120, 122, 118), (206, 202, 194), (60, 82, 98))


def lying(
    page: Image.Image, view: View, size: Size, ground: Pixels, scale: float
) -> Pixels:
    """*page* as *view* shows it, on the *ground*, with the shadow of its edge."""
    source = np.asarray(page, dtype=np.float32)
    if scale < 1:  # a lens averages what one pixel covers
        source = cv2.GaussianBlur(source, (0, 0), 0.45 * np.sqrt(1 / scale**2 - 1))
    across, down = full_map(view, size)
    how = cv2.INTER_CUBIC
    shown = cv2.remap(source, across, down, how, borderMode=cv2.BORDER_REPLICATE)
    inside = np.ones(source.shape[:2], np.float32)
    mask = cv2.remap(inside, across, down, cv2.INTER_LINEAR)
    shadow = cv2.GaussianBlur(mask, (0, 0), max(2.0, size[0] * 0.004))
    dim = 1 - 0.35 * shadow
    ground = ground * dim[..., None]
    mask = mask[..., None]
    return np.asarray(np.clip(shown, 0, 255) * mask + ground * (1 - mask))


def full_map(view: View, size: Size) -> tuple[Pixels, Pixels]:
    """For each pixel of the capture the page's pixel it shows, by their indices."""
    nodes, shape = grid(size)
    page = view.back(nodes) - 0.5
    maps = []
    for axis in (0, 1):
        coarse = page[:, axis].reshape(shape).astype(np.float32)
        maps.append(spread(coarse, size))
    return maps[0], maps[1]


def grid(size: Size) -> tuple[Floats, tuple[int, int]]:
    """Points every GRID pixels, row by row (continuous), and the grid's shape."""
    xs = np.arange(0, size[0] + 2 * GRID, GRID, dtype=float)
    ys = np.arange(0, size[1] + 2 * GRID, GRID, dtype=float)
    across, down = np.meshgrid(xs, ys)
    return np.column_stack([across.ravel(), down.ravel()]), across.shape


def spread(coarse: Pixels, size: Size) -> Pixels:
    """The values of ``grid`` at the centre of every pixel, linearly between."""
    xs = (np.arange(size[0], dtype=np.float32) + 0.5) / GRID
    ys = (np.arange(size[1], dtype=np.float32) + 0.5) / GRID
    left, top = xs.astype(int), ys.astype(int)
    right, low = xs - left, (ys - top)[:, None]
    upper = coarse[top] * (1 - low) + coarse[top + 1] * low
    whole = upper[:, left] * (1 - right) + upper[:, left + 1] * right
    return np.asarray(whole, np.float32)


def desk(size: Size, random: np.random.Generator) -> Pixels:
    """Wood with its grain, or a plain cloth or plate."""
    if random.random() < 0.5:
        colour, grain = WOODS[random.integers(len(WOODS))], (2.0, 60.0)
        depth = 12.0
    else:
        colour, grain = PLAINS[random.integers(len(PLAINS))], (1.5, 1.5)
        depth = 8.0
    small = (max(8, size[0] // 2), max(8, size[1] // 2))
    waves = random.normal(0, 1, small[::-1]).astype(np.float32)
    waves = cv2.GaussianBlur(waves, (0, 0), sigmaX=grain[1], sigmaY=grain[0])
    waves = cv2.resize(waves / (waves.std() + 1e-6), size)
    return np.asarray(np.float32(colour) + depth * waves[..., None])


def lid(size: Size, random: np.random.Generator) -> Pixels:
    """What a scanner sees beside the sheet: mostly white, sometimes dark."""
    level = random.choice([40.0, 235.0, 250.0, 255.0])
    return np.full((size[1], size[0], 3), level, np.float32)


def shading(view: View, size: Size, random: np.random.Generator) -> Pixels:
    """One side of a wave in the paper turns to the light, the other away from it."""
    nodes, shape = grid(size)
    slope = view.curl.slope(np.clip(view.back(nodes), 0, view.curl.size))
    strength = random.uniform(-2.0, 2.0)
    coarse = np.clip(1 + strength * slope, 0.8, 1.1).reshape(shape)
    return spread(coarse.astype(np.float32), size)[..., None]


def light(size: Size, random: np.random.Generator) -> Pixels:
    """A lamp from one side, a darker rim, a soft shadow of a hand, a tint."""
    x, y = np.meshgrid(np.linspace(-1, 1, 64), np.linspace(-1, 1, 64))
    angle = random.uniform(0, 2 * np.pi)
    falling = (x * np.cos(angle) + y * np.sin(angle)) / np.sqrt(2)
    field = 1 - random.uniform(0, 0.25) * (1 + falling) / 2
    field *= 1 - random.uniform(0, 0.12) * (x**2 + y**2) / 2
    if random.random() < 0.5:
        side = random.uniform(0, 2 * np.pi)
        reach = x * np.cos(side) + y * np.sin(side) + 0.3 * np.sin(2 * (x - y))
        edge = 1 / (1 + np.exp(-(reach - random.uniform(0.2, 1.0)) / 0.08))
        field *= 1 - random.uniform(0.1, 0.35) * edge
    field *= random.uniform(0.82, 1.0)
    tint = 1 + random.uniform(-0.05, 0.05, 3)
    whole = cv2.resize(field.astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    return np.asarray(whole[..., None] * tint.astype(np.float32))


def blurred(pixels: Pixels, random: np.random.Generator, blur: float) -> Pixels:
    """Out of focus, and sometimes a hand that moved: wider where pixels are finer."""
    sharp = cv2.GaussianBlur(pixels, (0, 0), random.uniform(0.3, 0.9) * blur)
    if random.random() < 0.35:
        length = random.uniform(1.0, 3.0) * blur
        sharp = cv2.filter2D(sharp, -1, motion(length, random.uniform(0, np.pi)))
    return np.asarray(sharp)


def motion(length: float, angle: float) -> Pixels:
    """The trace of a point while the shutter was open, as a kernel."""
    half = int(np.ceil(length / 2)) + 1
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    for t in np.linspace(-length / 2, length / 2, 41):
        column, row = half + t * np.cos(angle), half + t * np.sin(angle)
        left, top = int(column), int(row)
        right, low = column - left, row - top
        kernel[top, left] += (1 - right) * (1 - low)
        kernel[top, left + 1] += right * (1 - low)
        kernel[top + 1, left] += (1 - right) * low
        kernel[top + 1, left + 1] += right * low
    return kernel / kernel.sum()


def noise(size: Size, random: np.random.Generator, most: float) -> Pixels:
    """Of the sensor: mostly in brightness, less in colour."""
    shape = (size[1], size[0])
    level = random.uniform(0.5, most)
    grey = random.standard_normal(shape, dtype=np.float32)[..., None]
    colour = random.standard_normal((*shape, 3), dtype=np.float32)
    return np.asarray(level * (0.9 * grey + 0.4 * colour))


def copied(pixels: Pixels, random: np.random.Generator) -> Pixels:
    """Some scans are of a second copy: grey, harder or paler, with specks."""
    if random.random() < 0.5:
        return pixels
    grey = pixels @ np.float32([0.299, 0.587, 0.114])
    grey = cv2.GaussianBlur(grey, (0, 0), random.uniform(0.5, 0.9))
    steep, middle = random.uniform(0.9, 1.6), random.uniform(120, 160)
    hard = 255 / (1 + np.exp(-(grey - middle) * steep * 4 / 255))
    pale = random.uniform(0, 60) + hard * random.uniform(0.8, 1.0)
    specks = random.random(grey.shape, dtype=np.float32) < 0.00005
    dirt = cv2.dilate(specks.astype(np.float32), np.ones((2, 2)))
    pale = np.minimum(pale, 255 - 170 * dirt)
    return np.asarray(np.repeat(pale[..., None], 3, axis=2), dtype=np.float32)


def jpeg(pixels: Pixels, quality: int) -> Image.Image:
    """Through JPEG and back."""
    whole = np.clip(np.rint(pixels), 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(whole).save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")
