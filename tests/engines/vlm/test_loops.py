"""Loops told from print that repeats itself."""

from __future__ import annotations

import pytest

from engines.vlm.loops import LoopGuard, loop_start, unlooped

LABEL = "Joe Bloggs\n12 High Street\nLondon\nAB1 2CD\n\n"
TERMS = "Goods remain ours until they are paid for in full. " * 6
ROWS = "\n".join(
    f"| {number} | Screw M{number % 7} | 0.{number:02} |" for number in range(40)
)

PRINT = {
    "a leader": "Contents\nOn dots " + "." * 150,
    "a long leader in every row": "\n".join("." * 90 for _ in range(60)),
    "lines to write on": ("_" * 80 + "\n") * 40,
    "a column of equal amounts": "Amount\n" + "0.00\n" * 90,
    "empty cells": "| Day | Hours |\n" + "|  |  |\n" * 70,
    "a sheet of labels": LABEL * 65,
    "four copies of a slip": (ROWS + "\n\n") * 4,
    "terms on three tickets": (TERMS + "\n") * 3,
    "a rhyme": "Row, row, row your boat,\nGently down the stream.\n" * 4,
    "rows that all differ": "\n".join(f"{number} items" for number in range(900)),
    "nothing": "",
}
LOOPS = {
    "a word": ("I see ", "very ", 120),
    "a sign": ("Total ", "0", 600),
    "a sentence": ("Dear Sir,\n", "I am writing to you. ", 40),
    "a row": ("Name\n", "Smith\n", 140),
    "rows": ("List\n", "- Apples\n- Pears\n- Plums\n", 130),
    "a passage": ("Report\n", TERMS.strip() + "\nAnd so on.\n", 14),
    "a table": ("", ROWS + "\n", 11),
}


@pytest.mark.parametrize("kind", PRINT)
def test_print_that_repeats_is_no_loop(kind: str) -> None:
    assert loop_start(PRINT[kind]) is None
    assert unlooped(PRINT[kind]) == PRINT[kind]


@pytest.mark.parametrize("kind", LOOPS)
def test_it_works(kind: str) -> None:
    head, turn, times = LOOPS[kind]
    text = head + turn * times + turn[: len(turn) // 2]
    start = loop_start(text)
    assert start is not None
    # Where the last letters before it are those that a turn ends with, it began there.
    assert start <= len(head)
    assert head[start:] == turn[len(turn) - (len(head) - start) :]
    assert unlooped(text).startswith(head[:start])
    assert len(unlooped(text)) <= len(head) + len(turn)


def test_a_loop_is_noticed_while_it_is_said() -> None:
    guard = LoopGuard()
    pieces = ["Dear ", "Sir, "] + ["thank ", "you "] * 200
    noticed = next(n for n, piece in enumerate(pieces) if guard.add(piece))
    assert 400 <= len("".join(pieces[:noticed])) < 1000
    assert guard.text == "".join(pieces[: noticed + 1])


def test_a_stream_without_a_loop_is_let_be() -> None:
    guard = LoopGuard()
    assert not any(guard.add(f"row {number}\n") for number in range(500))
