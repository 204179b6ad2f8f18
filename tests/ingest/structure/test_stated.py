"""Trees of documents that state the division of each block, and of the CFR, which states sections only."""

import pytest

from ingest.assembly import assemble
from ingest.records import Fragment, RawBlock, Reading
from ingest.structure.sections import find_sections

PART = "12 CFR Part 1005"


def _block(text, *stated, kind="paragraph", level=0, marker=""):
    return RawBlock(kind, (Fragment(text),), level=level, marker=marker, stated=stated)


def _tree(blocks, cited_as="", title="Law"):
    document = assemble(Reading(tuple(blocks)))
    sections = find_sections(document, cited_as=cited_as, title=title)
    return [
        (s.depth, s.citation, s.kind, document.text[s.start : s.end].replace("\n", " ").strip()) for s in sections[1:]
    ]


def test_a_block_that_states_less_than_the_one_before_ends_what_was_open():
    section = ("8 U.S.C. 1101",)
    a, first = (*section, "8 U.S.C. 1101(a)"), (*section, "8 U.S.C. 1101(a)", "8 U.S.C. 1101(a)(1)")
    blocks = [
        _block("§ 1101. Terms", *section, kind="heading", level=5),
        _block("(a) A boat—", *a),
        _block("(1) of oak;", *first),
        _block("is held.", *a),
        _block("(1) Once more.", *first),
        _block("Credit.", *section),
    ]
    assert _tree(blocks, "8 U.S.C.") == [
        (1, "8 U.S.C. 1101", "heading", "§ 1101. Terms (a) A boat— (1) of oak; is held. (1) Once more. Credit."),
        (2, "8 U.S.C. 1101(a)", "provision", "(a) A boat— (1) of oak; is held. (1) Once more."),
        (3, "8 U.S.C. 1101(a)(1)", "provision", "(1) of oak;"),
        (3, "8 U.S.C. 1101(a)(1)", "provision", "(1) Once more."),
    ]


def test_a_block_may_open_several_divisions():
    stated = ("8 U.S.C. 7", "8 U.S.C. 7(17)", "8 U.S.C. 7(17)(A)")
    assert _tree([_block("(17)(A) A boat.", *stated)]) == [
        (1, "8 U.S.C. 7", "heading", "(17)(A) A boat."),
        (2, "8 U.S.C. 7(17)", "provision", "(17)(A) A boat."),
        (3, "8 U.S.C. 7(17)(A)", "provision", "(A) A boat."),
    ]


def test_the_first_paragraph_may_stand_in_the_line_of_its_section():
    stated = ("Pub. L. 114-4, sec. 503", "Pub. L. 114-4, sec. 503(a)")
    assert [row[1:] for row in _tree([_block("Sec. 503. (a) A boat.", *stated)])] == [
        ("Pub. L. 114-4, sec. 503", "heading", "Sec. 503. (a) A boat."),
        ("Pub. L. 114-4, sec. 503(a)", "provision", "(a) A boat."),
    ]


def test_a_footnote_stands_behind_its_division_and_ends_nothing_else():
    section, a = "8 U.S.C. 7", "8 U.S.C. 7(a)"
    blocks = [
        _block("§ 7. Boats", section, kind="heading", level=5),
        _block("(a) One[1].", section, a),
        _block("Note.", section, f"{section} fn 1", kind="footnote", marker="1"),
        _block("Two.", section, a),
        _block("§ 8. Oars", "8 U.S.C. 8", kind="heading", level=5),
    ]
    assert [row[:3] for row in _tree(blocks)] == [
        (1, section, "heading"),
        (2, a, "provision"),
        (2, f"{section} fn 1", "footnote"),
        (1, "8 U.S.C. 8", "heading"),
    ]


