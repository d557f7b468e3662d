"""What was read laid beside what is printed, character by character."""

from __future__ import annotations

from collections.abc import Iterator

from engines.digits.alphabet import as_ascii

Index = int | None

# A digit taken for a letter or a mark is rarer than one left out, but a zero of three
# pixels is read as a point: dearer than a slip, cheaper than a loss and a gain.
GAP, SLIP, OTHER_KIND = 2, 2, 3


def aligned(true: str, read: str) -> list[tuple[Index, Index]]:
    """Pairs of places in *true* and in *read*, least edits; None where one has none.

    >>> aligned("12", "1")
    [(0, 0), (1, None)]
    """
    costs = table(true, read)
    return list(traced(true, read, costs))[::-1]


def pairs_of(true: str, read: str) -> list[tuple[str, str]]:
    """Each printed character with the one read for it, laid beside each other by value;
    "" where one has none.

    >>> pairs_of("١2", "1")
    [('١', '1'), ('2', '')]
    """
    return [
        ("" if i is None else true[i], "" if j is None else read[j])
        for i, j in aligned(as_ascii(true), as_ascii(read))
    ]


def table(true: str, read: str) -> list[list[int]]:
    """The cost of each beginning of *true* beside each beginning of *read*."""
    rows = [[GAP * i for i in range(len(read) + 1)]]
    for a in true:
        above = rows[-1]
        row = [above[0] + GAP]
        for j, b in enumerate(read):
            gap = min(above[j + 1], row[j]) + GAP
            row.append(min(gap, above[j] + cost(a, b)))
        rows.append(row)
    return rows


def traced(
    true: str, read: str, costs: list[list[int]]
) -> Iterator[tuple[Index, Index]]:
    """The cheapest way through *costs*, from its end."""
    i, j = len(true), len(read)
    while i or j:
        here = costs[i][j]
        if i and j and here == costs[i - 1][j - 1] + cost(true[i - 1], read[j - 1]):
            i, j = i - 1, j - 1
            yield i, j
        elif i and here == costs[i - 1][j] + GAP:
            i -= 1
            yield i, None
        else:
            j -= 1
            yield None, j


def cost(a: str, b: str) -> int:
    if a == b:
        return 0
    return SLIP if a.isdigit() == b.isdigit() else OTHER_KIND
