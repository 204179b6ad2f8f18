"""Tables (W7) and what only looks like one."""

import pytest

from ingest.readers.html.reader import html_reading

TABLES = [  # (body, [blocks], reason)
    (
        "<table><thead><tr><th rowspan=2>V</th><th colspan=2>Toll</th></tr><tr><th>Day</th><th>Night</th></tr></thead>"
        "<tbody><tr><td rowspan=2>Coach</td><td>3</td><td>5</td></tr><tr><td>2</td><td>4</td></tr>"
        "<tr><td>Cart</td><td colspan=2>free</td></tr></tbody></table>",
        [
            "table_header: V | Toll | Toll",
            "table_header: V | Day | Night",
            "table_row: Coach | 3 | 5",
            "table_row: Coach | 2 | 4",
            "table_row: Cart | free | free",
        ],
        "cells that span rows and columns",
    ),
    (
        "<table><tr><td>Zone</td><td>Rates</td></tr><tr><td>North</td><td>See <table><tr><td>Horse</td><td>1</td>"
        "</tr></table>"
        "</td></tr></table>",
        ["table_row: Zone | Rates", "table_row: North | See", "table_row: Horse | 1"],
        "a table in a cell stands apart",
    ),
    (
        "<table><tr><td><a href=a>Home</a><br><a href=b>Contact</a></td><td><h1>Rule</h1><p>One.</p><ol><li>x</ol>"
        "</td></tr></table>",
        ["heading 1: Rule", "paragraph: One.", "list_item 1: 1. x"],
        "a table that sets a menu beside the text",
    ),
    ('<table role="presentation"><tr><td>A</td><td>B</td></tr></table>', ["paragraph: A", "paragraph: B"], "by role"),
    (
        "<table><tr><td>One.</td></tr><tr><td>Two.</td></tr></table>",
        ["paragraph: One.", "paragraph: Two."],
        "one column",
    ),
    (
        "<table><tr><td>(a)</td><td>The owner.</td></tr><tr><td></td><td>He pays.</td></tr><tr><td>(b)</td><td>"
        "None.</td></tr></table>",
        ["paragraph: (a) The owner.", "paragraph: He pays.", "paragraph: (b) None."],
        "designators set beside their text",
    ),
    (
        "<table><tr><th colspan=2>Fees of 1702</th></tr><tr><th>Form</th><th>Fee</th></tr><tr><td>A</td><td>0</td>"
        "</tr></table>",
        ["table_header: Fees of 1702", "table_header: Form | Fee", "table_row: A | 0"],
        "a line over all columns is printed once",
    ),
    (
        "<table><tr><th>A</th><td>1</td></tr><tr><th>B</th><td>2</td></tr></table>",
        ["table_row: A | 1", "table_row: B | 2"],
        "heads of rows",
    ),
    (
        "<table><tfoot><tr><td>Sum</td><td>3</td></tr></tfoot><tbody><tr><td>A</td><td>3</td></tr></tbody></table>",
        ["table_row: A | 3", "table_row: Sum | 3"],
        "the foot is printed last",
    ),
    (
        "<table><tr><td rowspan=0>A</td><td>1</td></tr><tr><td>2</td></tr></table>",
        ["table_row: A | 1", "table_row: A | 2"],
        "a cell down to the end",
    ),
    (
        "<table><tr><td>A</td><td rowspan=2>B</td><td>C</td></tr><tr><td>D</td><td>E</td></tr></table>",
        ["table_row: A | B | C", "table_row: D | B | E"],
        "a cell in the middle",
    ),
    (
        "<table><tr><td>A<br>B</td><td>C<sup>2</sup></td></tr><tr><td>D</td><td>E</td></tr></table>",
        ["table_row: A\nB | C²", "table_row: D | E"],
        "line breaks and exponents in cells",
    ),
    (
        "<table><caption>Fees <b>now</b></caption><tr><td>A</td><td>B</td></tr></table>",
        ["paragraph: Fees now", "table_row: A | B"],
        "a caption makes a table of it",
    ),
    (
        "<table><tr><td>A<sup>1</sup></td><td>5</td></tr><tr><td colspan=2><sup>1</sup> Since May.</td></tr></table>",
        ["table_row: A[1] | 5", "footnote [1]: Since May."],
        "a note in the last row",
    ),
    (
        "<table><tr><td>A</td><td>1</td></tr>Note: fees are due.<tr><td>B</td><td>2</td></tr></table>",
        ["paragraph: Note: fees are due.", "table_row: A | 1", "table_row: B | 2"],
        "text between the cells",
    ),
    (
        "<table><form><tr><td>A</td><td>B</td></tr></form></table>",
        ["table_row: A | B"],
        "an element that does not belong there",
    ),
]


@pytest.mark.parametrize(("body", "expected", "reason"), TABLES)
def test_tables(shape, body, expected, reason):
    assert shape(html_reading(f"<html><body>{body}</body></html>", "x.html")) == expected, reason


@pytest.mark.timeout(60)
def test_spans_without_end_do_not_fill_the_memory():
    rows = "<tr>" + "<td colspan=99999 rowspan=99999>x</td>" * 3 + "</tr>"
    reading = html_reading(f"<body><table>{rows * 200}</table></body>", "x.html")
    assert sum(len(block.text) for block in reading.blocks) < 1_000_000
