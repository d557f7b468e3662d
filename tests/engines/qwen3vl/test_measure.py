"""python -m engines.qwen3vl.measure: what the network costs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engines.qwen3vl.chance import FULL_TEXT, FULL_VISION, make_config, make_tokenizer
from engines.qwen3vl.measure import HEAD, main

ROW = re.compile(r" +1 +2052 +[\d.]+ +[\d.]+ +[\d.]+ +[\d.]+")


def test_it_works(
    checkpoint: Path, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--tokens", "3", "--batches", "1"])
    first, second, head, row = capsys.readouterr().out.splitlines()
    assert first.startswith("0.2 million weights, torch.float32, on ")
    assert second.endswith(" s; 1217 x 1722 pixels; 3 tokens")
    assert head == HEAD
    assert ROW.fullmatch(row)


def test_a_real_checkpoint_can_be_measured(
    checkpoint: Path, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--checkpoint", str(checkpoint), "--tokens", "3", "--batches", "1", "2"])
    rows = capsys.readouterr().out.splitlines()[3:]
    assert [row.split()[0] for row in rows] == ["1", "2"]


def test_the_full_one_has_the_size_of_the_published_2b() -> None:
    """Counted without making it: 4.25 GB in half precision."""
    import torch
    from transformers import Qwen3VLForConditionalGeneration

    config = make_config(make_tokenizer(), full=True)
    assert config.text_config.hidden_size == FULL_TEXT["hidden_size"]
    assert config.vision_config.depth == FULL_VISION["depth"]
    with torch.device("meta"):
        model = Qwen3VLForConditionalGeneration(config)
    model.tie_weights()
    assert sum(one.numel() for one in model.parameters()) == 2_127_532_032
