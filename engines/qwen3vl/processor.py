"""Pictures and prompts as the network takes them, with or without torchvision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

LOCAL = {"local_files_only": True, "trust_remote_code": False}
# What the tokens are called that stand for pictures, and their usual writing.
TOKENS = {
    "image_token": "<|image_pad|>",
    "video_token": "<|video_pad|>",
    "vision_start_token": "<|vision_start|>",
    "vision_end_token": "<|vision_end|>",
}


def load_processor(folder: Path) -> Any:
    """The processor in *folder*: where torchvision is absent, one without films.

    Prompts of several lengths are filled up on the left, as generation wants it.
    """
    import transformers

    library: Any = transformers  # its types say too little
    try:
        processor = library.AutoProcessor.from_pretrained(folder, **LOCAL)
    except ImportError:  # the part for films needs torchvision
        processor = _for_pictures(
            library.AutoImageProcessor.from_pretrained(folder, **LOCAL),
            library.AutoTokenizer.from_pretrained(folder, **LOCAL),
        )
    if not processor.chat_template:
        processor.chat_template = processor.tokenizer.chat_template
    processor.tokenizer.padding_side = "left"
    return processor


def _for_pictures(image_processor: Any, tokenizer: Any) -> Any:
    """Qwen3VLProcessor, but for its third part: films."""
    from transformers.models.qwen3_vl import processing_qwen3_vl
    from transformers.processing_utils import ProcessorMixin

    base: Any = processing_qwen3_vl.Qwen3VLProcessor
    begin: Any = ProcessorMixin.__init__

    class PictureProcessor(base):  # type: ignore[misc]  # its base is only known here
        def __init__(self, image_processor: Any, tokenizer: Any) -> None:
            for name, usual in TOKENS.items():
                token = getattr(tokenizer, name, None) or usual
                setattr(self, name, token)
                setattr(self, f"{name}_id", tokenizer.convert_tokens_to_ids(token))
            template = tokenizer.chat_template
            parts = (image_processor, tokenizer)
            begin(self, *parts, chat_template=template)

    return PictureProcessor(image_processor, tokenizer)
