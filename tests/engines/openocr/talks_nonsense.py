"""A process that says it is OpenOCR's, and then what nobody can read."""

from __future__ import annotations

import os
import sys

from engines.openocr.channel import MARK, PREFIX, Hello, frame

SAID = {
    "print": b"Model already exists at: /somewhere\n" * 100,
    "head": PREFIX.pack(MARK, 1, 7, 0) + b"{[]} no",
    "kind": frame(Hello("0")),
    "number": frame(Hello("0")).replace(b'"0"', b"NaN"),
    "huge": PREFIX.pack(MARK, 1, 2**32 - 1, 2**63),
    "version": PREFIX.pack(MARK, 9, 2, 0) + b"{}",
}

if __name__ == "__main__":
    os.write(1, frame(Hello("0.1.5")))
    os.write(1, SAID[os.environ["NONSENSE"]])
    sys.stdin.buffer.read()
