"""Tiny checkpoints, built on the spot and saved as real ones are.

They know nothing, but take the way of those that do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from engines import Options
from engines.vlm.presets import prompt_of

PRINTED = ("Total 12.50 EUR", "Cash 20.00")
SAID = "Total 12.50 EUR\nCash 20.00\nThank you for shopping"
PLACED = '[{"bbox_2d": [60, 120, 620, 290], "text_content": "Total 12.50 EUR"}]'
ENDLESS = "Say it again."
END = "<|im_end|>"
LESSONS, LEARNT = 400, 0.02


def tiny_qwen(
    folder: Path,
    answers: Mapping[str, str] | None = None,
    picture: Image.Image | None = None,
) -> Path:
    """A Qwen3-VL of 200,000 numbers in *folder*; about 0.8 MB.

    Taught its *answers* by heart, each to a prompt about *picture*: those without END
    at their end go on and on. Left untaught, it says what chance has it say.
    """
    from engines.qwen3vl.chance import save_checkpoint

    model = save_checkpoint(folder)
    if answers and picture:
        teach(model, folder, answers, picture)
        model.save_pretrained(folder)
    return folder


def taught_qwen(folder: Path) -> Path:
    """One that reads ``picture()`` line by line, and adds a line of its own; says where
    the first one stands; and goes on and on when it is asked to."""
    answers = {
        prompt_of(Options()): f"{SAID}{END}",
        prompt_of(Options(extra={"boxes": True})): f"```json\n{PLACED}\n```{END}",
        ENDLESS: "picture " * 70,
    }
    return tiny_qwen(folder, answers, picture())


def picture(rows: Sequence[str] = PRINTED) -> Image.Image:
    """A few lines of print."""
    page = Image.new("RGB", (600, 300), "white")
    pen = ImageDraw.Draw(page)
    for row, text in enumerate(rows):
        font = ImageFont.load_default(40)
        pen.text((40, 40 + 100 * row), text, fill="black", font=font)
    return page


def teach(
    model: Any, folder: Path, answers: Mapping[str, str], picture: Image.Image
) -> None:
    """Until each answer is the likeliest, token by token."""
    import torch

    from engines.qwen3vl.network import questions
    from engines.qwen3vl.processor import load_processor

    processor = load_processor(folder)
    lessons = []
    for prompt, answer in answers.items():
        asked = questions(processor, [picture], prompt)
        said = processor.tokenizer(answer, return_tensors="pt").input_ids
        ids = torch.cat([asked["input_ids"], said], 1)
        kinds = torch.nn.functional.pad(asked["mm_token_type_ids"], (0, said.shape[1]))
        more = {"attention_mask": torch.ones_like(ids), "mm_token_type_ids": kinds}
        labels = ids.clone()
        labels[:, : -said.shape[1]] = -100
        lessons.append({**asked, "input_ids": ids, "labels": labels, **more})
    model.model.visual.requires_grad_(False)  # it need not see
    steps = torch.optim.Adam(model.parameters(), lr=1e-2)
    model.train()
    for _ in range(LESSONS):
        losses = [model(**lesson).loss for lesson in lessons]
        steps.zero_grad()
        torch.stack(losses).mean().backward()
        steps.step()
        if max(losses) < LEARNT:
            return
    raise AssertionError(f"It learnt too little: {max(losses):.3f}")
