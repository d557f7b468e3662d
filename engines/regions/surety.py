"""How sure a reading is, as a share of right ones: a small logistic model by kind."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log

from engines.roi import Kind

Details = Mapping[str, float]

GROUPS: Mapping[Kind, str] = {
    "text": "text",
    "code": "text",
    "amount": "number",
    "integer": "number",
    "digits": "number",
    "date": "date",
}
# Per group: the weight of each input, see ``inputs``.
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "text": {"one": -1.0, "mean": 0.8, "weakest": 0.8, "place": 1.0},
    "number": {"one": -2.0, "mean": 0.8, "weakest": 0.8, "agreed": 1.5, "place": 1.0},
    "date": {"one": -2.0, "mean": 0.8, "weakest": 0.8, "agreed": 1.5, "place": 1.0},
}
LEAST_DOUBT = 0.002  # no engine is surer than that
BLANK = 0.99  # a place without ink, where the place itself is sure
MOST = 0.999


def surety(kind: Kind, details: Details) -> float:
    """The share of readings with such *details* that are right."""
    values = inputs(details)
    weights = WEIGHTS[GROUPS[kind]]
    total = sum(weight * values[name] for name, weight in weights.items())
    return min(MOST, 1 / (1 + exp(-total)))


def inputs(details: Details) -> dict[str, float]:
    """What the model weighs, made of a reading's details."""
    return {
        "one": 1.0,
        "mean": -log(LEAST_DOUBT + 1 - details["mean"]) / 2,
        "weakest": -log(LEAST_DOUBT + 1 - details["weakest"]) / 2,
        "agreed": details["agreed"],
        "place": min(details["registration"], details["placement"]),
        "cut": details["cut"],
    }
