"""The doors of the training kit, for commands: each loads what it needs when called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def bench_digits(say: Callable[[str], None], **wishes: Any) -> dict[str, Any]:
    """Measure the reading of numbers (``engines.digits.kit.evaluation.report.Wish``);
    tables are said on the way, all figures returned.

    Raises:
        OcrError: an engine, a folder or the fonts are missing.
    """
    from engines.digits.kit.evaluation.report import Wish, measure

    return measure(Wish(**wishes), say)


def freeze_digits() -> None:
    """Write down how the test set begins, once its generator was changed on purpose."""
    from engines.digits.kit.evaluation.heldout import freeze

    freeze()
