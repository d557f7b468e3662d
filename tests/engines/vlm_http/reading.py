"""Reads a page in so many threads at once; a process of its own for the tests.

python -m tests.engines.vlm_http.reading THREADS
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from engines import Options, get_engine
from tests.engines.pictures import written


def read(_: int) -> str:
    picture = written(("CORNER BAKERY", "Total 13.20", "Thank you"))
    options = Options(extra={"support": False})
    return get_engine("vlm-http").read(picture, options).text


def read_in_threads(threads: int) -> int:
    """How many pages were read."""
    with ThreadPoolExecutor(threads) as pool:
        return len(list(pool.map(read, range(threads))))


if __name__ == "__main__":
    print(read_in_threads(int(sys.argv[1])))
