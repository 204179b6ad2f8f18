"""Volumes of the CFR: front matter and finding aids are no divisions of the title."""

import pytest

from ingest.assembly import assemble
from ingest.records import Reading, raw_block
from ingest.structure.sections import find_sections

SECTION = ("§ 1.1 Scope.", "p:(a) This title covers all.")
CASES = [  # (headings, or paragraphs behind "p:", citations below the document, reason)
    (
        ("Title 8\u2014Aliens", *SECTION, "FINDING AIDS", "p:A list of titles.", "Title 9\u2014Animals",
         "p:I Service (Parts 1\u2014199)"),
        ["8 CFR, Title 8\u2014Aliens", "8 CFR 1.1", "8 CFR 1.1(a)", "8 CFR, Finding Aids"],
        "other titles are named in the finding aids, not held",
    ),
    (
        (*SECTION, "List of CFR Sections Affected", "2019 8 CFR 84 FR", "p:(a)(1) revised", "p:(b) added"),
        ["8 CFR 1.1", "8 CFR 1.1(a)", "8 CFR, Finding Aids"],
        "paragraphs of sections affected are none of the last section",
    ),
    (
        ("Explanation", "p:The Code is a codification.", "Title 8\u2014Aliens", *SECTION),
        ["8 CFR, Front Matter", "8 CFR, Title 8\u2014Aliens", "8 CFR 1.1", "8 CFR 1.1(a)"],
        "what the volume says of itself",
    ),
    (
        ("Finding Aids", "p:Table of titles 900", "Title 8\u2014Aliens", *SECTION),
        ["8 CFR, Finding Aids", "8 CFR, Title 8\u2014Aliens", "8 CFR 1.1", "8 CFR 1.1(a)"],
        "contents at the front: sections follow",
    ),
    (
        (*SECTION, "Explanation", "p:The (a) above is explained."),
        ["8 CFR 1.1", "8 CFR 1.1(a)"],
        "a heading within a section",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected", "reason"), CASES)
def test_volumes(written, expected, reason):
    blocks = tuple(
        raw_block("paragraph", one.removeprefix("p:")) if one.startswith("p:") else raw_block("heading", one, 1)
        for one in written
    )
    document = assemble(Reading(blocks))
    sections = find_sections(document, cited_as="8 CFR", title="T")
    assert [section.citation for section in sections][1:] == expected, reason
    apart = [section for section in sections if section.citation.endswith(("Front Matter", "Finding Aids"))]
    assert all(section.parent == 0 and section.own_end == section.end for section in apart), "they hold nothing"


def test_other_codes_are_not_printed_so():
    blocks = (raw_block("heading", "§ 1. Scope", 1), raw_block("heading", "Finding Aids", 1))
    sections = find_sections(assemble(Reading(blocks)), cited_as="8 U.S.C.", title="T")
    assert [section.citation for section in sections][1:] == ["8 U.S.C. 1"]
