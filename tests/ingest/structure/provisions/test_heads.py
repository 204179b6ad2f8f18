"""Heads of sections: the number that stands there, whatever dash or word it is printed with; else no address."""

import pytest

from ingest.assembly import assemble
from ingest.records import Reading, raw_block
from ingest.structure.sections import find_sections, find_structure


def _document(lines):
    """Paragraphs, but for lines that begin with # (headings)."""
    blocks = []
    for line in lines:
        marks = len(line) - len(line.lstrip("#"))
        blocks.append(raw_block("heading" if marks else "paragraph", line.lstrip("# "), level=marks))
    return assemble(Reading(tuple(blocks)))


def _citations(code, lines):
    return [section.citation for section in find_sections(_document(lines), cited_as=code, title="T")[1:]]


HEADS = [  # (code, line, cited, reason)
    ("42 U.S.C.", "§ 1396r–8. Payment for drugs", "42 U.S.C. 1396r-8", "an en dash in the number"),
    ("42 U.S.C.", "§ 1396r\u20118. Payment for drugs", "42 U.S.C. 1396r-8", "a no-break hyphen"),
    ("42 U.S.C.", "§1396r-8. Payment for drugs", "42 U.S.C. 1396r-8", "no blank behind the sign"),
    ("42 U.S.C.", "§ 300gg–11. No limits", "42 U.S.C. 300gg-11", "letters and a hyphen"),
    ("42 U.S.C.", "§ 1395dd. Examination", "42 U.S.C. 1395dd", "two letters"),
    ("15 U.S.C.", "§ 78u–4. Private litigation", "15 U.S.C. 78u-4", "two digits"),
    ("26 U.S.C.", "§ 7701A. Definitions", "26 U.S.C. 7701A", "a capital"),
    ("26 U.S.C.", "§ 1400Z–2. Special rules", "26 U.S.C. 1400Z-2", "a capital and a hyphen"),
    ("41 CFR", "§ 102-74.435 What is the policy?", "41 CFR 102-74.435", "the part has a hyphen"),
    ("41 CFR", "§ 60–1.4 Equal opportunity clause.", "41 CFR 60-1.4", "the same with an en dash"),
    ("26 CFR", "§ 1.401(k)-1 Certain arrangements.", "26 CFR 1.401(k)-1", "a paragraph of the Code in the number"),
    ("26 CFR", "§ 1.36B-2 Eligibility.", "26 CFR 1.36B-2", "a section of the Code with a letter"),
    ("17 CFR", "§ 240.10b–5 Employment of devices.", "17 CFR 240.10b-5", "a rule of the exchanges"),
    ("48 CFR", "52.222-50 Combating Trafficking in Persons.", "48 CFR 52.222-50", "a number alone"),
    ("48 CFR", "#### 970.3102-05-30-70 Patent costs.", "48 CFR 970.3102-05-30-70", "five numbers, a heading"),
    ("48 CFR", "53.303-DD-254 Department of Defense.", "48 CFR 53.303-DD-254", "letters between hyphens"),
    ("20 CFR", "Sec. 400.1 Basis and scope.", "20 CFR 400.1", "the word for the sign"),
    ("21 CFR", "§ 314.81 [Reserved]", "21 CFR 314.81", "reserved"),
    ("21 CFR", "314.81 [Reserved]", "21 CFR 314.81", "reserved, without the sign"),
    ("2 U.S.C.", "[§ 304. Repealed. Pub. L. 104–1]", "2 U.S.C. 304", "repealed, in brackets"),
    ("15 CFR", "§ 15.1-2 Fees.", "15 CFR 15.1-2", "short numbers"),
    ("Pub. L. 114-125", "SEC. 910. ELIMINATION OF DEMAND.", "Pub. L. 114-125, sec. 910", "a public law"),
    ("Boat Act of 1999", "Section 1. Short title", "Boat Act of 1999, sec. 1", "an act by its name"),
    ("42 U.S.C.", "42 U.S.C. § 1396r–8 - Payment for drugs", "42 U.S.C. 1396r-8", "a page as people save it"),
    ("26 CFR", "26 CFR § 1.401(k)-1 - Certain arrangements.", "26 CFR 1.401(k)-1", "the same of a regulation"),
    ("8 CFR", "8 C.F.R. § 214.11 — Victims.", "8 CFR 214.11", "with points"),
    ("18 U.S.C.", "18 U.S. Code § 1591 - Sex trafficking", "18 U.S.C. 1591", "U.S. Code"),
    ("8 CFR", "# 8 CFR § 214.11", "8 CFR 214.11", "a heading with no name"),
    ("8 CFR", "8 CFR § 214.11", "8 CFR 214.11", "no name, and no section has one"),
]
RANGES = [  # (code, line, cited, reason): paragraphs below are of one of the sections, nobody knows of which
    ("17 CFR", "§§ 240.12a-8--240.12a-11 [Reserved]", "17 CFR 240.12a-8 to 240.12a-11", "two hyphens"),
    ("17 CFR", "§§ 240.12a–8\u2014240.12a–11 [Reserved]", "17 CFR 240.12a-8 to 240.12a-11", "an em dash"),
    ("17 CFR", "§§ 240.13a-8 through 240.13a-11 Names.", "17 CFR 240.13a-8 through 240.13a-11", "a word"),
    ("17 CFR", "§§ 240.13a-8 and 240.13a-9 Names.", "17 CFR 240.13a-8 and 240.13a-9", "two"),
    ("2 U.S.C.", "§§ 29 to 38. Omitted", "2 U.S.C. 29 to 38", "several sections in one"),
    ("1 CFR", "§§ 1.1–1.9 [Reserved]", "1 CFR 1.1-1.9", "a range of regulations"),
    ("35 U.S.C.", "[§§ 155, 155A. Repealed.]", "35 U.S.C. 155, 155A", "a list"),
]


