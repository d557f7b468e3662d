"""txt with its columns kept: amounts stand under each other, on their rows."""

from __future__ import annotations

from engines import Box, Line, Page, Result, Wishes, export_result
from engines.exports.cells import cut
from tests.engines.exports.columns import Known, judged, shown
from tests.engines.exports.made import ARABIC, line, page, worded


def grid(*lines: Line) -> str:
    result = Result({1: page(*lines)})
    return export_result("txt", result, Wishes(layout=True)).decode()


def ending(text: str, right: float, top: float) -> Line:
    return line(text, right - 10 * len(text), top)


def test_amounts_end_in_one_column_though_print_is_uneven() -> None:
    """As on a photo, where the column leans by more than a letter."""
    assert grid(
        line("Bread", 20, 10),
        ending("$7.80", 300, 10),
        line("Honey", 20, 40),
        ending("$115.40", 306, 40),
        line("Butter", 20, 70),
        ending("12.00 S", 331, 70),
        line("Total", 20, 100),
        ending("RM 135.20", 318, 100),
    ) == (
        "Bread                   $7.80\n"
        "Honey                 $115.40\n"
        "Butter                  12.00 S\n"
        "Total               RM 135.20\n"
    )


def test_where_one_row_has_no_room_the_whole_column_moves() -> None:
    def narrow(text: str, top: float) -> Line:
        return Line(text, Box(20, top, 120, top + 20).polygon)

    assert grid(
        narrow("a name in very narrow print", 10),
        ending("7.80", 200, 10),
        *(part for row in range(1, 24) for part in item(row)),
    ).startswith("a name in very narrow print 7.80\nBread                       5.40\n")


def item(row: int) -> tuple[Line, Line]:
    return line("Bread", 20, 10 + 30 * row), ending("5.40", 200, 10 + 30 * row)


def test_a_line_with_its_price_at_the_end_keeps_to_the_column() -> None:
    assert grid(
        line("Bread", 20, 10),
        ending("7.80", 300, 10),
        ending("Amount to pay: 7.80", 304, 40),
    ) == ("Bread                   7.80\n         Amount to pay: 7.80\n")


def test_a_row_that_was_read_as_one_line_is_cut() -> None:
    """As Tesseract reads tables."""
    whole = Line(
        "Bread and butter 7.80",
        Box(20, 10, 400, 30).polygon,
        tuple(
            word
            for text, left in (("Bread and butter", 20), ("7.80", 360))
            for word in worded(text, left, 10).words
        ),
    )
    assert [piece.text for piece in cut(whole)] == ["Bread and butter", "7.80"]
    assert [piece.box for piece in cut(whole)] == [
        *(Box(20, 10, 180, 30), Box(360, 10, 400, 30))
    ]
    assert grid(whole) == "Bread and butter                  7.80\n"


def test_lines_are_cut_from_the_right_too() -> None:
    apart = worded(f"{ARABIC} 12.50", 300, 10)
    assert cut(apart) == [apart]
    near, far = apart.words
    far = type(far)(far.text, Box(100, 10, 150, 30), far.confidence)
    wide = Line(apart.text, Box(100, 10, 420, 30).polygon, (near, far))
    assert [piece.text for piece in cut(wide)] == [ARABIC, "12.50"]


def test_lines_that_do_not_run_level_are_not_cut() -> None:
    words = worded("up there", 0, 0).words
    up = Line("up there", ((0, 300), (0, 0), (20, 0), (20, 300)), words)
    assert cut(up) == [up]


def test_the_bench_finds_what_stands_wrong() -> None:
    """Its judgement of a page, by a truth that disagrees with it."""
    read = Page(
        600,
        400,
        (
            *(line("Bread", 20, 10), ending("7.80", 300, 10)),
            *(line("Honey", 20, 40), ending("5.40", 300, 40)),
        ),
    )
    assert [(cell.text, cell.row, cell.column) for cell in shown(read)] == [
        *(("Bread", 0, 0), ("7.80", 0, 24), ("Honey", 1, 0), ("5.40", 1, 24))
    ]
    truth = [Known(one.text, one.box) for one in read.lines if one.box]
    fine = {"prices": 2, "read": 2, "on their row": 2, "in their column": 2}
    assert judged(read, truth) == fine
    lower = Known("Bread", Box(20, 30, 70, 50))
    assert judged(read, [lower, *truth[1:2]])["on their row"] == 1
    unread = Known("9.99", Box(500, 300, 540, 320))
    assert judged(read, [*truth, unread]) == {**fine, "prices": 3}
