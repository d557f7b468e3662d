"""What people put right, in the places where it was read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines import (
    Alternative,
    Box,
    Line,
    Page,
    Word,
    corrected_line,
    corrected_page,
)

LETTER, HEIGHT = 10.0, 20.0  # pixels


def line(*texts: str, from_right: bool = False, joint: str = " ") -> Line:
    """A line in which each letter, and each space, is ten pixels wide."""
    text = joint.join(texts)
    width, at = LETTER * len(text), 0.0
    words = []
    for word in texts:
        end = at + LETTER * len(word)
        left, right = (width - end, width - at) if from_right else (at, end)
        others = (Alternative("x", "other"),)
        words.append(Word(word, Box(left, 0, right, HEIGHT), 0.4, others))
        at = end + LETTER * len(joint)
    return Line(text, Box(0, 0, width, HEIGHT).polygon, tuple(words), 0.4, 0.2)


def spans(found: Line) -> list[tuple[str, float, float]]:
    return [(word.text, word.box.left, word.box.right) for word in found.words]


def new(text: str, left: float, right: float) -> Word:
    """A word that people wrote: certain, and nothing else."""
    return Word(text, Box(left, 0, right, HEIGHT), 1.0)


def test_it_works() -> None:
    read = line("Tota1", "12.50", "EUR")
    found = corrected_line(read, "Total 12.50 EUR")
    assert found == Line(
        "Total 12.50 EUR",
        read.polygon,
        (new("Total", 0, 50), *read.words[1:]),
        confidence=1.0,
    )


def test_the_same_is_left_alone() -> None:
    read = line("Total", "12.50")
    assert corrected_line(read, "Total 12.50") is read


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        # changed, and longer: the box of what stood there
        (line("Mi", "2.50"), "Milk 2.50", [("Milk", 0, 20), ("2.50", 30, 70)]),
        (line("bread", "2.50"), "b 2.50", [("b", 0, 50), ("2.50", 60, 100)]),
        # parted: by letters, the space among them
        (line("HelloWorld"), "Hello World", [("Hello", 0, 45.4), ("World", 54.5, 100)]),
        # joined
        (line("Hel", "lo"), "Hello", [("Hello", 0, 60)]),
        # parted and joined at once
        (line("ab", "cd"), "abc d", [("abc", 0, 30), ("d", 40, 50)]),
        # gone
        (line("x", "Total"), "Total", [("Total", 20, 70)]),
        # there was more than was read: a wide gap, the ends
        (
            line("a", "b", joint="     "),
            "a xyz b",
            [("a", 0, 10), ("xyz", 10, 60), ("b", 60, 70)],
        ),
        # a narrow gap: a letter long, or in the box of a neighbour that changed
        (
            line("aa", "bb"),
            "aa iii bb",
            [("aa", 0, 20), ("iii", 20, 30), ("bb", 30, 50)],
        ),
        (line("aa", "bb"), "iii aa bb", [("iii", 0, 5), ("aa", 0, 20), ("bb", 30, 50)]),
        (line("cat", "2.50"), "hot dog 2.50", [("hot", 0, 12.8), ("dog", 17.1, 30)]),
        # print of two ways in one line: a number among Arabic runs by itself
        (
            line("المجموع", "12.50", from_right=True),
            "المجموع 17.50",
            [("المجموع", 60, 130), ("17.50", 0, 50)],
        ),
        (
            line("خبزأبيض", "3", from_right=True),
            "خبز أبيض 3",
            [("خبز", 63.7, 90), ("أبيض", 20, 55), ("3", 0, 10)],
        ),
        (  # what stands on a letter takes no room
            line("ثَمَنٌكل", from_right=True),
            "ثَمَنٌ كل",
            [("ثَمَنٌ", 40, 80), ("كل", 0, 26.6)],
        ),
        (
            line("المجموع", "TotalDue", from_right=True),
            "المجموع Total Due",
            [("المجموع", 90, 160), ("Total", 0, 44.4), ("Due", 53.3, 80)],
        ),
    ],
)
def test_places(
    read: Line, text: str, expected: list[tuple[str, float, float]]
) -> None:
    found = spans(corrected_line(read, text))
    assert [word for word, _, _ in found] == text.split()
    for (_, *sides), (_, *wanted) in zip(found, expected, strict=False):
        assert sides == pytest.approx(wanted, abs=0.1)


def test_print_that_runs_up_the_page() -> None:
    polygon = ((0, 100), (0, 0), (20, 0), (20, 100))
    read = Line("HelloWorld", polygon, (Word("HelloWorld", Box(0, 0, 20, 100), 0.4),))
    hello, world = corrected_line(read, "Hello World").words
    assert (hello.box.top, hello.box.bottom) == pytest.approx((54.5, 100), abs=0.1)
    assert (world.box.top, world.box.bottom) == pytest.approx((0, 45.5), abs=0.1)


def test_words_without_spaces_between_stay_words() -> None:
    """As Google Vision parts them, and Chinese is."""
    read = line("Total", ":", "12.50", joint="")
    found = corrected_line(read, "Total:17.50")
    assert found.words == (*read.words[:2], new("17.50", 60, 110))


def test_a_line_without_words_has_none() -> None:
    told = Line("Tota1", confidence=None)
    assert corrected_line(told, "Total") == Line("Total", confidence=1.0)


def test_an_emptied_line_says_nothing() -> None:
    read = line("Total", "12.50")
    assert corrected_line(read, "") == Line("", read.polygon, (), 1.0)


def test_words_that_do_not_spell_their_line() -> None:
    read = Line("Total 12.50", None, (Word("Total", Box(0, 0, 50, 20), 0.4),), 0.4)
    found = corrected_line(read, "Total 17.50")
    assert spans(found) == [("Total", 0, 50), ("17.50", 45, 50)]


def page(text: str, *texts: str) -> Page:
    return Page(100, 100, tuple(map(Line, texts)), text, "fake", ("A note.",))


def test_a_page_keeps_its_paragraphs() -> None:
    read = page("A b\n\nc\nd\n", "A", "b", "c", "d")
    found = corrected_page(read, {1: "B", 2: "C", 9: "no such line"})
    texts = ("A", "B", "C", "d")
    confidence = (None, 1.0, 1.0, None)
    lines = tuple(
        Line(text, confidence=sure)
        for text, sure in zip(texts, confidence, strict=True)
    )
    assert found == Page(100, 100, lines, "A B\n\nC\nd\n", "fake", ("A note.",))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (0, "b\n\nc\nd"),
        (1, "A\n\nc\nd"),
        (2, "A b\n\nd"),
        (3, "A b\n\nc"),
    ],
)
def test_an_emptied_line_adds_nothing_to_the_page(place: int, text: str) -> None:
    found = corrected_page(page("A b\n\nc\nd", "A", "b", "c", "d"), {place: ""})
    assert found.text == text
    assert len(found.lines) == 4


def test_all_lines_emptied() -> None:
    assert corrected_page(page("A\nb", "A", "b"), {0: "", 1: ""}).text == ""


def test_a_text_that_is_not_made_of_its_lines() -> None:
    found = corrected_page(page("something else", "A", "b", "c"), {1: "B", 2: ""})
    assert found.text == "A\nB"


def test_a_page_that_nobody_changed_is_the_same() -> None:
    read = page("something else", "A", "b")
    assert corrected_page(read, {1: "b"}) is read


WORDS = st.text("ab1.بتَ", min_size=1, max_size=6)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Words side by side, with gaps as wide as may be, in any of the four ways."""
    texts = draw(st.lists(WORDS, max_size=6))
    words, at = [], draw(st.floats(0, 50))
    is_level, is_forward = draw(st.booleans()), draw(st.booleans())
    for text in texts:
        end = at + draw(st.floats(0, 100))
        low, high = (at, end) if is_forward else (1000 - end, 1000 - at)
        box = Box(low, 3, high, 9) if is_level else Box(3, low, 9, high)
        words.append(Word(text, box, draw(st.none() | st.floats(0, 1))))
        at = end + draw(st.floats(-5, 50))
    joint = draw(st.sampled_from([" ", " ", ""]))
    around = Box(0, 0, 1000, 12) if is_level else Box(0, 0, 12, 1000)
    first, second, third, fourth = around.polygon
    polygons = (
        (first, second, third, fourth),
        (third, fourth, first, second),
        (second, third, fourth, first),
        None,
    )
    polygon = draw(st.sampled_from(polygons))
    return Line(joint.join(texts), polygon, tuple(words), 0.5)


