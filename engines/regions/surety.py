"""How sure a reading is, as the share of right ones: a model of two small parts.

A value is right where the place is right and the print was read rightly: two chances,
each a logistic function of a few numbers. Fitted by
``tests/engines/regions/calibration.py`` on 2,319 fields of 36 invoices of 9 layouts, 25
of them wrong: as scanned, simulated scans and photos, and photos of 80 to 150 dpi,
where 22 of the wrong ones are. By weights that never saw the layout: of 2,164 fields
said to be right with 0.998, 2,163 are; of 57 with 0.98 to 0.99, 55.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log

from engines.roi import Kind

Details = Mapping[str, float]
Weights = Mapping[str, float]

GROUPS: Mapping[Kind, str] = {
    "text": "text",
    "code": "text",
    "amount": "number",
    "integer": "number",
    "digits": "number",
    "date": "date",
}
# What a person would guess, and where the data is silent it stays so: of a place there
# are next to no wrong ones among pages that are registered at all.
READ_PRIOR: Weights = {"one": -3.0, "weakest": 2.0, "mean": 0.5, "differs": -2.0}
PLACE_PRIOR: Weights = {
    "one": -4.0,
    "score": 12.0,
    "grown": -15.0,
    "odd": -9.0,
    "cut": -6.5,
}
# What was found. Engines without figures of their own are as sure as who agrees.
PLACE: Weights = {
    "one": -2.29,
    "score": 13.29,
    "grown": -14.22,
    "odd": -9.00,
    "cut": -4.33,
}
READ: Mapping[str, Weights] = {
    "date": {"one": -2.88, "weakest": 2.40, "mean": 1.10, "differs": -2.28},
    "number": {"one": -3.76, "weakest": 1.24, "mean": 1.65, "differs": -1.91},
    "text": {"one": -1.51, "weakest": 1.63, "mean": 0.17, "differs": -2.50},
}

LEAST_DOUBT = 0.01  # of a character: beyond it readers do not know how sure they are
BLANK = 0.995  # that a place without ink is empty, where the place itself is sure
MOST = 0.998  # no group had enough readings to tell more


def surety(kind: Kind, details: Details) -> float:
    """The share of readings with such *details* that are right."""
    place = chance(PLACE, place_inputs(details))
    return min(MOST, place * chance(READ[GROUPS[kind]], read_inputs(details)))


def surety_of_blank(details: Details) -> float:
    """The share of empty places that are the right ones."""
    return BLANK * chance(PLACE, place_inputs({"odd": 0.0, "cut": 0.0, **details}))


def chance(weights: Weights, inputs: Weights) -> float:
    return 1 / (1 + exp(-sum(weights[name] * x for name, x in inputs.items())))


def place_inputs(details: Details) -> dict[str, float]:
    """What tells whether the print is the region's, and all of it."""
    return {
        "one": 1.0,
        "score": min(details["registration"], details["placement"]),
        "grown": max(0.0, details["grown"] - 1.0),
        "odd": details["odd"],
        "cut": details["cut"],
    }


def read_inputs(details: Details) -> dict[str, float]:
    """What tells whether the print was read rightly."""
    return {
        "one": 1.0,
        "weakest": -log(LEAST_DOUBT + 1 - details["weakest"]),
        "mean": -log(LEAST_DOUBT + 1 - details["mean"]),
        "differs": details["differs"],
    }
