"""How a sheet of paper lies before a camera or on a scanner's glass: pure geometry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engines import Box, Polygon

Floats = npt.NDArray[np.float64]
Point = tuple[float, float]
STEPS = 12  # of the fixed point: a bend moves its neighbours by a few per cent at most


@dataclass(frozen=True)
class Curl:
    """A cylinder of paper over the table: its height is smooth along one direction.

    ``size`` is the page's; ``height`` (in page heights) the most that the paper rises;
    ``foot`` the point of the page right below the camera; ``shape`` the weights of the
    terms of the height.
    """

    size: tuple[int, int]
    angle: float = 0.0
    height: float = 0.0
    foot: Point = (0.0, 0.0)
    shape: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    DISTANCE = 1.8  # of the camera, in page heights: the page fills a phone's view

    def along(self, points: Floats) -> Floats:
        """-1..1 across the page, in the direction in which the height changes."""
        centred = points / np.array(self.size) * 2 - 1
        way = np.array([np.cos(self.angle), np.sin(self.angle)])
        return np.asarray(centred @ way / np.abs(way).sum())

    def rise(self, u: Floats) -> Floats:
        a, b, c, d = self.shape
        bow = a * u**2 + b * u**3 + c * np.sin(np.pi * u) + d * np.cos(1.5 * np.pi * u)
        return np.asarray(self.height * bow)

    def slope(self, points: Floats) -> Floats:
        """How steeply the paper rises there: what makes one side of a wave darker."""
        u, step = self.along(points), 0.01
        return (self.rise(u + step) - self.rise(u - step)) / (2 * step)

    def shift(self, points: Floats) -> Floats:
        """What stands nearer to the camera is seen farther from the point below it."""
        z = self.rise(self.along(points))
        away = points - np.array(self.foot)
        return np.asarray(away * (z / (self.DISTANCE - z))[:, None])


@dataclass(frozen=True)
class View:
    """The whole way of a page's points to the capture's: curl first, then the plane.

    Points are continuous: the centre of the first pixel is (0.5, 0.5).
    """

    curl: Curl
    plane: Floats  # 3x3

    def carry_all(self, points: Floats) -> Floats:
        return projected(points + self.curl.shift(points), self.plane)

    def back(self, points: Floats) -> Floats:
        """The page's points that these of the capture show."""
        flat = projected(points, np.linalg.inv(self.plane))
        found = flat
        for _ in range(STEPS):
            found = flat - self.curl.shift(found)
        return found

    def carry(self, point: Point) -> Point:
        x, y = self.carry_all(np.array([point]))[0]
        return float(x), float(y)

    def carry_box(self, box: Box) -> Polygon:
        first, second, third, fourth = (self.carry(corner) for corner in box.polygon)
        return first, second, third, fourth


def projected(points: Floats, plane: Floats) -> Floats:
    carried = np.column_stack([points, np.ones(len(points))]) @ plane.T
    return np.asarray(carried[:, :2] / carried[:, 2:])


def turned(degrees: float) -> Floats:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])


def moved(across: float, down: float) -> Floats:
    return np.array([[1, 0, across], [0, 1, down], [0, 0, 1]], dtype=float)


def scaled(across: float, down: float) -> Floats:
    return np.diag([across, down, 1.0])


def keystone(size: tuple[int, int], across: float, down: float) -> Floats:
    """Lean the page away about its centre: one edge is as
    much shorter as the other is longer, so that they differ by twice the share."""
    width, height = size
    lean = np.eye(3)
    lean[2, :2] = 2 * across / width, 2 * down / height
    return np.asarray(lean @ moved(-width / 2, -height / 2))


def border(size: tuple[int, int], steps: int = 20) -> Floats:
    """Points all along the edge of a page."""
    width, height = size
    t = np.linspace(0, 1, steps)
    zero, one = np.zeros(steps), np.ones(steps)
    sides = [(t, zero), (one, t), (t, one), (zero, t)]
    return np.concatenate([np.column_stack(side) for side in sides]) * (width, height)
