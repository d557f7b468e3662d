"""How well splitter and classifier read the held-out strings of bare digits.

Strings with marks are left out: the ten classes have no name for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from engines.digits.alphabet import ARABIC
from engines.digits.kit.cnn.reading import SplitReader
from engines.digits.kit.evaluation.heldout import LEVELS, Part, held_out


def measured(reader: SplitReader, count: int) -> Iterator[str]:
    """A line a level: the bare Arabic-Indic numbers among the first *count* strings."""
    for level in LEVELS:
        shown = exact = counted = 0
        for one in held_out(Part(level, False, count)):
            if not set(one.text) <= set(ARABIC):
                continue
            number = reader.read(one.image)
            shown += 1
            exact += number.text == one.text
            counted += len(number.text) == len(one.text)
        share, cut = exact / max(1, shown), counted / max(1, shown)
        yield f"{level}: {share:.1%} of {shown} strings exact, {cut:.1%} cut rightly"
