"""The network itself: loaded from a folder, asked about a picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engines.errors import EngineError, EngineUnavailable
from engines.kosmos2.grounding import Entity
from engines.vlm.device import device

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class Said:
    """A caption with its things, and whether it was cut short."""

    caption: str
    entities: list[Entity]
    is_cut: bool


class Network:
    """Processor and model of a checkpoint, on the device that the settings choose."""

    def __init__(self, folder: Path) -> None:
        """
        Raises:
            EngineUnavailable: the folder holds no such checkpoint, or a damaged one.
        """
        import torch
        import transformers

        library: Any = transformers  # its types say too little
        library.logging.disable_progress_bar()  # a worker's log is no terminal
        self.device = device()
        half = torch.float16 if self.device == "cuda" else torch.float32
        local: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
        try:
            self.processor = library.AutoProcessor.from_pretrained(folder, **local)
            model = library.AutoModelForImageTextToText.from_pretrained(
                folder, use_safetensors=True, dtype=half, **local
            )
            self.model = model.to(self.device).eval()
        except Exception as error:  # the libraries have no error of their own for it
            kind = type(error).__name__
            reason = f"Kosmos-2 could not be loaded from {folder} ({kind})."
            raise EngineUnavailable(reason) from error

    def say(self, picture: Image.Image, prompt: str, max_tokens: int) -> Said:
        """What the model says of *picture* (RGB), in at most so many tokens.

        The picture is squeezed into the square that the model looks at, so that its
        places are parts of the whole picture whatever the processor would crop.

        Raises:
            EngineError: the prompt is too long.
        """
        import torch
        from PIL import Image

        side = self.model.config.vision_config.image_size
        square = picture.resize((side, side), Image.Resampling.BICUBIC)
        given = self.processor(text=prompt, images=square, return_tensors="pt")
        given = given.to(self.device, dtype=self.model.dtype)
        asked = given["input_ids"].shape[1]
        room = self.model.config.text_config.max_position_embeddings - asked
        if room < 1:
            raise EngineError(
                "The prompt is too long for Kosmos-2. Write a shorter one."
            )
        with torch.inference_mode():
            answer = self.model.generate(
                pixel_values=given["pixel_values"],
                input_ids=given["input_ids"],
                attention_mask=given["attention_mask"],
                image_embeds=None,
                image_embeds_position_mask=given["image_embeds_position_mask"],
                max_new_tokens=min(max_tokens, room),
                do_sample=False,
            )
        raw = self.processor.batch_decode(answer, skip_special_tokens=True)[0]
        caption, entities = self.processor.post_process_generation(raw)
        ends = self.processor.tokenizer.eos_token_id
        return Said(caption, entities, is_cut=int(answer[0, -1]) != ends)
