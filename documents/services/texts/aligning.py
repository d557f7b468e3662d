"""Which lines of one reading of a page are which lines of another.

Lines that lie in the same place belong together; where an engine tells no places, those
that say the same. Several of one reading may be one of the other: engines part lines
where they please.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat

from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from documents.services.texts.places import Line

IN_COMMON = 1 / 3  # of the shorter line's letters, where only text can tell
SIMILAR = 50  # percent; so much lines resemble each other that share no words
MOST_WORDS = 100_000_000  # of one page times those of the other; 0.1 s
MOST_GUESSES = 2_000_000  # pairs of lines held against each other; 1 s
MOST_NEIGHBOURS = 50_000  # lines at the same height; more lie on one heap

Links = dict[tuple[int, int], float]  # lines by their numbers, and how strong they are
Group = tuple[tuple[int, ...], tuple[int, ...]]  # lines of the left, of the right


def align(left: Sequence[Line], right: Sequence[Line]) -> list[Group]:
    """The rows of both readings: each line is in one, in the order of the left."""
    try:
        links = _strongest(_by_place(left, right))
    except _Heap:
        return align([Line(one.text) for one in left], right)
    links |= _strongest(_by_words(left, right, links))
    links |= _enclosed(left, right, links)
    links |= _by_resemblance(left, right, links)
    return _in_order(_groups(links, len(left), len(right)), left, right)


class _Heap(Exception):
    """So many lines lie on each other that places tell nothing."""


def _strongest(links: Links) -> Links:
    """Those that are the strongest of one of their ends: a line that touches two rows
    does not make them one."""
    ours: dict[int, tuple[int, int]] = {}
    theirs: dict[int, tuple[int, int]] = {}
    for link, strength in links.items():
        for known, end in ((ours, link[0]), (theirs, link[1])):
            if end not in known or strength > links[known[end]]:
                known[end] = link
    return {
        link: strength
        for link, strength in links.items()
        if link in (ours[link[0]], theirs[link[1]])
    }


def _by_place(left: Sequence[Line], right: Sequence[Line]) -> Links:
    """Each line is held against those alone that may be at its height.

    Raises:
        _Heap: that is most of them.
    """
    placed = [(n, line.place) for n, line in enumerate(right) if line.place]
    placed.sort(key=lambda pair: min(pair[1].tops))
    tops = [min(place.tops) for _n, place in placed]
    highest = max((max(p.bottoms) - min(p.tops) for _n, p in placed), default=0)
    links: Links = {}
    seen = 0
    for one, line in enumerate(left):
        if line.place is None:
            continue
        _left, top, _right, bottom = line.place.box
        near = slice(bisect_left(tops, top - highest), bisect_left(tops, bottom))
        seen += near.stop - near.start
        if seen > MOST_NEIGHBOURS:
            raise _Heap
        for other, place in placed[near]:
            if shared := line.place.shared_with(place):
                links[one, other] = shared
    return links


def _by_words(left: Sequence[Line], right: Sequence[Line], links: Links) -> Links:
    """Of the lines that nothing has linked: those that have words in common, as both
    pages are read from their beginning to their end."""
    ours = _words(left, {one for one, _other in links})
    theirs = _words(right, {other for _one, other in links})
    if len(ours) * len(theirs) > MOST_WORDS:
        return {}
    letters: Links = defaultdict(float)
    words, others = [word for word, _n in ours], [word for word, _n in theirs]
    for tag, start, end, begin, _end in LCSseq.opcodes(words, others):
        for step in range(end - start if tag == "equal" else 0):
            word, one = ours[start + step]
            letters[one, theirs[begin + step][1]] += len(word)
    sizes, others_sizes = _sizes(ours), _sizes(theirs)
    return {
        (one, other): count
        for (one, other), count in letters.items()
        if _may_be_told_by_text(left[one], right[other])
        and count >= IN_COMMON * min(sizes[one], others_sizes[other])
    }


def _words(lines: Sequence[Line], known: set[int]) -> list[tuple[str, int]]:
    """Each word, and the number of its line."""
    return [
        pair
        for n, line in enumerate(lines)
        if n not in known
        for pair in zip(line.text.casefold().split(), repeat(n), strict=False)
    ]


def _sizes(words: Sequence[tuple[str, int]]) -> Mapping[int, int]:
    """How many letters each line has."""
    sizes: dict[int, int] = defaultdict(int)
    for word, line in words:
        sizes[line] += len(word)
    return sizes


def _may_be_told_by_text(one: Line, other: Line) -> bool:
    """Two lines that lie in different places are two, whatever they say."""
    return one.place is None or other.place is None


def _enclosed(left: Sequence[Line], right: Sequence[Line], links: Links) -> Links:
    """What stands between two lines that are parts of one on the other side is a part
    of it, too, however badly it was read."""
    turned = {(other, one): strength for (one, other), strength in links.items()}
    inner = {(one, other) for other, one in _between_parts(len(right), turned)}
    inner |= set(_between_parts(len(left), links))
    return {
        (one, other): 0.0
        for one, other in inner
        if _may_be_told_by_text(left[one], right[other])
    }


def _between_parts(count: int, links: Links) -> Iterator[tuple[int, int]]:
    """Lines without a link, with the one that their next neighbours have in common."""
    partners: dict[int, set[int]] = defaultdict(set)
    for one, other in links:
        partners[one].add(other)
    known = sorted(partners)
    for one in range(count):
        place = bisect_left(known, one)
        if one in partners or not 0 < place < len(known):
            continue
        if shared := partners[known[place - 1]] & partners[known[place]]:
            yield one, min(shared)


def _by_resemblance(left: Sequence[Line], right: Sequence[Line], links: Links) -> Links:
    """Of the lines that are left over: those that resemble each other, between the same
    neighbours."""
    taken = {other for _one, other in links}
    found: Links = {}
    next_one = tried = 0
    for one, (after, before) in _gaps(len(left), len(right), links).items():
        others = range(max(after, next_one), before)
        tried += len(others)
        if tried > MOST_GUESSES:
            break
        choices = {
            other: right[other].text
            for other in others
            if other not in taken and _may_be_told_by_text(left[one], right[other])
        }
        best = process.extractOne(
            left[one].text, choices, scorer=fuzz.ratio, score_cutoff=SIMILAR
        )
        if best:
            found[one, best[2]] = best[1]
            next_one = best[2] + 1
    return found


def _gaps(ours: int, theirs: int, links: Links) -> Mapping[int, tuple[int, int]]:
    """Of each line of the left without a link: between which lines of the right its
    like may be."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for one, other in links:
        first[one] = min(first.get(one, theirs), other)
        last[one] = max(last.get(one, 0), other)
    gaps: dict[int, tuple[int, int]] = {}
    before = theirs
    for one in reversed(range(ours)):
        before = min(before, first.get(one, theirs))
        gaps[one] = (0, before)
    after = 0
    for one in range(ours):
        after = max(after, last[one] + 1) if one in last else after
        gaps[one] = (after, gaps[one][1])
    return {one: gaps[one] for one in range(ours) if one not in first}


