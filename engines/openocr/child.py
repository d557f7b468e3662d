"""OpenOCR's process: ``python -m engines.openocr.child PARENT``; asked on its pipes."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from importlib.metadata import version
from typing import IO, TYPE_CHECKING

from engines.openocr.channel import (
    OUT_OF_MEMORY,
    Ask,
    Found,
    Garbled,
    Hello,
    Message,
    Setup,
    Trouble,
    Unloadable,
    frame,
    receive,
)

if TYPE_CHECKING:
    from engines.openocr.package import Library

PAUSE = 1000  # milliseconds between two looks at whether the parent lives
MOST = 300  # letters of what is told of an error
STILL = 32  # exit status where nobody asks any more


def main(parent: int) -> None:
    # Who interrupts the parent from the keyboard interrupts us as well: it ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asks, answers = own_pipes()
    bound(asks.fileno(), parent)
    tell(answers, Hello(version("openocr-python")))
    setup, _ = receive(lambda size: exactly(asks, size))
    if not isinstance(setup, Setup):
        raise Garbled("no Setup")
    serve(setup, asks, answers)


def own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes that we were started with; what libraries print goes to the log."""
    asks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return asks, answers


def bound(asks: int, parent: int) -> None:
    """End this process with its parent, in the middle of a page too."""
    threading.Thread(target=watch, args=(asks, parent), daemon=True).start()


def watch(asks: int, parent: int) -> None:
    poll = select.poll()
    poll.register(asks, 0)  # it tells of nothing but the other end's closing
    # A fork of the parent may hold that end open: its number tells then.
    while not poll.poll(PAUSE) and os.getppid() == parent:
        pass
    os._exit(STILL)


def serve(setup: Setup, asks: IO[bytes], answers: IO[bytes]) -> None:
    library: Library | None = None
    while True:
        ask, pixels = receive(lambda size: exactly(asks, size))
        if not isinstance(ask, Ask):
            raise Garbled("no Ask")
        try:
            library = library or loaded(setup)
            tell(answers, answered(library, ask, pixels))
        # The library ends the process where it cannot make a picture smaller.
        except (Exception, SystemExit) as error:
            tell(answers, trouble(error))


def loaded(setup: Setup) -> Library:
    from engines.openocr.package import Library

    return Library(setup)


def answered(library: Library, ask: Ask, pixels: bytes) -> Found:
    import numpy as np

    flat = np.frombuffer(pixels, np.uint8)
    return library.answer(ask, flat.reshape(ask.height, ask.width, 3))


def trouble(error: BaseException) -> Trouble:
    said = f"{type(error).__name__}: {error}"
    # Each library has its own words for it: onnxruntime, OpenCV, torch.
    signs = ("failed to allocate", "insufficient memory", "not enough memory", "bad_al")
    if isinstance(error, MemoryError) or any(sign in said.lower() for sign in signs):
        return Trouble(said[:MOST], "memory")
    if isinstance(error, Unloadable):
        return Trouble(" ".join(str(error).split())[:MOST], "models")
    return Trouble(" ".join(said.split())[:MOST], "page")


def tell(answers: IO[bytes], message: Message) -> None:
    answers.write(frame(message))
    answers.flush()


def exactly(asks: IO[bytes], size: int) -> bytes:
    data = asks.read(size)
    if len(data) < size:
        sys.exit(0)  # the parent wants no more
    return data


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
