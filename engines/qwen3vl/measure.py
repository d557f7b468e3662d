"""What the network costs here: seconds, tokens a second, memory.

``python -m engines.qwen3vl.measure --tiny`` runs anywhere; ``--full`` has the width and
the depth of the published 2B and wants a graphics card; ``--checkpoint FOLDER`` takes a
real one. The first two have weights of chance: their words mean nothing, their number
and what they cost do.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from engines.environment import number
from engines.types import Options
from engines.vlm.pictures import LONGEST, fitted
from engines.vlm.presets import prompt_of

if TYPE_CHECKING:
    from PIL import Image

    from engines.qwen3vl.network import Network

BATCHES = (1, 2, 4)
GIB = 2**30
HEAD = "pages  picture tokens  first token s  s per page  tokens per s  peak GiB"


class Cost(NamedTuple):
    """Of so many *pages* read at once; ``rate`` is tokens a second of all of them."""

    pages: int
    picture: int
    first: float
    each: float
    rate: float
    peak: float

    def __str__(self) -> str:
        return (
            f"{self.pages:5}  {self.picture:14}  {self.first:13.2f}  {self.each:10.2f}"
            f"  {self.rate:12.1f}  {self.peak:8.2f}"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    wished = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as made:
        folder = wished.checkpoint or Path(made)
        if wished.checkpoint is None:
            _build(folder, full=wished.full)
        for line in measured(folder, wished.batches, wished.tokens):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


def measured(folder: Path, batches: Sequence[int], tokens: int) -> Iterator[str]:
    """The lines of a table on the checkpoint in *folder*."""
    from engines.qwen3vl.network import Network

    start = time.perf_counter()
    network = Network(folder)
    taken = time.perf_counter() - start
    model = network.model
    millions = sum(weights.numel() for weights in model.parameters()) / 1e6
    # So that all answers are of the same length.
    model.generation_config.eos_token_id = None
    page = sheet()
    yield f"{millions:,.1f} million weights, {model.dtype}, on {where(network.device)}"
    size = f"{page.width} x {page.height} pixels"
    yield f"loaded in {taken:.1f} s; {size}; {tokens} tokens"
    network.ask([page], "Read.", 2)  # the first time costs more
    yield HEAD
    for pages in batches:
        yield str(cost(network, [page] * pages, tokens))


def cost(network: Network, pages: Sequence[Image.Image], tokens: int) -> Cost:
    from engines.qwen3vl.network import questions

    prompt = prompt_of(Options())
    given = questions(network.processor, pages[:1], prompt)
    picture = int(given["image_grid_thw"][0].prod()) // 4
    forget_peak(network.device)
    first = seconds(network, pages, prompt, 1)
    whole = seconds(network, pages, prompt, tokens)
    rate = len(pages) * (tokens - 1) / max(whole - first, 1e-9)
    each = whole / len(pages)
    return Cost(len(pages), picture, first, each, rate, peak(network.device))


def seconds(
    network: Network, pages: Sequence[Image.Image], prompt: str, tokens: int
) -> float:
    start = time.perf_counter()
    network.ask(pages, prompt, tokens)
    return time.perf_counter() - start


def sheet() -> Image.Image:
    """A page of print in the proportions of A4, as it is shown to the model."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("RGB", (round(LONGEST / 2**0.5), LONGEST), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(24)
    for row in range(48):
        text = f"{row + 1:2}  Article {row * 37 % 1000:03}   {row * 17 % 90}.50"
        pen.text((80, 60 + 33 * row), text, fill="black", font=font)
    return fitted(page, None, number("VLM_MAX_PIXELS", 2_097_152))


def where(device: str) -> str:
    import torch

    if device == "cuda":
        return torch.cuda.get_device_name()
    return f"{torch.get_num_threads()} threads of the processor"


def forget_peak(device: str) -> None:
    import torch

    if device == "cuda":
        torch.cuda.reset_peak_memory_stats()


def peak(device: str) -> float:
    """GiB: of the graphics card since it was last forgotten, else of the process."""
    import torch

    if device == "cuda":
        return torch.cuda.max_memory_allocated() / GIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / GIB


def _build(folder: Path, *, full: bool) -> None:
    from engines.qwen3vl.chance import save_checkpoint

    # As many as the published one may look at: the picture is made to fit before.
    save_checkpoint(folder, full=full, most_pixels=16_777_216)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m engines.qwen3vl.measure", description=__doc__
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--tiny", action="store_true", help="the usual one")
    which.add_argument("--full", action="store_true", help="2.1 billion weights")
    which.add_argument("--checkpoint", type=Path, help="a folder with a real one")
    parser.add_argument("--tokens", type=int, default=128, help="of each answer")
    parser.add_argument("--batches", type=int, nargs="+", default=BATCHES)
    return parser


if __name__ == "__main__":
    main()
