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
# Per group: the weight of each input, see ``inputs``. What is believed before any data;
PRIOR: Mapping[str, Mapping[str, float]] = {
    group: {
        "one": -3.0,
        "weakest": 2.0,
        "mean": 0.5,
        "place": 3.0,
        "differs": -2.0,
        "odd": -2.0,
        "cut": -2.0,
        "grown": -4.0,
    }
    for group in ("text", "number", "date")
}
WEIGHTS = PRIOR
LEAST_DOUBT = 0.01  # of a character: beyond it readers do not know how sure they are
BLANK = 0.99  # a place without ink, where the place itself is sure
MOST = 0.998  # what the data can tell: no group had more wrong ones to learn from


def surety(kind: Kind, details: Details) -> float:
    """The share of readings with such *details* that are right."""
    values = inputs(details)
    weights = WEIGHTS[GROUPS[kind]]
    total = sum(weights[name] * value for name, value in values.items())
    return min(MOST, 1 / (1 + exp(-total)))


def inputs(details: Details) -> dict[str, float]:
    """What the model weighs, made of a reading's details."""
    return {
        "one": 1.0,
        "weakest": -log(LEAST_DOUBT + 1 - details["weakest"]),
        "mean": -log(LEAST_DOUBT + 1 - details["mean"]),
        "place": min(details["registration"], details["placement"]),
        "differs": details["differs"],
        "odd": details["odd"],
        "cut": details["cut"],
        "grown": max(0.0, details["grown"] - 1.0),
    }
