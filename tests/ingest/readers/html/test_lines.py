"""Where an element stands in its line."""

import lxml.html
import pytest

from ingest.readers.html.lines import begins_line, goes_on, is_first, is_whole, text_before

LINES = [  # (page, begins its line, the line goes on, reason)
    ("<p><b>x</b></p>", True, False, "alone"),
    ("<p>a <b>x</b></p>", False, False, "behind text of its parent"),
    ("<p><i>a</i><b>x</b> c</p>", False, True, "behind an element with words, before text"),
    ("<p>a<br><b>x</b><br>c</p>", True, False, "between two breaks"),
    ("<div><p>a</p><b>x</b><p>c</p></div>", True, False, "between blocks"),
    ("<p><i></i> <b>x</b><i>c</i></p>", True, True, "behind an empty element, before one with words"),
    ("<p><i>a</i>, <b>x</b><i></i> c</p>", False, True, "behind a comma, before text behind an empty element"),
    ("<p><u>a <b>x</b></u></p>", False, False, "behind text in an inner element"),
    ("<p><u><b>x</b></u> c</p>", True, True, "text follows the inner element"),
    ("<p><u><b>x</b></u><br>c</p>", True, False, "a break follows the inner element"),
]


@pytest.mark.parametrize(("page", "begins", "on", "reason"), LINES, ids=[row[3] for row in LINES])
def test_where_an_element_stands(page, begins, on, reason):
    (element,) = lxml.html.fromstring(f"<div>{page}</div>").iter("b")
    assert (begins_line(element), goes_on(element)) == (begins, on), reason


@pytest.mark.parametrize(
    ("page", "first", "whole", "before"),
    [
        ("<p><b>x</b> y</p>", True, False, ""),
        ("<p>a <b>x</b></p>", False, False, "a "),
        ("<p><i><b>x</b></i></p>", True, True, ""),
    ],
)
def test_what_stands_before_it(page, first, whole, before):
    body = lxml.html.fromstring(f"<div>{page}</div>")
    (element,) = body.iter("b")
    (holder,) = body.iter("p")
    assert (is_first(element, holder), is_whole(element, holder), text_before(element)) == (first, whole, before)
