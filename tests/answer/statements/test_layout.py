"""Tables of an answer: put together, their cells, and their look in a terminal."""

from dataclasses import replace

import pytest

from answer import text_table
from answer.records import Statement
from answer.statements.layout import Table, cells, even, laid_out
from answer.text_table import aligned
from pinpoint.records import Span


def part(text, table="", **fields):
    return Statement(text, (1,), table=table, **fields)


ONE, OTHER = Span("rule", 10, 20), Span("rule", 50, 60)
CAPTION = part("Fees", "caption", of_table=ONE)
HEAD = part("Seal | Fee", "header", of_table=ONE)
ROW = part("brass | 40 crowns", "row", of_table=ONE)
REST = part("lead | 20 crowns", "row", more=True, of_table=ONE)


def test_the_rows_of_a_table_stand_together_under_its_head():
    before, behind = part("A sentence."), part("Another one.")
    assert laid_out([before, CAPTION, HEAD, ROW, behind]) == [
        before,
        Table(caption=CAPTION, headers=(HEAD,), rows=(ROW,)),
        behind,
    ]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ([part("Days", "caption", of_table=OTHER), part("low | 2", "row", of_table=OTHER)], "another caption"),
        ([part("Seal | Day", "header", of_table=OTHER), part("low | 2", "row", of_table=OTHER)], "another header"),
        ([part("lead | 20 crowns", "row", of_table=OTHER)], "a row of another table, be it without a header"),
        ([part("lead | 20 crowns", "row", of_table=Span("guide", 10, 20))], "a row of another document"),
        ([part("lead | 20 crowns", "row", more=True, of_table=ONE)], "what is folded"),
    ],
)
def test_another_table_begins_with(second, reason):
    found = laid_out([HEAD, ROW, *second])
    assert [type(one) for one in found] == [Table, Table], reason


HEADS = [  # (statements, all of the answer, tables, reason)
    ([REST], [CAPTION, HEAD, ROW, REST], [((CAPTION, HEAD), (REST,), (CAPTION, HEAD))], "the rest has its head again"),
    ([REST], [replace(HEAD, of_table=OTHER), REST], [((None,), (REST,), ())], "the header of another table is not its"),
    ([ROW, HEAD], [ROW, HEAD], [((None, HEAD), (ROW,), ())], "a header quoted behind its row stands above it"),
    ([CAPTION, HEAD], [CAPTION, HEAD, REST], [((CAPTION, HEAD), (), ())], "a head takes no rows from elsewhere"),
]


@pytest.mark.parametrize(("some", "every", "tables", "reason"), HEADS, ids=[case[3] for case in HEADS])
def test_a_table_has_its_own_head_wherever_that_is_quoted(some, every, tables, reason):
    found = [((one.caption, *one.headers), one.rows, one.again) for one in laid_out(some, every)]
    assert found == tables, reason


CELLS = [  # (row, cells, reason)
    ("low | two years", ["low", "two years"], "two"),
    ("| a waiver", ["", "a waiver"], "the first is empty"),
    ("high | | a\nmonth", ["high", "", "a\nmonth"], "an empty one, and one of two lines"),
    ("one", ["one"], "a single one"),
]


@pytest.mark.parametrize(("row", "found", "reason"), CELLS, ids=[case[2] for case in CELLS])
def test_cells_of_a_row(row, found, reason):
    assert cells(row) == found, reason
    assert len(even(row, 4)) == 4


def test_columns_are_aligned_under_a_ruled_header():
    lines = aligned([["Pressure", "Interval"]], [["low", "two years"], ["high", "a month"]], ["[1]", "[2]", "[3]"])
    assert lines == [
        "Pressure   Interval    [1]",
        "--------   ---------",
        "low        two years   [2]",
        "high       a month     [3]",
    ]


def test_long_cells_are_broken_between_words_and_lose_none():
    words = " ".join(f"word{number}" for number in range(60))
    lines = aligned([], [["first", words]], [""])
    assert max(map(len, lines)) <= 100
    assert " ".join(" ".join(lines).split()) == f"first {words}"


@pytest.mark.parametrize("column", [0, 1])
def test_a_huge_cell_is_as_wide_as_a_line_from_the_first(monkeypatch, column):
    tried = []
    monkeypatch.setattr(text_table, "max", lambda *given: tried.append(given) or max(*given), raising=False)
    row = ["lead", "lead"]
    row[column] = "word " * 2000
    lines = aligned([], [row], [""])
    assert max(map(len, lines)) <= 100
    assert len(tried) < 500, "the width is not counted down from that of the cell"
