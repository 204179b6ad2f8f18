"""The left edge of each block (A8), as the page states it: by class, by style, by its lists and quotations."""

import math

import pytest

from ingest.readers.html.reader import html_reading

NAN = math.nan
PAGES = [  # (body, [left edge of each block in em], reason)
    ("<p>One.</p><p>Two.</p>", [None, None], "nothing is moved"),
    (
        '<p class="statutory-body">(1)</p><p class="statutory-body-2em">Text b.</p>',
        [2.0],
        "a designator joined to text",
    ),
    ('<p class="statutory-body">Text a.</p><p class="statutory-body-2em">Text b.</p>', [None, 2.0], "the Code's page"),
    (
        '<p class="statutory-body-block-1em">Text b.</p><p class="statutory-body-flush2_hang4">Text c.</p>',
        [1.0, 2.0],
        "flush and hanging paragraphs of the Code's page",
    ),
    ('<h4 class="subparagraph-head">A b</h4><h4 class="subsection-head">B b</h4>', [2.0, None], "heads of levels"),
    (
        '<div class="subsection indent2"><p>Text a.</p><div class="paragraph indent1"><p>Text b.</p></div>'
        '<div class="continuation indent0">Text c.</div></div><div class="continuation indent0">Text d.</div>',
        [1.0, 2.0, 1.0, None],
        "elements nested as the levels are, whatever else their classes say",
    ),
    (
        '<div><p class="indent-1">Text a.</p><p class="indent-2">Text b.</p>'
        '<p class="flush-paragraph-1">Text c.</p></div>',
        [1.0, 2.0, NAN],
        "a class that is no step tells nothing beside steps",
    ),
    (
        '<p style="margin-left:24px">Text a.</p><p style="MARGIN-LEFT: .5in">Text b.</p>',
        [1.5, 3.0],
        "pixels and inches",
    ),
    (
        '<p style="margin: 0 0 0 36pt">Text a.</p><p style="padding-left:10%">Text b.</p>',
        [3.0, 8.0],
        "four sides, a share",
    ),
    (
        '<p style="text-indent: 2em">Text a.</p><p style="margin:1em">Text b.</p>',
        [None, None],
        "first lines, all sides alike",
    ),
    ('<p style="margin-left:auto">Text a.</p><p style="margin-left:x">Text b.</p>', [None, None], "no length"),
    (
        '<div style="margin-left:1em"><p>Text a.</p><p style="margin-left:1em">Text b.</p></div><p>Text c.</p>',
        [1.0, 2.0, None],
        "edges add up",
    ),
    (
        "<style>.x { margin-left: 2em }</style><p class='x'>Text a.</p><p>Text b.</p>",
        [2.0, None],
        "a style sheet in the page",
    ),
    (
        "<ul><li>Text a.<ul><li>Text b.</li></ul>Text c.</li></ul>Text d.",
        [2.5, 5.0, 2.5, None],
        "lists are moved by browsers",
    ),
    (
        "<ul style='padding-left:0'><li>Text a.</li></ul><blockquote>Text b.</blockquote>",
        [None, 2.5],
        "unless they are told not",
    ),
    ('<p class="statutory-body-1em">A <s>b</s> c.</p>', [1.0], "beside struck words"),
]


@pytest.mark.parametrize(("body", "edges", "reason"), PAGES, ids=[row[2] for row in PAGES])
def test_a_block_has_the_left_edge_that_its_page_states(body, edges, reason):
    blocks = html_reading(f"<html><body>{body}</body></html>", "page.html").blocks
    found = [block.indent or None for block in blocks]
    assert [repr(edge) for edge in found] == [repr(edge) for edge in edges], reason