def _groups(links: Links, ours: int, theirs: int) -> list[Group]:
    """What is linked, over however many steps, is one row."""
    parent = list(range(ours + theirs))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for one, other in links:
        parent[root(one)] = root(ours + other)
    members: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for node in range(ours + theirs):
        mine = members[root(node)]
        mine[node >= ours].append(node - ours if node >= ours else node)
    return [(tuple(a), tuple(b)) for a, b in members.values()]


def _in_order(
    groups: list[Group], left: Sequence[Line], right: Sequence[Line]
) -> list[Group]:
    """As the left is read; what only the right has follows what it follows there, and
    what the left alone has above it."""
    ordered = sorted(
        (group for group in groups if group[0]), key=lambda group: group[0]
    )
    row_of = {other: row for row, group in enumerate(ordered) for other in group[1]}
    after: dict[int, list[Group]] = defaultdict(list)
    row = -1
    for other in range(len(right)):
        if other in row_of:
            row = row_of[other]
            continue
        while row + 1 < len(ordered) and _is_above(
            ordered[row + 1], left, right[other]
        ):
            row += 1
        after[row].append(((), (other,)))
    return after[-1] + [
        one for row, group in enumerate(ordered) for one in (group, *after[row])
    ]


def _is_above(group: Group, left: Sequence[Line], line: Line) -> bool:
    """Whether the left alone has it, and above *line*."""
    place = left[group[0][0]].place
    if group[1] or place is None or line.place is None:
        return False
    return place.box[3] <= line.place.box[1]
