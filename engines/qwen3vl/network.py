"""The network itself: loaded from a folder, asked about pictures."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from engines.errors import EngineError, EngineUnavailable
from engines.qwen3vl.processor import LOCAL, load_processor
from engines.vlm.answers import Answer
from engines.vlm.device import device
from engines.vlm.loops import loop_start, unlooped

if TYPE_CHECKING:
    from PIL import Image

SPECIAL = re.compile(r"<\|\w+\|>")  # tokens that are not for users to write
LOOK_EVERY = 32  # tokens
SMALLER = 0.7  # of the longest side, where memory did not suffice
MEMORY_ERRORS = ("not enough memory", "can't allocate memory", "out of memory")


class Network:
    """Processor and model of a checkpoint, on the device that the settings choose."""

    def __init__(self, folder: Path) -> None:
        """
        Raises:
            EngineUnavailable: *folder* holds no such checkpoint, or a damaged one.
        """
        import transformers

        library: Any = transformers  # its types say too little
        library.logging.disable_progress_bar()  # a worker's log is no terminal
        self.device = device()
        self.model: Any
        # The model keeps where it is in its answer: one question at a time.
        self._lock = Lock()
        try:
            self.processor = load_processor(folder)
            model = library.AutoModelForImageTextToText.from_pretrained(
                folder,
                dtype=_precision(self.device),
                attn_implementation="sdpa",
                use_safetensors=True,
                **LOCAL,
            )
            self.model = model.to(self.device).eval()
        except Exception as error:  # the libraries have no error of their own for it
            kind = type(error).__name__
            raise EngineUnavailable(
                f"Qwen3-VL could not be loaded from {folder} ({kind})."
            ) from error

    def close(self) -> None:
        """Give the memory of the graphics card back."""
        import torch

        self.model = None
        if self.device == "cuda":
            torch.cuda.empty_cache()

    def ask(
        self, pictures: Sequence[Image.Image], prompt: str, max_tokens: int
    ) -> list[Answer]:
        """What the model says of each of *pictures* (RGB), all of them at once, in at
        most so many tokens each. It says what is likeliest: the same every time.

        Raises:
            EngineError: there is too little memory.
        """
        with self._lock, _enough_memory(pictures):
            return self._ask(pictures, prompt, max_tokens)

    def _ask(
        self, pictures: Sequence[Image.Image], prompt: str, max_tokens: int
    ) -> list[Answer]:
        import torch

        given = questions(self.processor, pictures, prompt).to(self.device)
        length = given["input_ids"].shape[1]
        loops = _Loops(self.processor.tokenizer, length, len(pictures))
        start = time.perf_counter()
        with torch.inference_mode():
            said = self.model.generate(
                **given,
                max_new_tokens=max_tokens,
                do_sample=False,
                # The checkpoint's own, which are of use to sampling alone.
                temperature=None,
                top_p=None,
                top_k=None,
                stopping_criteria=[loops],
            )
        seconds = (time.perf_counter() - start) / len(pictures)
        rows = zip(said[:, length:].tolist(), loops.found, strict=True)
        return [self._answer(tokens, looped, seconds) for tokens, looped in rows]

    def _answer(self, tokens: list[int], looped: bool, seconds: float) -> Answer:
        ends = self.model.generation_config.eos_token_id
        stops = [ends] if isinstance(ends, int) else list(ends or ())
        stop = next((x for x, token in enumerate(tokens) if token in stops), None)
        filling = self.model.generation_config.pad_token_id
        said = [token for token in tokens[:stop] if token != filling]
        text = self.processor.tokenizer.decode(said, skip_special_tokens=True)
        if looped:
            return Answer(unlooped(text), "loop", len(said), seconds)
        return Answer(text, "length" if stop is None else "stop", len(said), seconds)


def questions(processor: Any, pictures: Sequence[Image.Image], prompt: str) -> Any:
    """*prompt* about each of *pictures* as numbers, one row each."""
    asked = {"type": "text", "text": SPECIAL.sub("", prompt)}
    talks = [
        [{"role": "user", "content": [{"type": "image", "image": one}, asked]}]
        for one in pictures
    ]
    return processor.apply_chat_template(
        talks,
        tokenize=True,
        add_generation_prompt=True,
        return_dict=True,
        return_tensors="pt",
        processor_kwargs={"padding": True},
    )


class _Loops:
    """Stops those answers that have begun to repeat themselves.

    A criterion for transformers' ``generate``, which calls it after each token.
    """

    def __init__(self, tokenizer: Any, asked: int, answers: int) -> None:
        self.tokenizer = tokenizer
        self.asked = asked
        self.found = [False] * answers

    def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
        import torch

        said = input_ids[:, self.asked :]
        if said.shape[1] % LOOK_EVERY == 0:
            texts = self.tokenizer.batch_decode(said, skip_special_tokens=True)
            seen = zip(self.found, texts, strict=True)
            self.found = [known or loop_start(text) is not None for known, text in seen]
        return torch.tensor(self.found, device=input_ids.device)


def _precision(where: str) -> Any:
    """Half precision on a graphics card, of the kind that it computes with."""
    import torch

    if where != "cuda":
        return torch.float32
    is_new = torch.cuda.is_bf16_supported(including_emulation=False)
    return torch.bfloat16 if is_new else torch.float16


@contextmanager
def _enough_memory(pictures: Sequence[Image.Image]) -> Iterator[None]:
    """Turn the many ways in which memory ends into a sentence that helps."""
    import torch

    try:
        yield
    except (MemoryError, RuntimeError) as error:
        is_short = isinstance(error, MemoryError | torch.OutOfMemoryError)
        if not is_short and not any(x in str(error).lower() for x in MEMORY_ERRORS):
            raise
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        longest = max(max(one.size) for one in pictures)
        raise EngineError(
            "There is too little memory for a picture of this size. "
            f"Choose a smaller longest side, such as {int(longest * SMALLER)}."
        ) from error
