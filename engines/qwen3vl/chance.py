"""A checkpoint with weights of chance: it knows nothing, but costs what a real one of
its size does, and takes the same way. For measurements and tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engines.vlm.presets import PRESETS

TOKENS = (
    *("<|endoftext|>", "<|im_start|>", "<|im_end|>"),
    *("<|vision_start|>", "<|vision_end|>", "<|vision_pad|>"),
    *("<|image_pad|>", "<|video_pad|>"),
)
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{% for part in message['content'] %}{% if part['type'] == 'image' %}"
    "<|vision_start|><|image_pad|><|vision_end|>"
    "{% else %}{{ part['text'] }}{% endif %}{% endfor %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
# The published Qwen3-VL-2B-Instruct, by its config.json.
FULL_TEXT = {
    "vocab_size": 151936,
    "hidden_size": 2048,
    "intermediate_size": 6144,
    "num_hidden_layers": 28,
    "num_attention_heads": 16,
    "num_key_value_heads": 8,
    "head_dim": 128,
    "max_position_embeddings": 262144,
    "tie_word_embeddings": True,
}
FULL_VISION = {
    "depth": 24,
    "hidden_size": 1024,
    "intermediate_size": 4096,
    "num_heads": 16,
    "out_hidden_size": 2048,
    "num_position_embeddings": 2304,
    "deepstack_visual_indexes": [5, 11, 17],
}
FULL_ROPE = {"rope_theta": 5_000_000.0, "mrope_section": [24, 20, 20]}
TINY_TEXT = {
    "vocab_size": 900,
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
    "head_dim": 16,
}
TINY_VISION = {
    "depth": 2,
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_heads": 2,
    "out_hidden_size": 32,
    "num_position_embeddings": 64,
    "deepstack_visual_indexes": [0, 1],
}
TINY_ROPE = {"rope_theta": 10_000.0, "mrope_section": [4, 2, 2]}


def save_checkpoint(
    folder: Path, *, full: bool = False, most_pixels: int = 65_536
) -> Any:
    """The model, saved in *folder* in the files of a published one.

    The *full* one has the width and the depth of the published 2B; the other is of
    0.8 MB. It looks at *most_pixels* of a picture.
    """
    import transformers

    library: Any = transformers
    library.logging.disable_progress_bar()
    tokenizer = make_tokenizer()
    model = make_model(tokenizer, full=full)
    model.save_pretrained(folder)
    save_processor(folder, tokenizer, most_pixels)
    return model


def make_model(tokenizer: Any, *, full: bool) -> Any:
    import torch
    from transformers import Qwen3VLForConditionalGeneration

    config = make_config(tokenizer, full=full)
    torch.manual_seed(0)
    # In half precision, as it is published: the full one has 2.1 billion numbers.
    torch.set_default_dtype(torch.bfloat16 if full else torch.float32)
    try:
        model: Any = Qwen3VLForConditionalGeneration(config)
    finally:
        torch.set_default_dtype(torch.float32)
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    model.generation_config.pad_token_id = tokenizer.pad_token_id
    return model


def make_config(tokenizer: Any, *, full: bool) -> Any:
    from transformers import Qwen3VLConfig

    text, vision = (FULL_TEXT, FULL_VISION) if full else (TINY_TEXT, TINY_VISION)
    rope = FULL_ROPE if full else TINY_ROPE
    number = tokenizer.convert_tokens_to_ids
    patches = {"patch_size": 16, "spatial_merge_size": 2, "temporal_patch_size": 2}
    turning = {"rope_type": "default", "mrope_interleaved": True, **rope}
    return Qwen3VLConfig(
        text_config={**text, "rope_parameters": turning},
        vision_config={**vision, **patches},
        tie_word_embeddings=full,
        image_token_id=number("<|image_pad|>"),
        video_token_id=number("<|video_pad|>"),
        vision_start_token_id=number("<|vision_start|>"),
        vision_end_token_id=number("<|vision_end|>"),
    )


def make_tokenizer() -> Any:
    """Bytes, and what prompts are made of."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    pieces: Any = Tokenizer(models.BPE())
    pieces.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    pieces.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=900,
        special_tokens=list(TOKENS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    asked = [f"{preset.prompt} {preset.boxes}" for preset in PRESETS.values()]
    pieces.train_from_iterator(asked, trainer)
    library: Any = PreTrainedTokenizerFast
    ends, fills = TOKENS[2], TOKENS[0]
    return library(
        tokenizer_object=pieces,
        eos_token=ends,
        pad_token=fills,
        additional_special_tokens=list(TOKENS[1:]),
    )


def save_processor(folder: Path, tokenizer: Any, most_pixels: int) -> None:
    """What prepares pictures and prompts."""
    from transformers.models.qwen2_vl import image_processing_pil_qwen2_vl

    library: Any = image_processing_pil_qwen2_vl
    pictures = library.Qwen2VLImageProcessorPil(
        patch_size=16,
        temporal_patch_size=2,
        merge_size=2,
        size={"shortest_edge": 1024, "longest_edge": most_pixels},
        image_mean=[0.5] * 3,
        image_std=[0.5] * 3,
    )
    tokenizer.save_pretrained(folder)
    pictures.save_pretrained(folder)
    (folder / "chat_template.jinja").write_text(TEMPLATE, encoding="utf-8")