@settings(deadline=None)  # a busy machine is no defect
@given(lines(), TEXTS)
def test_any_correction(read: Line, text: str) -> None:
    found = corrected_line(read, text)
    assert found.text == text
    assert "".join(word.text for word in found.words) == (
        text.replace(" ", "") if read.words else ""
    )
    boxes = [word.box for word in read.words]
    for word in found.words:
        assert word in read.words or (word.confidence, word.alternatives) == (1.0, ())
        for side, choose in (("left", min), ("top", min), ("right", max)):
            far = choose(getattr(box, side) for box in [*boxes, read.box or boxes[0]])
            here = getattr(word.box, side)
            assert choose(here, far) == pytest.approx(far)


@settings(deadline=None)  # a busy machine is no defect
@given(lines())
def test_saying_the_same_changes_nothing(read: Line) -> None:
    assert corrected_line(read, read.text) is read


@settings(deadline=None)  # a busy machine is no defect
@given(lines(), WORDS)
def test_a_word_more_leaves_the_others_alone(read: Line, more: str) -> None:
    found = corrected_line(read, f"{read.text} {more}".strip())
    if " " in read.text:
        assert [word for word in read.words if word not in found.words] == []


@settings(deadline=None)  # a busy machine is no defect
@given(st.lists(WORDS, max_size=5), st.data())
def test_the_breaks_of_a_page_stay(texts: list[str], data: st.DataObject) -> None:
    joints = [data.draw(st.sampled_from([" ", "\n", "\n\n"])) for _ in texts]
    text = "".join(map("".join, zip(texts, joints, strict=True)))
    read = Page(9, 9, tuple(map(Line, texts)), text)
    new = {place: "xyz" for place in range(len(texts)) if data.draw(st.booleans())}
    said = [new.get(place, text) for place, text in enumerate(texts)]
    expected = "".join(map("".join, zip(said, joints, strict=True)))
    assert corrected_page(read, new).text == expected
