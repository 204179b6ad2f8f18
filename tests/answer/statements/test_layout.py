"""Tables of an answer: put together, their cells, and their look in a terminal."""

import pytest

from answer import text_table
from answer.records import Statement
from answer.statements.layout import Table, cells, even, laid_out
from answer.text_table import aligned


def part(text, table="", **fields):
    return Statement(text, (1,), table=table, **fields)


CAPTION, HEAD, ROW = part("Fees", "caption"), part("Seal | Fee", "header"), part("brass | 40 crowns", "row")


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
        ([part("Seal | Day", "header"), ROW], "another header"),
        ([part("Days", "caption"), ROW], "another caption"),
        ([part("lead | 20 crowns", "row", more=True)], "what is folded"),
    ],
)
def test_another_table_begins_with(second, reason):
    found = laid_out([HEAD, ROW, *second])
    assert [type(one) for one in found] == [Table, Table], reason


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