@pytest.mark.parametrize(("code", "line", "cited", "reason"), RANGES)
def test_paragraphs_below_several_sections_have_no_address(code, line, cited, reason):
    one, two = ("240.11", "240.14") if code.endswith("CFR") else ("11", "240")
    lines = [f"§ {one} One.", "(a) First.", line, "(a) Lost.", "(b) Lost.", f"§ {two} Next.", "(a) Second."]
    cites = [f"{code} {one}", f"{code} {one}(a)", cited, f"{code} {two}", f"{code} {two}(a)"]
    assert _citations(code, lines) == cites, reason


ALONE = [  # (line, cited between 102-74.435(a) and 102-74.445, reason)
    ("102-74.440 What is the second?", ["102-74.440", "102-74.440(a)"], "it goes on with the numbering"),
    ("102-74.500 What is out of order?", [], "higher than the next with a sign: it ends the section"),
    ("102-74.435 What is the first?", ["102-74.435(b)"], "the head of a page"),
    ("102-74.445 What is the third?", ["102-74.435(b)"], "named again with its sign"),
    ("102-75.10 What is in another part?", ["102-74.435(b)"], "of another part"),
]


@pytest.mark.parametrize(("line", "cited", "reason"), ALONE)
def test_a_number_that_has_lost_its_sign(line, cited, reason):
    mark = "(a)" if cited and cited[-1].endswith("440(a)") else "(b)"
    lines = ["§ 102-74.435 One?", "(a) First.", line, f"{mark} Text.", "§ 102-74.445 Third?", "(a) Third."]
    cites = ["102-74.435", "102-74.435(a)", *cited, "102-74.445", "102-74.445(a)"]
    assert _citations("41 CFR", lines) == [f"41 CFR {number}" for number in cites], reason


def test_a_number_without_its_sign_behind_an_open_sentence_is_no_head():
    lines = ["§ 102-74.435 One?", "(a) The rule of §", "102-74.440 Second rule", "(b) Second."]
    assert _citations("41 CFR", lines) == [f"41 CFR 102-74.435{mark}" for mark in ("", "(a)", "(b)")]


CITING = [  # (line, whether the section goes on below it, reason)
    ("18 U.S.C. § 1591 - Trafficking.", True, "of another code"),
    ("8 CFR § 42.7 provides so.", True, "a sentence"),
    ("14 CFR § 42.7", False, "of this code, alone: it may be a head"),
    ("14 CFR § 42.1", True, "the head of a page"),
]


@pytest.mark.parametrize(("line", "goes_on", "reason"), CITING)
def test_a_line_that_begins_with_a_code(line, goes_on, reason):
    lines = ["§ 42.1 One.", "(a) First.", line, "(b) Second."]
    cites = ["14 CFR 42.1", "14 CFR 42.1(a)", "14 CFR 42.1(b)"]
    assert _citations("14 CFR", lines) == (cites if goes_on else cites[:2]), reason


@pytest.mark.parametrize(("code", "line", "cited", "reason"), HEADS)
def test_the_number_that_stands_there(code, line, cited, reason):
    found = _citations(code, [line, "(a) One. Text of it.", "(b) Two. Text of it."])
    assert found == [cited, f"{cited}(a)", f"{cited}(b)"], reason


