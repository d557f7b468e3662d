"""From how sure the network is to how often it is right: a table beside the weights.

Fitted on crops that the network was not trained on, by isotonic regression (Ayer et al.
1955: pool adjacent violators); between its steps, lines.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE = "calibration.json"
LEAST = 50  # symbols to a step of the table: fewer tell nothing of a share


@dataclass(frozen=True, slots=True)
class Calibration:
    """Pairs of what the network says and which share of that is right, both rising."""

    said: tuple[float, ...]
    right: tuple[float, ...]

    def of(self, chance: float) -> float:
        """The share of symbols said with *chance* that are right."""
        place = bisect_right(self.said, chance)
        if place == 0:
            return self.right[0]
        if place == len(self.said):
            return self.right[-1]
        low, high = self.said[place - 1 : place + 1]
        part = (chance - low) / (high - low)
        return self.right[place - 1] * (1 - part) + self.right[place] * part


AS_IT_IS = Calibration((0.0, 1.0), (0.0, 1.0))


def load_calibration(folder: Path) -> Calibration:
    """The table beside the weights in *folder*; without one they are taken at their
    word."""
    try:
        table = json.loads((folder / FILE).read_text(encoding="utf-8"))
        said, right = (
            tuple(map(float, table["said"])),
            tuple(map(float, table["right"])),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return AS_IT_IS
    return Calibration(said, right) if 1 < len(said) == len(right) else AS_IT_IS


def save_calibration(calibration: Calibration, folder: Path) -> None:
    table = {
        "said": [round(value, 5) for value in calibration.said],
        "right": [round(value, 5) for value in calibration.right],
    }
    (folder / FILE).write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def fit(said: Sequence[float], right: Sequence[bool]) -> Calibration:
    """The rising table that fits best what was *said* to whether it was *right*."""
    pooled: list[_Step] = []
    for step in _steps(sorted(zip(said, right, strict=True))):
        pooled.append(step)
        while len(pooled) > 1 and pooled[-2].share >= pooled[-1].share:
            last = pooled.pop()
            pooled[-1] = pooled[-1].with_(last)
    points = {0.0: 0.0, **{step.mean: step.share for step in pooled}}
    points[1.0] = max(points.values())
    return Calibration(tuple(points), tuple(points.values()))


def _steps(pairs: Sequence[tuple[float, bool]]) -> Iterator[_Step]:
    """*pairs* in parts of LEAST or more, what was said alike in one of them."""
    start = 0
    for end in range(1, len(pairs) + 1):
        is_last = end == len(pairs)
        if is_last or (end - start >= LEAST and pairs[end][0] != pairs[end - 1][0]):
            yield _Step.of(pairs[start:end])
            start = end


@dataclass(frozen=True, slots=True)
class _Step:
    """Neighbours in what was said, taken together."""

    said: float
    right: int
    count: int

    @classmethod
    def of(cls, pairs: Sequence[tuple[float, bool]]) -> _Step:
        said = sum(min(chance, 0.999999) for chance, _ in pairs)
        return cls(said, sum(is_right for _, is_right in pairs), len(pairs))

    @property
    def mean(self) -> float:
        return self.said / self.count

    @property
    def share(self) -> float:
        # Laplace's rule: of fifty right ones out of fifty nobody knows the next.
        return (self.right + 1) / (self.count + 2)

    def with_(self, other: _Step) -> _Step:
        return _Step(
            self.said + other.said, self.right + other.right, self.count + other.count
        )
