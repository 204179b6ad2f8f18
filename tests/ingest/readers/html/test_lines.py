"""Pages of typed lines (W8) and lines of a paragraph (G6)."""

import pytest

from ingest.readers.html.reader import html_reading

LINES = [  # (body, [blocks], reason)
    (
        "<pre>\nHARBOR COMMISSION\n\nSUMMARY: The Commission limits the mooring of barges at the grain quay to\nsix "
        "hours.\n\n"
        "Sec. 40.1  Mooring.\n\n    (a) General. No barge moors at the grain quay for more than six\nhours.\n    (b) "
        "None.\n</pre>",
        [
            "heading 6: HARBOR COMMISSION",
            "paragraph: SUMMARY: The Commission limits the mooring of barges at the grain quay to six hours.",
            "paragraph: Sec. 40.1 Mooring.",
            "paragraph: (a) General. No barge moors at the grain quay for more than six hours.",
            "paragraph: (b) None.",
        ],
        "typed text",
    ),
    (
        "<pre>The rule limits the mooring of barges at the grain quay of the harbor.\\1\\ It\nbinds "
        "all.\n---------------------\n    \\1\\ See it.\n</pre>",
        [
            "paragraph: The rule limits the mooring of barges at the grain quay of the harbor.[1] It binds all.",
            "footnote [1]: See it.",
        ],
        "notes as the Federal Register types them",
    ),
    ("<pre>one line only</pre>", ["paragraph: one line only"], "a line is no page"),
    (
        "<p>(a) Ice is cut.<br>(b) Ice is stored.<br><br>(1) Weights.<br>(2) The book.</p>",
        [
            "paragraph: (a) Ice is cut.",
            "paragraph: (b) Ice is stored.",
            "paragraph: (1) Weights.",
            "paragraph: (2) The book.",
        ],
        "provisions by line",
    ),
    (
        "<div>Under paragraph<br>(a) of this section</div>",
        ["paragraph: Under paragraph\n(a) of this section"],
        "a reference that a line break meets",
    ),
    ("<div>the file<br>on the day<br/>of it</div>", ["paragraph: the file\non the day\nof it"], "in a box"),
    ("<blockquote>one<br>two</blockquote>", ["paragraph: one\ntwo"], "in a quotation"),
    ("<dl><dt>Term</dt><dd>One<br>two</dd></dl>", ["paragraph: Term", "paragraph: One\ntwo"], "in a meaning"),
    ("<p>First part.<br><br>Second part.</p>", ["paragraph: First part.", "paragraph: Second part."], "an empty line"),
    ("<p>\u2022 One<br>\u2022 Two</p>", ["list_item 1: One", "list_item 1: Two"], "typed bullets"),
    (
        "<div style='white-space:pre-line'>One\ntwo</div>",
        ["paragraph: One\ntwo"],
        "lines of the source that are printed",
    ),
    (
        "<p>" + "The owner of a barge pays ten crowns for each hour that it is moored<br>at the quay. " * 8 + "</p>",
        [
            "paragraph: "
            + " ".join(["The owner of a barge pays ten crowns for each hour that it is moored at the quay."] * 8),
        ],
        "a typewriter's lines",
    ),
]


@pytest.mark.parametrize(("body", "expected", "reason"), LINES)
def test_lines(shape, body, expected, reason):
    assert shape(html_reading(f"<html><body>{body}</body></html>", "x.html")) == expected, reason
