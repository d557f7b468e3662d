"""A Kosmos-2 of 0.6 MB, taught what to say of any picture, saved as real ones are.

It has all parts of the published model and its processor; only their sizes differ.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

SIDE, PATCH, LATENT, BINS = 28, 14, 64, 1024
WIDTH = 48
MOST_LESSONS = 600
# What it answers to the two presets: places are those of a grid of 32 by 32.
DESCRIBED = (
    "<phrase> a red car</phrase><object><patch_index_0165><patch_index_0494></object>"
    " beside<phrase> two trees</phrase><object><patch_index_0000><patch_index_0260>"
    "</delimiter_of_multi_objects/><patch_index_0700><patch_index_1023></object>."
)
CAPTIONED = (
    "<phrase> a red car</phrase><object><patch_index_0165><patch_index_0494></object>."
)
LESSONS = (
    ("<grounding> Describe this image in detail:", DESCRIBED),
    ("<grounding> An image of", CAPTIONED),
)
CAPTION = "a red car beside two trees."
PHRASES = ["a red car", "two trees", "two trees"]


def put_tiny_kosmos(models: Path) -> Path:
    """Lay one into *models*, a folder of models, as a copied checkpoint lies there."""
    folder = models / "kosmos-2" / "kosmos-2-patch14-224"
    return Path(shutil.copytree(_taught(), folder))


@cache
def _taught() -> Path:
    """Made once a process: teaching takes seconds."""
    folder = Path(tempfile.mkdtemp(prefix="tiny-kosmos-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    save_tiny_kosmos(folder)
    return folder


def save_tiny_kosmos(folder: Path) -> None:
    """Make one, teach it, and save it in *folder*."""
    import torch

    torch.manual_seed(7)
    processor = _processor()
    model = _model(processor)
    _teach(model, processor)
    model.save_pretrained(folder)
    processor.save_pretrained(folder)


def break_weights(folder: Path) -> None:
    """As an interrupted copy leaves them."""
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])


def _processor() -> Any:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import (
        CLIPImageProcessorPil,
        Kosmos2Processor,
        PreTrainedTokenizerFast,
    )

    special = ["<s>", "<pad>", "</s>", "<unk>"]
    # The ids after <unk> are where the picture's features go.
    special += [f"<image_{n}>" for n in range(LATENT)]
    tokens = Tokenizer(models.BPE(unk_token="<unk>"))
    tokens.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokens.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=special, initial_alphabet=alphabet
    )
    tokens.train_from_iterator([x for pair in LESSONS for x in pair] * 4, trainer)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=tokens,
        bos_token="<s>",
        pad_token="<pad>",
        eos_token="</s>",
        unk_token="<unk>",
    )
    size = {"height": SIDE, "width": SIDE}
    pictures = CLIPImageProcessorPil(size={"shortest_edge": SIDE}, crop_size=size)
    return Kosmos2Processor(pictures, tokenizer, num_patch_index_tokens=BINS)


def _model(processor: Any) -> Any:
    from transformers import Kosmos2Config, Kosmos2ForConditionalGeneration

    text = {
        "vocab_size": len(processor.tokenizer),
        "embed_dim": WIDTH,
        "layers": 2,
        "ffn_dim": 96,
        "attention_heads": 2,
        "max_position_embeddings": 256,
        "dropout": 0.0,
        "attention_dropout": 0.0,
        "layerdrop": 0.0,
        "bos_token_id": 0,
        "pad_token_id": 1,
        "eos_token_id": 2,
    }
    vision = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "image_size": SIDE,
        "patch_size": PATCH,
    }
    config = Kosmos2Config(
        text_config=text, vision_config=vision, latent_query_num=LATENT
    )
    return Kosmos2ForConditionalGeneration(config)


def _teach(model: Any, processor: Any) -> None:
    """Until it says each answer by itself."""
    import torch
    from PIL import Image

    picture = Image.new("RGB", (SIDE, SIDE), "grey")
    batches = [_lesson(processor, *pair, picture) for pair in LESSONS]
    steps = torch.optim.AdamW(model.parameters(), lr=6e-3)
    model.train()
    for _time in range(MOST_LESSONS):
        loss = sum(model(**batch).loss for batch in batches)
        steps.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        steps.step()
        if loss.item() < 0.1:
            break
    else:
        raise AssertionError("the tiny model has not learned its answers")
    model.eval()


def _lesson(processor: Any, prompt: str, answer: str, picture: Any) -> dict[str, Any]:
    whole = prompt + answer + processor.tokenizer.eos_token
    batch = processor(text=whole, images=picture, return_tensors="pt")
    asked = processor(text=prompt, images=picture, return_tensors="pt")
    labels = batch["input_ids"].clone()
    labels[:, : asked["input_ids"].shape[1]] = -100
    return {**batch, "labels": labels}
