"""Volumes of the CFR: front matter and finding aids are no divisions of the title."""

import pytest

from ingest.assembly import assemble
from ingest.records import Reading, raw_block
from ingest.structure.sections import find_sections
from ingest.structure.volumes import body

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
]  # fmt: skip


def _blocks(written):
    return tuple(
        raw_block("paragraph", one.removeprefix("p:")) if one.startswith("p:") else raw_block("heading", one, 1)
        for one in written
    )


@pytest.mark.parametrize(("written", "expected", "reason"), CASES)
def test_volumes(written, expected, reason):
    document = assemble(Reading(_blocks(written)))
    sections = find_sections(document, cited_as="8 CFR", title="T")
    assert [section.citation for section in sections][1:] == expected, reason
    apart = [section for section in sections if section.citation.endswith(("Front Matter", "Finding Aids"))]
    assert all(section.parent == 0 and section.own_end == section.end for section in apart), "they hold nothing"


NOT_APART = [  # (code, headings or paragraphs, reason)
    ("8 U.S.C.", ("§ 1. Scope", "Finding Aids"), "other codes are not printed so"),
    ("8 CFR", (*SECTION, "Explanation", "p:The (a) above is explained."), "an explanation behind the sections"),
    ("8 CFR", ("Finding Aids", "p:Table of titles"), "a document without sections"),
]


@pytest.mark.parametrize(("code", "written", "reason"), NOT_APART)
def test_what_is_no_volume(code, written, reason):
    document = assemble(Reading(_blocks(written)))
    assert body(code, document.blocks, document.text) == (0, len(written)), reason
