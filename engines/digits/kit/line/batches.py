"""Samples made beside the training, normalised as the reader does, in even batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice, pairwise
from multiprocessing import get_context
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from engines.digits.alphabet import CLASS_OF
from engines.digits.crops import HEIGHT, normalised
from engines.digits.kit.samples import Wish, make_sample

# An example is a crop as the network sees it, in bytes to save memory, and its classes.
Example = tuple[NDArray[np.uint8], tuple[int, ...]]

MIX: dict[Wish, float] = {
    "strings": 0.60,
    "cells": 0.14,
    "lines": 0.12,
    "letters": 0.06,
    "blank": 0.08,
}
LEVEL_MIX = {
    "clean": 0.20,
    "medium": 0.28,
    "small": 0.12,
    "hard": 0.34,
    "extreme": 0.06,
}
EASY = 20_000  # samples before anything hard: CTC else stays on its plateau of blanks
WIDEST = 1_200  # columns of an example
COLUMNS = 12_000  # of a batch, padding included
POOL = 4_096  # examples that are sorted by width together
CHUNK = 32  # seeds that a process gets at a time
AHEAD = 160  # chunks that are made while a pool of examples is learnt from


@dataclass(frozen=True, slots=True)
class Batch:
    """(N, 1, 32, W) ink 0..1, the classes in a row, and the lengths of both."""

    crops: Tensor
    classes: Tensor
    frames: Tensor
    lengths: Tensor

    def __len__(self) -> int:
        return len(self.crops)


def example_of(image: Image.Image, text: str) -> Example | None:
    """None where the crop is blank to the eye, or too narrow for its text."""
    crop = normalised(image)
    if crop is None or crop.pixels.shape[1] > WIDEST:
        return None
    classes = tuple(CLASS_OF[symbol] for symbol in text)
    repeats = sum(a == b for a, b in pairwise(classes))
    if crop.pixels.shape[1] // 2 < len(classes) + repeats:
        return None
    return (crop.pixels * 255).astype(np.uint8), classes


def made_example(seed: int) -> Example | None:
    """The training example of *seed*: what it shows and how worn is drawn by lot."""
    random = Random(seed)
    if seed < EASY:
        sample = make_sample(seed, level="clean", wish="strings")
    else:
        level = random.choices(list(LEVEL_MIX), list(LEVEL_MIX.values()))[0]
        wish = random.choices(list(MIX), list(MIX.values()))[0]
        sample = make_sample(seed, level=level, wish=wish)
    return example_of(sample.image, sample.text)


def examples(seeds: Iterable[int], workers: int) -> Iterator[Example]:
    """The examples of *seeds* in order, made by *workers* processes (0: this one)."""
    if not workers:
        yield from filter(None, map(made_example, seeds))
        return
    chunks = iter(batched(seeds, CHUNK))
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        # The seeds have no end: no more of them are handed out than are used up.
        waiting = deque(
            pool.submit(made_examples, chunk)
            for chunk in islice(chunks, AHEAD * workers)
        )
        try:
            while waiting:
                yield from waiting.popleft().result()
                for chunk in islice(chunks, 1):
                    waiting.append(pool.submit(made_examples, chunk))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def batched(seeds: Iterable[int], size: int) -> Iterator[tuple[int, ...]]:
    """*seeds* in tuples of *size*."""
    source = iter(seeds)
    while chunk := tuple(islice(source, size)):
        yield chunk


def made_examples(seeds: tuple[int, ...]) -> list[Example]:
    return list(filter(None, map(made_example, seeds)))


def batches(
    source: Iterable[Example], random: Random, pool: int = POOL, uses: int = 1
) -> Iterator[Batch]:
    """*source* in batches of like widths; each example comes *uses* times, apart."""
    held: list[Example] = []
    again: list[Example] = []
    for example in source:
        held.append(example)
        if len(held) >= pool:
            yield from _emptied(held + again, random)
            again = [kept for kept in held for _ in range(uses - 1)]
            held = []
    yield from _emptied(held + again, random)


def _emptied(held: list[Example], random: Random) -> Iterator[Batch]:
    random.shuffle(held)
    held.sort(key=lambda example: example[0].shape[1] // 8)
    groups: list[list[Example]] = [[]]
    for example in held:
        wide = max([example[0].shape[1], *(e[0].shape[1] for e in groups[-1][:1])])
        if (len(groups[-1]) + 1) * wide > COLUMNS:
            groups.append([])
        groups[-1].append(example)
    random.shuffle(groups)
    yield from (batch_of(group) for group in groups if group)


def batch_of(group: list[Example]) -> Batch:
    widest = max(pixels.shape[1] for pixels, _ in group)
    widest += widest % 2
    crops = np.zeros((len(group), 1, HEIGHT, widest), np.float32)
    for row, (pixels, _) in enumerate(group):
        crops[row, 0, :, : pixels.shape[1]] = pixels / np.float32(255)
    return Batch(
        torch.from_numpy(crops).contiguous(memory_format=torch.channels_last),
        torch.tensor([name for _, classes in group for name in classes]),
        torch.tensor([max(1, pixels.shape[1] // 2) for pixels, _ in group]),
        torch.tensor([len(classes) for _, classes in group]),
    )
