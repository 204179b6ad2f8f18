"""Blocks to a section tree: what each family of documents makes of its headings."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.assembly import assemble
from ingest.records import Fragment, RawBlock, Reading
from ingest.structure.sections import find_sections
from pinpoint.stored import CrosswalkEntry

MOVED = date(2024, 8, 28)


def _document(lines):
    """A document from lines: ``# text`` is a heading of level 1, ``[^2] text`` footnote 2, the rest paragraphs."""
    blocks = []
    for line in lines:
        if line.startswith("#"):
            marks, _, text = line.partition(" ")
            blocks.append(RawBlock("heading", (Fragment(text),), level=len(marks)))
        elif line.startswith("[^"):
            marker, _, text = line[2:].partition("] ")
            blocks.append(RawBlock("footnote", (Fragment(text),), marker=marker))
        else:
            blocks.append(RawBlock("paragraph", (Fragment(line),)))
    return assemble(Reading(tuple(blocks)))


FAMILIES = [  # (cited_as, lines, [(citation, depth)] without the root, reason)
    (
        "8 CFR",
        [
            "# Subpart C—Trafficking",
            "## § 214.202 Eligibility.",
            "All of the following:",
            "(a) Victim.",
            "(b) Presence.",
            "(1) In general.",
            "(2) Exceptions.",
            "(i) First.",
            "(ii) Second.",
            "(c) Hardship.",
        ],
        [
            ("8 CFR, Subpart C—Trafficking", 1),
            ("8 CFR 214.202", 2),
            ("8 CFR 214.202(a)", 3),
            ("8 CFR 214.202(b)", 3),
            ("8 CFR 214.202(b)(1)", 4),
            ("8 CFR 214.202(b)(2)", 4),
            ("8 CFR 214.202(b)(2)(i)", 5),
            ("8 CFR 214.202(b)(2)(ii)", 5),
            ("8 CFR 214.202(c)", 3),
        ],
        "a regulation, paragraph by paragraph",
    ),
    (
        "8 CFR",
        ["## § 214.202 Eligibility.", "(a) Victim.", "## § 214.203 Period.", "(a) In general."],
        [("8 CFR 214.202", 1), ("8 CFR 214.202(a)", 2), ("8 CFR 214.203", 1), ("8 CFR 214.203(a)", 2)],
        "a new section starts its designators again",
    ),
    (
        "8 U.S.C.",
        ["## § 1184. Admission", "(o) Trafficking.", "(1) No alien.", "(2) The number.", "(p) Crime."],
        [
            ("8 U.S.C. 1184", 1),
            ("8 U.S.C. 1184(o)", 2),
            ("8 U.S.C. 1184(o)(1)", 3),
            ("8 U.S.C. 1184(o)(2)", 3),
            ("8 U.S.C. 1184(p)", 2),
        ],
        "an excerpt that begins in the middle: its (1) is (o)(1), never 1184(1)",
    ),
    (
        "8 CFR",
        ["## § 214.201 Definitions.", "As used here:", "Coercion means threats.", "Child means a person."],
        [("8 CFR 214.201", 1), ("8 CFR 214.201 “Coercion”", 2), ("8 CFR 214.201 “Child”", 2)],
        "definitions",
    ),
    (
        "8 CFR",
        ["## § 214.204 Application.", "(a) Filing. (1) Who may file. Anyone.", "(2) When. Any day.", "(b) Fee."],
        [
            ("8 CFR 214.204", 1),
            ("8 CFR 214.204(a)", 2),
            ("8 CFR 214.204(a)(1)", 3),
            ("8 CFR 214.204(a)(2)", 3),
            ("8 CFR 214.204(b)", 2),
        ],
        "the first paragraph stands behind the caption of the one above",
    ),
    (
        "8 U.S.C.",
        ["## § 1184. Admission", "(a) Rules", "(1) In general.", "(2) Bond.", "(b) Presumption."],
        [
            ("8 U.S.C. 1184", 1),
            ("8 U.S.C. 1184(a)", 2),
            ("8 U.S.C. 1184(a)(1)", 3),
            ("8 U.S.C. 1184(a)(2)", 3),
            ("8 U.S.C. 1184(b)", 2),
        ],
        "a statute",
    ),
    (
        "3 USCIS-PM B",
        [
            "# Volume 3 - Humanitarian",
            "## Part B - Victims",
            "### Chapter 2 - Eligibility",
            "#### C. Compliance",
            "##### 1. Contact",
            "Text.[1]",
            "### Chapter 3 - Filing",
            "[^1] See the rule.",
        ],
        [
            ("3 USCIS-PM B", 1),
            ("3 USCIS-PM B", 2),
            ("3 USCIS-PM B.2", 3),
            ("3 USCIS-PM B.2(C)", 4),
            ("3 USCIS-PM B.2(C)(1)", 5),
            ("3 USCIS-PM B.3", 3),
            ("3 USCIS-PM B.3 fn 1", 4),
        ],
        "the manual: chapter, letter, number, footnote",
    ),
    (
        "3 USCIS-PM B",
        ["### Chapter 2 - Eligibility", "#### A. Victim", "###### Key points", "Text.", "#### B. Presence"],
        [("3 USCIS-PM B.2", 1), ("3 USCIS-PM B.2(A)", 2), ("3 USCIS-PM B.2(A)", 3), ("3 USCIS-PM B.2(B)", 2)],
        "a heading without number has the address of the one above",
    ),
    (
        "DHS Directive 112-01",
        [
            "# I. Purpose",
            "Text.",
            "A. Scope.",
            "1. Components.",
            "a. Offices.",
            "b. Bureaus.",
            "2. Others.",
            "# II. Policy",
        ],
        [
            ("DHS Directive 112-01(I)", 1),
            ("DHS Directive 112-01(I)(A)", 2),
            ("DHS Directive 112-01(I)(A)(1)", 3),
            ("DHS Directive 112-01(I)(A)(1)(a)", 4),
            ("DHS Directive 112-01(I)(A)(1)(b)", 4),
            ("DHS Directive 112-01(I)(A)(2)", 3),
            ("DHS Directive 112-01(II)", 1),
        ],
        "a directive: its numbers, whatever the mark-up says of their level",
    ),
    (
        "Training",
        ["# I. Purpose", "Text.", "## A. Scope", "# II. Policy"],
        [("Training, I. Purpose", 1), ("Training, A. Scope", 2), ("Training, II. Policy", 1)],
        "any other document: the levels of its headings",
    ),
    (
        "QHSR",
        [
            "# Missions",
            "## Mission 6: Victims",
            "## Goal 6.1: Prevent",
            "### Objective 6.1.1",
            "## Goal 6.2",
            "## Mission 7",
            "# End",
        ],
        [
            ("QHSR, Missions", 1),
            ("QHSR Mission 6", 2),
            ("QHSR Goal 6.1", 3),
            ("QHSR Objective 6.1.1", 4),
            ("QHSR Goal 6.2", 3),
            ("QHSR Mission 7", 2),
            ("QHSR, End", 1),
        ],
        "a review: a goal belongs to the mission before it, though the mark-up puts both on one level",
    ),
    (
        "DHS Strategy",
        ["# Goal 1: Prevention", "# Objective 1.1", "# Priority Action 1.1.1", "# Goal 2: Protection"],
        [
            ("DHS Strategy, Goal 1", 1),
            ("DHS Strategy, Objective 1.1", 2),
            ("DHS Strategy, Priority Action 1.1.1", 3),
            ("DHS Strategy, Goal 2", 1),
        ],
        "a strategy",
    ),
    (
        "Form I-485 Instructions",
        [
            "# General Instructions",
            "# Part 1. About You",
            "###### Item Numbers 1.a. - 1.c. Your Name",
            "# Part 2. Basis",
        ],
        [
            ("Form I-485 Instructions, General Instructions", 1),
            ("Form I-485 Instructions, Part 1", 1),
            ("Form I-485 Instructions, Part 1, Item Numbers 1.a. - 1.c", 2),
            ("Form I-485 Instructions, Part 2", 1),
        ],
        "form instructions: parts and their items",
    ),
    (
        "85 FR 47698",
        [
            "# Proposed Rules",
            "AGENCY: Federal Aviation Administration.",
            "ACTION: Notice.",
            "SUMMARY: The FAA proposes.",
            "SUPPLEMENTARY INFORMATION:",
            "## I. Background",
            "## A. History",
            "## List of Subjects in 14 CFR Part 39",
            "## PART 39—AIRWORTHINESS",
            "## § 39.13 [Amended]",
        ],
        [
            ("85 FR 47698, Proposed Rules", 1),
            ("85 FR 47698, AGENCY", 2),
            ("85 FR 47698, ACTION", 2),
            ("85 FR 47698, SUMMARY", 2),
            ("85 FR 47698, SUPPLEMENTARY INFORMATION", 2),
            ("85 FR 47698, I. Background", 3),
            ("85 FR 47698, A. History", 4),
            ("85 FR 47698, List of Subjects in 14 CFR Part 39", 3),
            ("85 FR 47698, PART 39—AIRWORTHINESS", 3),
            ("85 FR 47698, § 39.13 [Amended]", 4),
        ],
        "a Federal Register document: its captions, the headings below them, the amendments",
    ),
    (
        "8 CFR",
        [
            "## § 214.2 Special.",
            "(a) Officials",
            "(b) Visitors",
            "(a) Officials—(1) General. Text.",
            "(2) Text.",
            "(b) Visitors. Text.",
        ],
        [
            ("8 CFR 214.2", 1),
            ("8 CFR 214.2(a)", 2),
            ("8 CFR 214.2(a)(1)", 3),
            ("8 CFR 214.2(a)(2)", 3),
            ("8 CFR 214.2(b)", 2),
        ],
        "a printed list of contents is no paragraph",
    ),
    (
        "8 CFR",
        [
            "## § 214.11 Victims.",
            "(a) Definitions. As used here: Child means a person. Family member means a relative who is: ",
            "(1) A spouse; or",
            "(2) A child. LEA means an agency.",
            "(b) Eligibility. This term means nothing here.",
        ],
        [
            ("8 CFR 214.11", 1),
            ("8 CFR 214.11(a)", 2),
            ("8 CFR 214.11(a) “Child”", 3),
            ("8 CFR 214.11(a) “Family member”", 3),
            ("8 CFR 214.11(a) “Family member”(1)", 4),
            ("8 CFR 214.11(a) “Family member”(2)", 4),
            ("8 CFR 214.11(a) “LEA”", 3),
            ("8 CFR 214.11(b)", 2),
        ],
        "definitions run together in one paragraph",
    ),
    (
        "8 CFR",
        ["## § 204.1 Petitions.", "(a) First.", "(b)–(d) [Reserved]", "(e) [Reserved] (f) Last."],
        [
            ("8 CFR 204.1", 1),
            ("8 CFR 204.1(a)", 2),
            ("8 CFR 204.1(b)", 2),
            ("8 CFR 204.1(d)", 2),
            ("8 CFR 204.1(e)", 2),
            ("8 CFR 204.1(f)", 2),
        ],
        "reserved paragraphs",
    ),
    (
        "8 CFR",
        [
            "## § 208.13 Asylum.",
            "(a) Burden.",
            "EFFECTIVE DATE NOTE: At 85 FR 84193, § 208.13 was amended, as follows:",
            "§ 208.13 Asylum.",
            "(10) Added.",
            "## § 208.14 Approval.",
            "(a) Who.",
        ],
        [
            ("8 CFR 208.13", 1),
            ("8 CFR 208.13(a)", 2),
            ("8 CFR 208.13, Effective Date Note", 2),
            ("8 CFR 208.14", 1),
            ("8 CFR 208.14(a)", 2),
        ],
        "an amendment that is not yet in force has no address of the section",
    ),
    (
        "INA",
        ["SEC. 214. [8 U.S.C. 1184] (a) IN GENERAL.—", "(1) Text.", "(2) Text.[1]", "[^1] Note.", "(b) Text."],
        [
            ("INA 214", 1),
            ("INA 214(a)", 2),
            ("INA 214(a)(1)", 3),
            ("INA 214(a)(2)", 3),
            ("INA 214(b)", 2),
            ("INA 214 fn 1", 2),
        ],
        "a footnote amid the paragraphs stands behind them",
    ),
    (
        "",
        ["# One", "### Three", "## Two", "# Next"],
        [("Title, One", 1), ("Title, Three", 2), ("Title, Two", 2), ("Title, Next", 1)],
        "a level left out",
    ),
    ("", ["Nothing but text."], [], "no heading: the document alone"),
]


