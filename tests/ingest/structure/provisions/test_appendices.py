"""Appendices, schedules, interpretations: divisions of their own; the sections before them have none of their text."""

import pytest

from citations.keys import citation_keys
from citations.parse import parse_citations
from ingest.assembly import assemble
from ingest.records import Reading, raw_block
from ingest.structure.sections import find_sections

BEFORE = [
    "# PART 40—MOORING",
    "## § 40.1 Mooring.",
    "(a) Lines. Of hemp.",
    "(b) Watch. By day.",
    "## § 40.2 Fees.",
    "(a) Barges.",
    "(b) Brigs.",
]


def _found(lines):
    """Citation and text of every section behind 12 CFR 40.2(b)."""
    blocks = []
    for line in [*BEFORE, *lines]:
        marks = len(line) - len(line.lstrip("#"))
        blocks.append(raw_block("heading" if marks else "paragraph", line.lstrip("# "), level=marks))
    document = assemble(Reading(tuple(blocks)))
    sections = find_sections(document, cited_as="12 CFR", title="T")
    last = next(number for number, section in enumerate(sections) if section.citation == "12 CFR 40.2(b)")
    assert document.text[sections[last].start : sections[last].end] == "(b) Brigs.\n", "the section keeps its own text"
    return [section.citation for section in sections[last + 1 :]]


P = "12 CFR Part 40"
ROWS = [  # (lines behind the last section, citations, reason)
    (["Appendix A to Part 40—Knots", "(a) The bowline.", "(b) The hitch."],
     [f"{P}, Appendix A", f"{P}, Appendix A (a)", f"{P}, Appendix A (b)"], "a paragraph, as in text files"),
    (["# APPENDIX A TO PART 40 - KNOTS", "1. The bowline is used.", "(a) It is tied twice."],
     [f"{P}, Appendix A", f"{P}, Appendix A, 1", f"{P}, Appendix A, 1(a)"], "a numbered outline"),
    (["## Appendix A—Knots", "(a) The bowline.", "(b) The hitch."],
     [f"{P}, Appendix A", f"{P}, Appendix A (a)", f"{P}, Appendix A (b)"], "it does not say to what part"),
    (["## Appendix A to Part 40—Forms", "A-1—Letter", "(a) Dear Sir.", "(b) Yours.", "A-2—Notice", "(a) Notice."],
     [f"{P}, Appendix A", f"{P}, Appendix A, A-1", f"{P}, Appendix A, A-1(a)", f"{P}, Appendix A, A-1(b)",
      f"{P}, Appendix A, A-2", f"{P}, Appendix A, A-2(a)"], "model forms"),
    (["## Appendix B to Subpart C of Part 40—Tides", "(a) High.", "(b) Low."],
     [f"{P}, Subpart C, Appendix B", f"{P}, Subpart C, Appendix B (a)", f"{P}, Subpart C, Appendix B (b)"],
     "of a subpart"),
    (["## Appendix A to § 40.2—Tolls", "(a) Tolls.", "(b) Dues.", "## § 40.3 Appeal.", "(a) To the court."],
     ["12 CFR 40.2, Appendix A", "12 CFR 40.2, Appendix A (a)", "12 CFR 40.2, Appendix A (b)", "12 CFR 40.3",
      "12 CFR 40.3(a)"], "of a section, and a section behind it"),
    (["## Schedule A to Part 40—Dues", "(a) A barge."], [f"{P}, Schedule A", f"{P}, Schedule A (a)"], "a schedule"),
    (["## Annex I to Part 40—Signals", "(a) By day."], [f"{P}, Annex I", f"{P}, Annex I (a)"], "an annex"),
    (["## Supplement I to Part 40—Official Interpretations", "Section 40.1—Mooring", "1(a) Lines",
      "1. Hemp. It is hemp.",
      "i. New hemp.", "ii. Old hemp.", "2. Tar. It is tarred.", "Paragraph 1(b)", "1. Watch. A watch is kept.",
      "§ 40.2 Fees", "2(a) Barges", "1. Toll. A toll is due.", "(a) This is text of the comment.",
      "Appendix A—Knots", "1. Bowline. It is tied twice."],
     [f"{P}, Supplement I", *(f"{P}, Supplement I, comment {n}" for n in (
      "1", "1(a)", "1(a)-1", "1(a)-1.i", "1(a)-1.ii",
      "1(a)-2", "1(b)", "1(b)-1", "2", "2(a)", "2(a)-1", "app. A", "app. A-1"))], "official interpretations"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "citations", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_divisions_behind_the_last_section(lines, citations, reason):
    assert _found(lines) == citations, reason


@pytest.mark.parametrize("citation", [one for row in ROWS for one in row[1]])
def test_every_cited_form_parses_to_itself_and_is_keyed(citation):
    named = parse_citations(citation)
    assert [str(one) for one in named] == [citation]
    assert citation in citation_keys(named[0])


def test_a_sentence_that_begins_with_an_appendix_is_the_sections():
    lines = ["(c) Ferries.", "Appendix A to Part 40 contains the knots, and the master ties them.", "(d) Skiffs."]
    assert _found(lines) == ["12 CFR 40.2(c)", "12 CFR 40.2(d)"]
