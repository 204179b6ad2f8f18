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
A = "## Appendix A to Part 40—Knots"
TIED = "The rope is tied twice around the post, and then it is made fast."
ONE_TWO = [f"1. {TIED}", f"2. {TIED}"]
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


RESTARTED = [  # (lines of the appendix, what is cited behind "Appendix A", reason)
    ([*ONE_TWO, "### Second", *ONE_TWO, "### Third", *ONE_TWO], ["1", "2"], "below a heading"),
    ([*ONE_TWO, "Second part", f"1. {TIED}", "(a) By day.", "(b) By night."], ["1", "2"], "paragraphs of its items"),
    ([*ONE_TWO, "### Second", f"1. {TIED}", f"A. {TIED}"], ["1", "2"], "a list below its items"),
    (["1. Rope", "2. Tar", "### Second", "1. Vessel", "2. Port"], [], "lines: neither is the contents of the other"),
    (["1. Rope", "2. Tar", "1. Rope", TIED, "2. Tar", TIED], ["1", "2"], "a list of contents"),
    (["I. Rope . . . 2", "II. Tar . . . 4", "I. Rope", TIED, f"A. {TIED}", f"B. {TIED}", "II. Tar", TIED],
     ["I", "I.A", "I.B", "II"], "a list of contents with pages"),
    ([f"1. {TIED}", f"a. {TIED}", f"b. {TIED}", "### Second", *ONE_TWO], ["1", "1.a", "1.b"], "below a list below"),
    ([f"A. {TIED}", *ONE_TWO, "### Second", *ONE_TWO, f"B. {TIED}", f"1. {TIED}"],
     ["A", "A.1", "A.2", "B", "B.1"], "inside an item; the list around it goes on"),
    ([f"1. {TIED}", "(a) Hemp", "(b) Tar", f"1. {TIED}", "(a) Oak"], ["1", "1(a)", "1(b)"], "without a heading"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "cited", "reason"), RESTARTED, ids=[row[2] for row in RESTARTED])
def test_a_list_that_restarts_has_no_address_and_is_no_text_of_the_one_before(lines, cited, reason):
    assert _found([A, *lines]) == [f"{P}, Appendix A", *(f"{P}, Appendix A, {one}" for one in cited)], reason


def test_the_heading_of_a_list_that_restarts_ends_the_item_before_it():
    blocks = [raw_block("heading", A[3:], level=2), *(raw_block("paragraph", line) for line in ONE_TWO)]
    blocks += [raw_block("heading", "Second", level=3), *(raw_block("paragraph", line) for line in ONE_TWO)]
    document = assemble(Reading(tuple(blocks)))
    last = find_sections(document, cited_as="12 CFR", title="T")[-1]
    assert (last.citation, document.text[last.start : last.end]) == (f"{P}, Appendix A, 2", f"2. {TIED}\n")


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
