"""Fits the two models of ``engines.agree.voting`` on folders of labelled pages.

    python -m tests.engines.agree.fitting FOLDER [FOLDER …] [--keep FILE]

Prints the weights fitted on all folders, and what they would do on pages that took no
part in the fitting: each seventh of every folder is judged by weights from the rest.
*FILE* keeps what the engines read, or has it.
"""

from __future__ import annotations

import pickle
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engines import Options, find_turn, load_page
from engines.agree import voting
from engines.agree.engine import chosen, known_words
from engines.agree.evidence import Heard, of_change, of_word
from engines.agree.looks import Seen, look_at_page
from engines.agree.voting import ballots, candidates, voted
from engines.bench import labelled_pages
from engines.pipeline import HELPFUL_STEPS
from engines.preprocess import prepare
from engines.scoring import words
from tests.engines.agree.bench import worth
from tests.engines.agree.truth import differences, errors, judged

Floats = npt.NDArray[np.float64]
Weights = Mapping[str, float]

OPTIONS = Options()
PARTS = 7
PRIOR = 1.0  # of each weight, around nothing
STEPS = 50  # of Newton's method


@dataclass(frozen=True)
class Sheet:
    """A labelled page, and what the engines see on it."""

    folder: str
    number: int
    truth: str
    lines: tuple[Seen, ...]


@dataclass(frozen=True)
class Case:
    """What speaks for something, and whether it holds."""

    inputs: Weights
    holds: bool


@dataclass(frozen=True)
class Models:
    change: Weights
    right: Weights


def sheets_of(folder: Path) -> Iterator[Sheet]:
    for number, page in enumerate(labelled_pages(folder)):
        loaded = load_page(page.path)
        upright = loaded.turned(find_turn(loaded))
        prepared = prepare(upright.image, OPTIONS.preprocess, HELPFUL_STEPS)
        sight = look_at_page(prepared.image, chosen(OPTIONS)[0], OPTIONS)
        yield Sheet(folder.name, number, page.text, sight.lines)


def changes(sheet: Sheet) -> Iterator[Case]:
    """Each change of a word that makes the page better or worse."""
    known = known_words(OPTIONS)
    true = words(sheet.truth)
    read = words(" ".join(seen.line.text for seen in sheet.lines))
    before = differences(read, true)
    for _, heard in heard_on(sheet):
        for other in sorted(candidates(heard)):
            changed = read - words(heard.text) + words(other)
            gain = before - differences(changed, true)
            if gain:
                yield Case(of_change(heard, other, known), gain > 0)


def heard_on(sheet: Sheet) -> Iterator[tuple[str, Heard]]:
    for seen in sheet.lines:
        if seen.looks:
            for word, heard in ballots(seen):
                yield word.text, heard


def rights(sheet: Sheet) -> Iterator[Case]:
    """Each word after the vote, and whether it is right."""
    known = known_words(OPTIONS)
    elected = [(heard, voting.choice(heard, known)) for _, heard in heard_on(sheet)]
    verdicts = judged((text for _, text in elected), sheet.truth)
    for (heard, text), (_, is_right) in zip(elected, verdicts, strict=True):
        if is_right is not None:
            yield Case(of_word(heard, text, known), is_right)


def fitted(cases: Iterable[Case]) -> Weights:
    """Logistic regression by Newton's method."""
    rows = list(cases)
    names = list(rows[0].inputs)
    inputs = np.array([[case.inputs[name] for name in names] for case in rows])
    holds = np.array([case.holds for case in rows], float)
    found = np.zeros(len(names))
    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (holds - sure) - PRIOR * found
        bend = (inputs.T * (sure * (1 - sure))) @ inputs
        found = found + np.linalg.solve(bend + PRIOR * np.eye(len(names)), slope)
    return dict(zip(names, np.round(found, 2).tolist(), strict=True))


def models(sheets: list[Sheet]) -> Models:
    """Both models; that of right words judges what the other one elects."""
    change = fitted(case for sheet in sheets for case in changes(sheet))
    voting.CHANGE = change
    return Models(change, fitted(case for sheet in sheets for case in rights(sheet)))


def left_out(sheets: list[Sheet]) -> Iterator[tuple[Sheet, Models]]:
    """Each sheet, with models that never saw it."""
    for part in range(PARTS):
        rest = [sheet for sheet in sheets if sheet.number % PARTS != part]
        found = models(rest)
        for sheet in sheets:
            if sheet.number % PARTS == part:
                yield sheet, found


def worth_of(pairs: Iterable[tuple[Sheet, Models]]) -> str:
    """Word errors before and after the vote, and what confidence is worth."""
    before, after = 0, 0
    rated: list[tuple[float, bool]] = []
    for sheet, found in pairs:
        voting.CHANGE, voting.RIGHT = found.change, found.right
        known = known_words(OPTIONS)
        lines = [voted(seen, known) for seen in sheet.lines]
        before += errors(" ".join(x.line.text for x in sheet.lines), sheet.truth)
        after += errors(" ".join(line.text for line in lines), sheet.truth)
        read = [word for line in lines for word in line.words]
        verdicts = judged((word.text for word in read), sheet.truth)
        for word, (_, is_right) in zip(read, verdicts, strict=True):
            if is_right is not None:
                rated.append((word.confidence or 0.0, is_right))
    return f"{before} word errors, {after} after the vote; {worth(rated)}"


def kept(folders: Sequence[Path], file: Path | None) -> list[Sheet]:
    """What the engines read in *folders*, from *file* where it is there."""
    if file and file.is_file():
        return list(pickle.loads(file.read_bytes()))
    sheets = [sheet for folder in folders for sheet in sheets_of(folder)]
    if file:
        file.write_bytes(pickle.dumps(sheets))
    return sheets


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    sheets = kept(given.folders, given.keep)
    judgements = list(left_out(sheets))
    for name in dict.fromkeys(sheet.folder for sheet in sheets):
        own = [pair for pair in judgements if pair[0].folder == name]
        print(f"{name}, left out: {worth_of(own)}")
    found = models(sheets)
    print(f"CHANGE = {dict(found.change)}")
    print(f"RIGHT = {dict(found.right)}")


if __name__ == "__main__":
    main()
