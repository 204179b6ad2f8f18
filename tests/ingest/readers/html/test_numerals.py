"""Numbers of list items as a browser prints them (W6)."""

import pytest

from ingest.readers.html.css.figures import figure
from ingest.readers.html.numerals import numeral
from ingest.readers.html.reader import html_reading

FIGURES = [  # (number, style, text, reason)
    (27, "lower-alpha", "aa", "beyond z"),
    (52, "lower-latin", "az", "the last that begins with a"),
    (53, "upper-alpha", "BA", "the next one"),
    (703, "lower-alpha", "aaa", "three letters"),
    (4, "lower-roman", "iv", "four"),
    (1994, "upper-roman", "MCMXCIV", "all kinds of signs"),
    (4000, "lower-roman", "4000", "larger than Roman numerals go"),
    (0, "lower-alpha", "0", "letters have no nought"),
    (-3, "upper-roman", "-3", "nor anything below"),
    (7, "decimal-leading-zero", "07", "two figures"),
    (3, "lower-greek", "γ", "Greek letters"),
    (5, "georgian", "5", "a numbering that is not known here"),
]
LISTS = [  # (body, items, reason)
    ('<ol type="i"><li>x<li>y</ol>', ["i. x", "ii. y"], "the attribute"),
    ('<ol type="A" start="26"><li>x<li>y</ol>', ["Z. x", "AA. y"], "beyond z"),
    ("<ol reversed><li>x<li>y<li>z</ol>", ["3. x", "2. y", "1. z"], "backwards from the number of items"),
    ('<ol reversed start="9"><li>x<li value="4">y<li>z</ol>', ["9. x", "4. y", "3. z"], "backwards, and set anew"),
    ('<ol><li>x<li value="7">y<li>z</ol>', ["1. x", "7. y", "8. z"], "a value counts on"),
    ('<ol start="x"><li>x</ol>', ["1. x"], "a start that is no number"),
    ('<ol style="list-style-type:lower-alpha"><li>x</ol>', ["a. x"], "a style"),
    (
        "<style>ol ol { list-style: upper-roman inside }</style><ol><li>x<ol><li>y</ol></ol>",
        ["1. x", "I. y"],
        "styles of the page",
    ),
    ('<ul style="list-style-type:decimal"><li>x<li>y</ul>', ["1. x", "2. y"], "numbers without order"),
    ("<ul><li>x</ul>", ["x"], "bullets are no text"),
    ('<ol style="list-style:none"><li>(a) x</ol>', ["(a) x"], "numbers that are typed"),
    ('<style>ol { list-style: none } </style><ol type="a"><li>x</ol>', ["x"], "styles are heavier than an attribute"),
    ('<ol><li style="list-style-type: lower-roman">x<li type="a">y</ol>', ["i. x", "b. y"], "items of their own"),
    ("<ol style=\"list-style-type: '§ '\"><li>x</ol>", ["§ x"], "a sign"),
    ("<ol style=\"list-style-type: '- '\"><li>x</ol>", ["x"], "a dash is a bullet"),
    (
        "<style>@counter-style p { system: extends lower-alpha; prefix: '('; suffix: ') ' } ol { list-style: p "
        "}</style>"
        "<ol><li>x<li>y</ol>",
        ["(a) x", "(b) y"],
        "a numbering of the page's own",
    ),
    (
        "<style>ol { counter-reset: i; list-style: none } li { counter-increment: i }"
        " li::before { content: '(' counter(i, lower-alpha) ') ' }</style><ol><li>x<li>y</ol><ol><li>z</ol>",
        ["(a) x", "(b) y", "(a) z"],
        "counters, begun anew by each list",
    ),
    (
        "<style>ol { counter-reset: i; list-style: none } li::before { counter-increment: i; content: counters(i, "
        "'.') ' ' }"
        "</style><ol><li>x<ol><li>y<li>z</ol></li><li>w</ol>",
        ["1 x", "1.1 y", "1.2 z", "2 w"],
        "counters within counters",
    ),
    (
        "<style>li::marker { content: '(' counter(list-item, upper-roman) ') ' }</style><ol><li>x<li>y</ol>",
        ["(I) x", "(II) y"],
        "the sign itself",
    ),
    ('<style>li::before { content: "» " }</style><ul><li>x</ul>', ["x"], "what only decorates"),
    (
        "<ol><li><p>x</p><p>y</p></li><li><h3>z</h3></li></ol>",
        ["1. x", "y", "2. z"],
        "before the first block of an item",
    ),
    ("<ol><li><ol type=a><li>x</ol></ol>", ["1. a. x"], "two numbers in one line"),
]


@pytest.mark.parametrize(("number", "style", "text", "reason"), FIGURES)
def test_figures(number, style, text, reason):
    assert figure(number, style) == text, reason


@pytest.mark.parametrize(("body", "items", "reason"), LISTS)
def test_items_have_the_number_that_is_printed(body, items, reason):
    assert [block.text for block in html_reading(f"<html><body>{body}</body></html>", "x").blocks] == items, reason


def test_symbols_of_a_numbering_that_repeats_them():
    own = {"own": {"system": "cyclic", "symbols": '"A" "B"', "suffix": '") "'}}
    assert [numeral(number, "own", own) for number in (1, 2, 3)] == ["A) ", "B) ", "A) "]
