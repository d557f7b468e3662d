"""What the engine "agree" is worth: on labelled pages, beside each of its engines.

    python -m tests.engines.agree.bench FOLDER [--limit N]

Prints word errors (missed and extra ones) of each engine and how many fewer the vote
makes, what its confidence is worth, and CPU seconds a page. Confident and doubtful are
what the pages of the site call so (``documents.templatetags.shown``).
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from engines import Options, Page, get_engine, read_page
from engines.agree.engine import NAME, chosen
from engines.bench import Labelled, labelled_pages
from engines.scoring import words
from tests.engines.agree.truth import errors, judged

CONFIDENT, DOUBTFUL = 0.9, 0.85


@dataclass(frozen=True)
class Measured:
    """One page read once: its word errors, CPU seconds, and each word's confidence
    with whether it is right."""

    errors: int
    cpu: float
    words: tuple[tuple[float, bool], ...]


def measured(name: str, page: Labelled) -> Measured:
    start = time.process_time()
    read = read_page(page.path, engine=name)
    cpu = time.process_time() - start
    return Measured(errors(read.text, page.text), cpu, tuple(rated(read, page.text)))


def rated(page: Page, truth: str) -> Iterator[tuple[float, bool]]:
    read = [word for line in page.lines for word in line.words]
    verdicts = judged((word.text for word in read), truth)
    for word, (_, is_right) in zip(read, verdicts, strict=True):
        if is_right is not None:
            yield word.confidence or 0.0, is_right


def report(pages: Sequence[Labelled], results: dict[str, list[Measured]]) -> str:
    total = sum(words(page.text).total() for page in pages)
    wrong = {name: sum(one.errors for one in found) for name, found in results.items()}
    lines = [f"{len(pages)} pages, {total} words"]
    for name, found in results.items():
        cpu = fmean(one.cpu for one in found)
        lines.append(f"{name:10} {wrong[name]:5} word errors, {cpu:5.2f} CPU s a page")
    best = min(count for name, count in wrong.items() if name != NAME)
    lines.append(f"{100 * (1 - wrong[NAME] / best):.1f} % fewer than the best alone")
    for name, found in results.items():
        lines.append(
            f"{name:10} {worth([pair for one in found for pair in one.words])}"
        )
    return "\n".join(lines)


def worth(rated: Sequence[tuple[float, bool]]) -> str:
    """What confidence tells: of the words with much of it, and of those with little."""
    sure = [is_right for confidence, is_right in rated if confidence >= CONFIDENT]
    wrong = [c < DOUBTFUL for c, is_right in rated if not is_right]
    right = [c < DOUBTFUL for c, is_right in rated if is_right]
    return (
        f"confident: {len(sure) / len(rated):.1%}, {part(sure)} of them right; "
        f"doubtful: {part(wrong)} of wrong words, {part(right)} of right ones"
    )


def part(flags: Sequence[bool]) -> str:
    return f"{fmean(flags):.1%}" if flags else "none"


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    pages = labelled_pages(given.folder)[: given.limit]
    names = [*(engine.name for engine in chosen(Options())[0]), NAME]
    for name in names:
        get_engine(name).warm_up()
    results = {name: [measured(name, page) for page in pages] for name in names}
    print(report(pages, results))


if __name__ == "__main__":
    main()
