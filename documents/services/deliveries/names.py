"""Names of files that every system can unpack, and that lead nowhere else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain, count
from pathlib import PurePath

MISSING = "missing.txt"  # says of which documents there is no file, and why
LONGEST = 150  # bytes of a stem; file systems take 255, with number and ending
UNTITLED = "document"
# What some system takes for more than a letter: separators, wildcards, what cannot be
# seen, and marks that let a name be read in another order than it has.
UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]'
)
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def stems(names: Iterable[str]) -> Iterator[str]:
    """For each of *names* a stem of its own: "scan", then "scan (2)".

    They differ in more than the case of letters, which some systems do not tell apart.
    """
    taken = {PurePath(MISSING).stem}
    last: dict[str, int] = {}
    for name in names:
        stem = safe_stem(name)
        key = stem.casefold()
        numbers = count(last.get(key, 1) + 1)
        tries = chain([(stem, 1)], ((f"{stem} ({n})", n) for n in numbers))
        own, last[key] = next(one for one in tries if one[0].casefold() not in taken)
        taken.add(own.casefold())
        yield own


def safe_stem(name: str) -> str:
    """*name* without its ending, as a part of a path that holds no other part."""
    text = unicodedata.normalize("NFC", UNSAFE.sub("_", name))
    stem = PurePath(text.strip(" .")).stem
    short = stem.encode("utf-8", "replace")[:LONGEST].decode("utf-8", "ignore")
    safe = short.strip(" .") or UNTITLED
    return f"_{safe}" if DEVICES.match(safe) else safe