@pytest.mark.parametrize(("cited_as", "lines", "expected", "reason"), FAMILIES)
def test_families(cited_as, lines, expected, reason):
    sections = find_sections(_document(lines), cited_as=cited_as, title="Title")
    assert [(section.citation, section.depth) for section in sections[1:]] == expected, reason


@pytest.mark.parametrize("cited_as", ["8 CFR", "3 USCIS-PM B", "DHS Directive 112-01", "QHSR", ""])
@given(
    lines=st.lists(
        st.sampled_from(
            [
                "# Part A",
                "## § 214.1 One.",
                "## § 214.2 Definitions.",
                "### Chapter 2 - X",
                "#### A. Y",
                "(a) First.",
                "(b) Second.",
                "(1) Number. (i) Inside. (ii) Too.",
                "(i) Roman.",
                "Coercion means threats.",
                "Text.[1]",
                "[^1] Note.",
                "##### 1. Z",
            ]
        ),
        max_size=14,
    )
)
def test_the_tree_is_a_tree(cited_as, lines):
    document = _document(lines)
    sections = find_sections(document, cited_as=cited_as, title="Title")
    root = sections[0]
    assert (root.start, root.end, root.parent, root.depth) == (0, len(document.text), -1, 0)
    for number, section in enumerate(sections[1:], start=1):
        parent = sections[section.parent]
        assert section.parent < number
        assert section.depth == parent.depth + 1
        assert parent.start <= section.start <= section.own_end <= section.end <= parent.end
        assert section.start >= parent.own_end, "a part begins where the text of its parent has ended"
        siblings = [other for other in sections[1:number] if other.parent == section.parent]
        assert all(other.end <= section.start for other in siblings), "parts of one section do not overlap"


