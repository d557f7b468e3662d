"""Pages as Markdown (CommonMark, tables as GitHub writes them)."""

from __future__ import annotations

import re
from itertools import zip_longest

from engines.exports import Result, Wishes
from engines.exports.blocks import Block, blocks
from engines.types import Page

PAGE_BREAK = "\n\n---\n\n"
HARD_BREAK = "  \n"  # two spaces: every dialect knows them
SPECIAL = re.compile(r"([\\`*_\[\]<>|~$]|&(?=#|\w+;))")
LIST_OR_RULE = re.compile(r"(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|=+\s*$|-+\s*$)")
CLOSING = re.compile(r"#(?=#*$)")  # at the end of a heading they would vanish
NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def render(result: Result, wishes: Wishes) -> bytes:
    """A rule between pages; every character is shown as it was read."""
    pages = (_page(page) for page in result.pages.values())
    return (PAGE_BREAK.join(pages) + "\n").encode(errors="replace")


def _page(page: Page) -> str:
    if page.is_description:
        return _description(page)
    return "\n\n".join(_block(block) for block in blocks(page))


def _description(page: Page) -> str:
    """Its sentences, and a list of the things that it names."""
    said = [_begun(_escaped(text)) for text in page.text.splitlines() if text.strip()]
    things = dict.fromkeys(_escaped(line.text) for line in page.lines)
    listed = "\n".join(f"- {_begun(thing)}" for thing in things)
    return "\n\n".join([*said, listed] if listed else said)


def _block(block: Block) -> str:
    if block.kind == "table":
        return _table(block)
    lines = [_begun(_escaped(text)) for (text,) in block.texts]
    if block.kind == "heading":
        text = CLOSING.sub(r"\\#", " ".join(lines))
        return f"{'#' * block.level} {text}"
    ends = ("\n" if full else HARD_BREAK for full in block.full[:-1])
    parts = zip_longest(lines, ends, fillvalue="")
    return "".join(line + end for line, end in parts)


def _table(block: Block) -> str:
    """A table has to have a head: it is empty where the first row is none."""
    texts = [[_escaped(text) for text in row] for row in block.texts]
    width = len(texts[0])
    head, body = (texts[0], texts[1:]) if block.is_headed else ([""] * width, texts)
    marks = ["---:" if is_amount else "---" for is_amount in block.of_amounts]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *body))


def _escaped(text: str) -> str:
    """*text* on one line, where no character of it means anything."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _begun(line: str) -> str:
    """*line* where it cannot be taken for a heading, a list or a rule."""
    if LIST_OR_RULE.match(line):
        return f"\\{line}"
    return NUMBERED.sub(r"\1\\\2", line, count=1) if NUMBERED.match(line) else line