CFR = [
    _block("PART 1005—QUAYS", PART, kind="heading", level=3),
    _block("§ 1005.1 Boats.", PART, "12 CFR 1005.1", kind="heading", level=5),
    _block("(a) A boat is held:", PART, "12 CFR 1005.1"),
    _block("(1) By day;", PART, "12 CFR 1005.1"),
    _block("(b) Rows | 4", PART, "12 CFR 1005.1", kind="table_row"),
    _block("(b) By night.", PART, "12 CFR 1005.1"),
    _block("Appendix A to Part 1005—Clauses", PART, f"{PART}, Appendix A", kind="heading", level=4),
    _block("A-7 Clauses", PART, f"{PART}, Appendix A"),
    _block("(b) Of wood.", PART, f"{PART}, Appendix A"),
    _block(
        "Supplement I to Part 1005—Official Interpretations", PART, f"{PART}, Supplement I", kind="heading", level=4
    ),
    _block("Section 1005.1—Boats", PART, f"{PART}, Supplement I", kind="heading", level=6),
    _block("1(a) Boats", PART, f"{PART}, Supplement I", kind="heading", level=6),
    _block("1. Oak. A boat of oak is held.", PART, f"{PART}, Supplement I"),
]


def test_paragraphs_are_found_where_the_file_states_none():
    assert [row[1] for row in _tree(CFR, "12 CFR")] == [
        PART,
        "12 CFR 1005.1",
        "12 CFR 1005.1(a)",
        "12 CFR 1005.1(a)(1)",
        "12 CFR 1005.1(b)",
        f"{PART}, Appendix A",
        f"{PART}, Appendix A, A-7",
        f"{PART}, Appendix A, A-7(b)",
        f"{PART}, Supplement I",
        f"{PART}, Supplement I, comment 1",
        f"{PART}, Supplement I, comment 1(a)",
        f"{PART}, Supplement I, comment 1(a)-1",
    ]


def test_a_cell_of_a_table_is_no_paragraph():
    texts = {row[1]: row[3] for row in _tree(CFR, "12 CFR")}
    assert texts["12 CFR 1005.1(b)"] == "(b) By night."


NAMED = [  # (form that is stated, cited_as of the manifest, cited form, reason)
    ("CFR 40.1", "12 CFR", "12 CFR 40.1", "a title that the file does not state"),
    ("CFR Part 40", "12 CFR", "12 CFR Part 40", "of a part"),
    ("CFR, Subpart A—Boats", "12 CFR", "12 CFR, Subpart A—Boats", "of a division"),
    ("CFR 40.1", "Boat Rules", "Boat Rules, § 40.1", "no code at all"),
    ("CFR 40.1", "", "§ 40.1", "nothing is known"),
    ("Boat Act, sec. 7", "BA", "BA, sec. 7", "a name of the manifest"),
    ("Boat Act, sec. 7", "INA", "INA 7", "a code of the manifest"),
    ("Boat Act, div. B, sec. 7", "INA", "INA, div. B, sec. 7", "a section that a code does not have"),
    ("22 U.S.C. 7", "22 USC", "22 U.S.C. 7", "a code that the manifest writes in another way"),
    ("5 U.S.C. App., Boat Act, sec. 3", "5 U.S.C. App.", "5 U.S.C. App., Boat Act, sec. 3", "an act in an appendix"),
]


@pytest.mark.parametrize(("stated", "cited_as", "cited", "reason"), NAMED, ids=[row[3] for row in NAMED])
def test_what_the_manifest_adds_to_a_stated_form(stated, cited_as, cited, reason):
    assert [row[1] for row in _tree([_block("§ Text", stated, kind="heading", level=5)], cited_as)] == [cited], reason


def test_two_documents_on_one_page_are_two():
    titles = [
        _block(text, "89 FR 9834", kind="heading", level=level)
        for text, level in (("ABBEY", 1), ("Fees", 6), ("ABBEY", 1), ("Bells", 6))
    ]
    filed = _block("[FR Doc. 2024-1 Filed 2-9-24]", "89 FR 9834")
    document = assemble(Reading((*titles[:2], filed, *titles[2:])))
    sections = find_sections(document, cited_as="", title="Issue")
    assert [section.heading for section in sections[1:]] == ["ABBEY: Fees (FR Doc. 2024-1)", "ABBEY: Bells"]
