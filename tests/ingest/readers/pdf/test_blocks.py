"""Where a paragraph begins: a number at the beginning of a line may belong to the line before it."""

from collections import Counter

import pytest

from ingest.readers.pdf.blocks import find_style, to_drafts
from ingest.readers.pdf.engine.runs import Run
from ingest.readers.pdf.layout import to_regions
from ingest.readers.pdf.lines import to_lines
from ingest.readers.pdf.segments import to_segments

FULL = "An applicant who asks for this status files the form and shows"


def lines_of(texts, page):
    runs = [Run(text, 50, 50 + 5.0 * len(text), 700 - 12 * row, 10.0) for row, text in enumerate(texts)]
    segments, _ = to_segments(runs, Counter())
    return to_lines(to_regions(segments, ()), page, page)


BREAKS = [  # (end of a line, beginning of the next, whether it begins a paragraph, reason)
    ("the evidence that is set forth in", "§ 214.11(b) of this chapter", False, "a reference to a section"),
    ("is subject to a proceeding under", "§1003.101. Each such order is", False, "with a point behind it"),
    ("asylum only under the Act and this", "§208.30. The alien must say", False, "as in 8 CFR 208.30"),
    ("the Controlled Substance Act (21 U.S.C.", "§802) is not eligible for it", False, "a section of the Code"),
    ("who has been admitted with a form (see", "§1.4), is admitted for six months", False, "in brackets"),
    (
        "in section 274A(e)(4) of the Act, and",
        "§274a.10 of this part applies.",
        False,
        "behind a comma and a conjunction",
    ),
    ("as is described more fully in paragraph", "(c)(3) of this section", False, "the number of a paragraph"),
    ("and this is where the section ends.", "§ 214.12 Further rules", True, "the next section"),
    ("that has been denied; or", "(b) Is under 18 years of age", True, "the next paragraph"),
]


@pytest.mark.parametrize("over_page", [False, True])
@pytest.mark.parametrize(("end", "beginning", "begins", "reason"), BREAKS)
def test_a_number_begins_a_paragraph_only_where_the_text_before_it_ended(end, beginning, begins, reason, over_page):
    before, after = [FULL, FULL, end], [beginning, FULL, FULL]
    lines = [*lines_of(before, 1), *lines_of(after, 2)] if over_page else lines_of([*before, *after], 1)
    drafts = to_drafts(lines, find_style(lines, {}))
    assert any(draft.text.startswith(beginning) for draft in drafts) == begins, reason