PARTS = [  # (lines, citations behind the document's, reason)
    (["# PART 102–76—DESIGN", "## § 102-76.5 Scope.", "(a) One.", "Appendix A to Part 102-76—Rules", "(a) Two."],
     ["41 CFR Part 102-76", "41 CFR 102-76.5", "41 CFR 102-76.5(a)", "41 CFR Part 102-76, Appendix A",
      "41 CFR Part 102-76, Appendix A (a)"], "the appendix of a part with a hyphen is not the section's"),
    (["Part 60-741—Contractors", "§ 60-741.1 Purpose.", "(a) One.", "Part 60-742—Others", "§ 60-742.1 Purpose.",
      "(a) Two."],
     ["41 CFR Part 60-741", "41 CFR 60-741.1", "41 CFR 60-741.1(a)", "41 CFR Part 60-742", "41 CFR 60-742.1",
      "41 CFR 60-742.1(a)"], "lines that are no headings"),
    (["§ 102-76.5 Scope.", "(a) It is that of", "Part 102-76 of this chapter", "(b) Two."],
     ["41 CFR 102-76.5", "41 CFR 102-76.5(a)", "41 CFR 102-76.5(b)"], "the end of a sentence"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "cited", "reason"), PARTS)
def test_parts_with_hyphens(lines, cited, reason):
    assert _citations("41 CFR", lines) == cited, reason


ENDED = [  # (code, lines, what has the address of the first section, reason)
    ("14 CFR", ["§ 42.1 One.", "(a) First.", "§ XIV–B Odd.", "(a) Lost."], "§ XIV–B Odd.", "a number of no known kind"),
    (
        "14 CFR",
        ["§ 42.1 One.", "(a) First.", "§ 42 Whole part.", "(a) Lost."],
        "§ 42 Whole part.",
        "a part is no section",
    ),
    ("42 U.S.C.", ["§ 1. One.", "(a) First.", "§ 12.3. Odd.", "(a) Lost."], "§ 12.3. Odd.", "a point in a statute"),
]


@pytest.mark.parametrize(("code", "lines", "unclear", "reason"), ENDED)
def test_a_line_that_is_not_understood_ends_the_section_and_is_named(code, lines, unclear, reason):
    document = _document(lines)
    sections, warnings = find_structure(document, cited_as=code, title="T")
    assert [section.citation.rpartition(" ")[2] for section in sections[1:]] == [
        lines[0].split()[1].rstrip("."),
        f"{lines[0].split()[1].rstrip('.')}(a)",
    ]
    assert max(section.end for section in sections[1:]) <= document.text.index(unclear), reason
    assert any(unclear in warning for warning in warnings), reason


def test_a_sentence_that_a_line_break_cut_opens_nothing():
    lines = ["§ 42.1 One.", "(a) The rule is that of", "§ 42.7 of this part, and", "(b) Second."]
    assert _citations("14 CFR", lines) == ["14 CFR 42.1", "14 CFR 42.1(a)", "14 CFR 42.1(b)"]


@pytest.mark.parametrize(
    "line", ["### § 42.7);", "### Part 478 of this chapter", "### Title 18, and", "§ 42.7, as amended;"]
)
def test_a_line_of_a_sentence_that_looks_like_a_heading_opens_nothing(line):
    lines = ["### § 42.1 One.", "(a) The rule (as it is said in", line, "(b) Second."]
    assert _citations("14 CFR", lines) == ["14 CFR 42.1", "14 CFR 42.1(a)", "14 CFR 42.1(b)"]


def test_a_list_of_contents_has_not_the_address_of_the_sections():
    lines = ["# PART 42", "§ 42.1 One.", "§ 42.2 Two.", "§ 42.1 One.", "(a) First.", "§ 42.2 Two.", "(a) Second."]
    document = _document(lines)
    sections = find_sections(document, cited_as="14 CFR", title="T")
    assert [section.citation for section in sections[2:]] == [
        "14 CFR 42.1",
        "14 CFR 42.1(a)",
        "14 CFR 42.2",
        "14 CFR 42.2(a)",
    ]
    assert document.text[sections[2].start :].startswith("§ 42.1 One.\n(a) First.")


def test_a_sentence_that_ends_with_the_number_of_a_section():
    lines = ["§ 42.1 One.", "(a) He gives the record that is required by", "§ 42.7. The record is his.", "(b) Second."]
    assert _citations("14 CFR", lines) == ["14 CFR 42.1", "14 CFR 42.1(a)", "14 CFR 42.1(b)"]


def test_the_head_of_a_page_opens_no_section():
    lines = ["§ 245.24 Adjustment.", "(a) One.", "§ 245.24 General, based on evidence; and", "(b) Two."]
    assert _citations("8 CFR", lines) == ["8 CFR 245.24", "8 CFR 245.24(a)", "8 CFR 245.24(b)"]


@pytest.mark.parametrize("code", ["26 USC", "USC 26", "26 U.S. Code", "Title 26 U.S.C."])
def test_a_code_is_known_however_it_is_written(code):
    assert _citations(code, ["§ 1. Tax", "(a) One. Text.", "(b) Two. Text."])[0] == "26 U.S.C. 1"


def test_a_code_without_a_section_is_named():
    _, warnings = find_structure(_document(["# Title", "Nothing but text."]), cited_as="26 U.S.C.", title="T")
    assert any("26 U.S.C." in warning for warning in warnings)
