"""Damaged copies of Google Vision files: each is read, or refused in a sentence.

What was read is written in every format, too.

    python -m tests.engines.vision.fuzz FOLDER [ROUNDS]

First it tells of each file as it is: pages, words, and whether the text is exact.
"""

from __future__ import annotations

import copy
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engines import EXPORTS, OcrError, Result, export_result, page_to_json, read_vision

JUNK = (
    *(None, True, -1, 0, 7, 2**40, -0.5, 1e308, "", "x", "-3", "\0", "é\n", [], {}),
    *([[]], [None], {"x": {}}, {"vertices": 3}, {"text": []}, "a" * 5_000),
)
FORMATS = [name for name, export in EXPORTS.items() if not export.is_slow]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """*content* with one to four things changed: values of it, or a few bytes."""
    if chance.random() < 0.25:
        return torn(content, chance)
    data = json.loads(content)
    for _ in range(chance.randint(1, 4)):
        spots = list(places(data))
        if spots:
            change(*chance.choice(spots), chance)
    return json.dumps(data).encode()


def torn(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.randint(0, 40))
    middle = bytes(chance.randrange(256) for _ in range(chance.randint(0, 8)))
    return content[:start] + middle + content[end : chance.choice([None, end + 50])]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each place in *value*: what holds it, and its key or index there."""
    held = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in held:
        yield value, key
        if isinstance(inner, dict | list):
            yield from places(inner)


def change(holder: Any, key: Any, chance: random.Random) -> None:
    act = chance.randrange(4)
    if act == 0:
        del holder[key]
    elif act == 1 and isinstance(holder, dict):
        holder[key.upper()] = holder.pop(key)
    elif act == 2 and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    else:
        holder[key] = copy.deepcopy(chance.choice(JUNK))


def outcome(content: bytes) -> str:
    """ "read", or the sentence of the refusal; whatever else is raised is a defect."""
    try:
        found = read_vision(content)
        for page in found.pages.values():
            json.dumps(page_to_json(page), allow_nan=False).encode()
        for name in FORMATS:
            export_result(name, Result(found.pages))
    except OcrError as error:
        return str(error)
    return "read"


def told(content: bytes) -> str:
    found = read_vision(content)
    words = sum(len(x.words) for page in found.pages.values() for x in page.lines)
    answers = json.loads(content)["responses"]
    texts = [answer["fullTextAnnotation"]["text"] for answer in answers]
    exact = texts == [page.text for page in found.pages.values()] and not any(
        page.notes for page in found.pages.values()
    )
    return f"{len(found.pages)} pages, {words} words, text exact: {exact}"


def main(folder: str, rounds: str = "500") -> None:
    for path in sorted(Path(folder).glob("*.json")):
        content, chance = path.read_bytes(), random.Random(5)
        print(f"{path.name}: {told(content)}")
        outcomes = Counter(
            outcome(damaged(content, chance)).partition(":")[0]
            for _ in range(int(rounds))
        )
        print(
            *(f"{count:6} {sentence}" for sentence, count in outcomes.items()), sep="\n"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
