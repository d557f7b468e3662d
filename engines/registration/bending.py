"""The smooth field by which a curled sheet departs from its plane."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.registration.types import Bend, terms

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Plane = NDArray[np.float64]

NOISE = 0.6  # pixels (of 100 dpi) to which a mark's place is known
CURLED = 8.0  # pixels by which marks of a curled sheet may miss its plane
NEAR = 2.5  # pixels from which a mark says nothing about the field of the others
STEP = 16  # pixels between the nodes of the field when a picture is bent
# How large each of ``terms`` may be in pixels before the marks must insist: the plane's
# own are free, curl is as much as a centimetre, ripples are less.
LIKELY = np.array([20.0] * 3 + [15.0] * 3 + [10.0] * 4 + [6.0] * 2)
# Shapes of paper by the ``terms`` they take: flat, rolled about an upright axis, about
# a level one, and any. Each term must be earned by marks that agree only with it, lest
# columns that the layout itself has moved should look like curl.
SHAPES = (
    (0, 1, 2),
    (0, 1, 2, 3, 6, 10),
    (0, 1, 2, 5, 9, 11),
    tuple(range(len(LIKELY))),
)
PRICE = 0.6  # marks that one more term must win


def field_of(
    ours: Floats, shifts: Floats, sure: Floats, shape: tuple[int, ...]
) -> Bend:
    """The likeliest bend under which marks at *ours* are shifted by *shifts*.

    *sure* is the weight of each; those that miss the field lose their say.
    """
    height, width = shape[:2]
    basis = _basis(ours, width, height)
    best, most = np.zeros((basis.shape[1], 2)), -np.inf
    for terms_taken in SHAPES:
        factors = _fitted(basis, shifts, sure, terms_taken)
        missed = np.linalg.norm(shifts - basis @ factors, axis=1) / NEAR
        won = float(np.maximum(1 - missed**2, 0).sum()) - PRICE * len(terms_taken)
        if won > most:
            best, most = factors, won
    across, down = (tuple(float(x) for x in side) for side in best.T)
    return Bend(float(width), float(height), across, down)


def _fitted(
    basis: NDArray[np.float64], shifts: Floats, sure: Floats, taken: tuple[int, ...]
) -> NDArray[np.float64]:
    """Least squares, again and again, with fewer and fewer outliers (Tukey)."""
    columns = np.asarray(basis[:, taken], np.float64)
    likely = np.diag((NOISE / LIKELY[list(taken)]) ** 2)
    weights = sure.astype(np.float64)
    factors = np.zeros((len(taken), 2), np.float64)
    for near in (2 * CURLED, CURLED, 6.0, 5.0, 4.0, 3.0, NEAR, NEAR, NEAR):
        weighted = columns * weights[:, None]
        normal = weighted.T @ columns + likely
        factors = np.asarray(np.linalg.solve(normal, weighted.T @ shifts), np.float64)
        missed = np.linalg.norm(shifts - columns @ factors, axis=1) / near
        weights = sure * np.maximum(1 - missed**2, 0) ** 2
    whole = np.zeros((basis.shape[1], 2))
    whole[list(taken)] = factors
    return whole


def unbent(plane: Plane, bend: Bend) -> tuple[Plane, Bend | None]:
    """The same, with what is flat of *bend* taken into *plane*."""
    if any(bend.across[3:] + bend.down[3:]):
        return plane, bend
    wide, high = 2 / bend.width, 2 / bend.height
    rows = []
    for one, x, y in (bend.across[:3], bend.down[:3]):
        rows.append([x * wide, y * high, one - x - y])
    return plane @ (np.eye(3) + np.array([*rows, [0, 0, 0]])), None


def bent(bend: Bend | None, points: Floats) -> Floats:
    if bend is None:
        return points
    basis = _basis(points, bend.width, bend.height)
    shifts = basis @ np.array([bend.across, bend.down]).T
    return np.asarray(points + shifts, np.float32)


def _basis(points: Floats, width: float, height: float) -> NDArray[np.float64]:
    x, y = 2 * points[:, 0] / width - 1, 2 * points[:, 1] / height - 1
    columns = terms(x, y)  # type: ignore[arg-type]  # what holds for numbers holds here
    return np.stack([np.broadcast_to(c, x.shape) for c in columns], axis=1).astype(
        np.float64
    )


def laid_over(
    page: Pixels, plane: Plane, bend: Bend | None, shape: tuple[int, ...]
) -> Pixels:
    """*page* as the reference's frame, of *shape*, sees it."""
    height, width = shape[:2]
    if bend is None:
        straight = cv2.warpPerspective(
            page,
            plane,
            (width, height),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(straight, np.uint8)
    xs = np.linspace(0, width - 1, -(-width // STEP) + 1)
    ys = np.linspace(0, height - 1, -(-height // STEP) + 1)
    nodes = np.stack(np.meshgrid(xs, ys), axis=-1).astype(np.float32)
    there = carried(plane, bent(bend, nodes.reshape(-1, 2))).reshape(nodes.shape)
    whole = _between_nodes(there, width, height)
    return np.asarray(_looked_up(page, whole), np.uint8)


def _between_nodes(nodes: Floats, width: int, height: int) -> Floats:
    """Every pixel's place, from nodes of which the outer ones lie on the border."""
    rows, columns = nodes.shape[:2]
    x = np.linspace(0, columns - 1, width, dtype=np.float32)
    y = np.linspace(0, rows - 1, height, dtype=np.float32)
    grid_x, grid_y = np.meshgrid(x, y)
    return _looked_up(nodes, np.stack([grid_x, grid_y], axis=-1))


def _looked_up(picture: Pixels | Floats, places: Floats) -> Floats:
    across, down = places[..., 0], places[..., 1]
    found = cv2.remap(
        picture, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(found, np.float32)


def carried(plane: Plane, points: Floats) -> Floats:
    if not len(points):
        return points
    moved = cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(np.float64), plane)
    return np.asarray(moved, np.float32).reshape(-1, 2)
