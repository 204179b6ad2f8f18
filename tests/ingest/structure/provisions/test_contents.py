"""Lists of contents inside a section: recognised by their entries, what stands above and what comes behind them."""

import pytest

from ingest.assembly import assemble
from ingest.records import Reading, raw_block
from ingest.structure.provisions.contents import contents_of
from ingest.structure.sections import find_sections

LISTED = ["(a) Officials", "(b) Visitors", "(c) Transits"]
PRINTED = ["(a) Officials. The officer decides.", "(b) Visitors. They may stay.", "(c) Transits. They may pass."]
CASES = [  # (lines, numbers of the entries, reason)
    ([*LISTED, *PRINTED], {0, 1, 2}, "listed, then printed"),
    (["(a) Officials (b) Visitors (c) Transits", *PRINTED], {0}, "entries that the reader joined"),
    (["(a) Officials (b) Visitors", "(c) Transits", "The following apply.", *PRINTED], {0, 1}, "a sentence between"),
    (
        ["(a) Officials", "(b) Visitors of persons from another", "country", "(c) Transits", *PRINTED],
        {0, 1, 3},
        "a line that an entry goes on with",
    ),
    (
        ["(1) Admission", "(2)\u2013(4) [Reserved]", "(5) Stay", "(6) Fee",
         "(1) Admission\u2014(i) General. Text.", "(2)\u2013(4) [Reserved]", "(5) Stay. Text.", "(6) Fee. Text."],
        {0, 1, 2, 3},
        "several that are reserved in one entry",
    ),
    (
        ["(a) Officials", "(1) Chiefs", "(2) Others", "(b) Visitors", "(c) Transits",
         "(a) Officials\u2014(1) Chiefs. Text.", "(2) Others. Text.", "(b) Visitors. Text.", "(c) Transits. Text."],
        {0, 1, 2, 3, 4},
        "a list below an entry",
    ),
    (
        ["(h) Workers.", "TABLE 3 TO PARAGRAPH (h)\u2014PARAGRAPH CONTENTS", "(1) Entry", "(2) Petitions",
         "TABLE 3 TO PARAGRAPH (h)\u2014PARAGRAPH", "CONTENTS\u2014Continued", "(3) Fee.", "(1) Admission\u2014",
         "(i) General. Text.", "(2) Petitions. Text."],
        {2, 3, 6},
        "contents of a paragraph that say so, over two pages, one caption other than printed",
    ),
    ([*LISTED, *PRINTED[:1], "(b) Guests. They may stay.", PRINTED[2]], {0, 1, 2}, "one caption that has changed"),
    (LISTED, set(), "no paragraph behind: what is printed are the paragraphs"),
    ([*LISTED, "(d) Crews. They may land."], set(), "a list that goes on"),
    ([*LISTED, "(a) Anything else. Text.", "(b) More. Text.", "(c) Last. Text."], set(), "other captions, no heading"),
    (["(a) Officials", "(b) Visitors", *PRINTED], set(), "two are too few to be sure"),
    ([*LISTED[:2], "(d) Transits", *PRINTED], set(), "a gap in the list"),
    (["(a) Officials;", "(b) Visitors; or", "(c) Transits.", *PRINTED], set(), "a list within a sentence"),
    (
        ["(i) There is no fee for one.", "(ii) Two cost $5.", "(iii) More cost nothing.", "(22) Form B: $5.",
         "(23) Form C: $6.", "(i) This fee is charged.", "(ii) There is no fee for two.", "(iii) More cost nothing."],
        set(),
        "paragraphs of two neighbours: between their lists the outer one goes on (8 CFR 106.2(a)(21))",
    ),
    (
        ["(a) Officials. The officer decides. It is final.", "(b) Visitors. They may stay. They may go.",
         "(c) Transits. They may pass. They may stay.", *PRINTED],
        set(),
        "paragraphs with sentences",
    ),
    (["(1) One", "(2) Two", "(3) Three", "(b) Next. Text.", "(1) One. Text."], set(), "the outer list goes on first"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected", "reason"), CASES)
def test_contents_are_told_from_paragraphs(lines, expected, reason):
    assert contents_of(lines) == expected, reason


def _addresses(lines):
    blocks = (raw_block("heading", "\u00a7 214.2 Requirements.", level=2), *(raw_block("paragraph", x) for x in lines))
    document = assemble(Reading(blocks))
    found = find_sections(document, cited_as="8 CFR", title="Title")
    return [
        (s.citation.removeprefix("8 CFR 214.2"), document.text[s.start : s.end].strip().split("\n")) for s in found[2:]
    ]


def test_paragraphs_behind_contents_have_their_own_addresses():
    lines = [
        "TABLE 1 TO \u00a7 214.2\u2014SECTION CONTENTS",
        "(a) Officials (b) Visitors (c) Students in colleges, universities, seminaries, academic high schools and in"
        " language training programs",
        "(d) Workers (e) Media",
        "The general requirements are modified for the following classes:",
        "(a) Officials\u2014(1) General. An officer decides.",
        "(2) Family. It follows.",
        "(b) Visitors. They may stay.",
        "(c) Students in colleges. They study.",
        "(d) Workers.",
        "TABLE 2 TO PARAGRAPH (d)\u2014PARAGRAPH CONTENTS",
        "(1) Admission",
        "(2) Petitions",
        "(3) Fee",
        "(1) Admission\u2014",
        "(i) General. A worker may be admitted.",
        "(2) Petitions. An employer petitions.",
        "(3) Fee. It is paid.",
        "(e) Media. They may report.",
    ]
    found = dict(_addresses(lines))
    assert list(found) == [
        "(a)", "(a)(1)", "(a)(2)", "(b)", "(c)", "(d)", "(d)(1)", "(d)(1)(i)", "(d)(2)", "(d)(3)", "(e)",
    ]  # fmt: skip
    assert found["(d)"] == lines[8:17], "the contents of a paragraph are part of it"
    assert found["(d)(1)(i)"] == ["(i) General. A worker may be admitted."]
    assert found["(a)"] == lines[4:6], "those of the section are no paragraph's"