def test_only_what_moved_ends_on_the_day_it_moved():
    lines = ["## § 214.11 Trafficking.", "(a) Definitions.", "(b) Eligibility.", "(1) Victim.", "(c) Bars."]
    crosswalk = [CrosswalkEntry("8 CFR 214.11(b)", "8 CFR 214.202", MOVED)]
    ends = {
        section.citation: section.effective_to
        for section in find_sections(_document(lines), cited_as="8 CFR", title="T", crosswalk=crosswalk)
    }
    assert ends["8 CFR 214.11(b)"] == ends["8 CFR 214.11(b)(1)"] == MOVED
    assert ends["8 CFR 214.11(a)"] is ends["8 CFR 214.11(c)"] is None


def test_a_section_whose_parts_have_all_moved_has_ended():
    lines = ["## § 214.11 Trafficking.", "(a) Definitions.", "(b) Eligibility."]
    crosswalk = [CrosswalkEntry(f"8 CFR 214.11({letter})", "8 CFR 214.202", MOVED) for letter in "ab"]
    sections = find_sections(_document(lines), cited_as="8 CFR", title="T", crosswalk=crosswalk)
    assert sections[1].citation == "8 CFR 214.11"
    assert sections[1].effective_to == MOVED


def test_dates_of_the_document_are_those_of_its_sections():
    sections = find_sections(
        _document(["# I. Purpose", "Text."]),
        cited_as="",
        title="T",
        effective_from=date(2017, 1, 18),
        effective_to=MOVED,
    )
    assert {(section.effective_from, section.effective_to) for section in sections} == {(date(2017, 1, 18), MOVED)}
