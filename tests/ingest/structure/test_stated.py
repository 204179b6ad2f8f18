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


ONE = (PART, "12 CFR 1005.1")
NOTED = (*ONE, "12 CFR 1005.1, Effective Date Note")
QUOTED = (*ONE, "")
OWN = [_block("§ 1005.1 Boats.", *ONE, kind="heading", level=5), _block("(a) Oak.", *ONE), _block("(b) Elm.", *ONE)]
NOT_THE_SECTIONS = [  # (blocks behind (b), citations behind 12 CFR 1005.1(b), reason)
    ([_block("Effective Date Note: At 85 FR 1, (c) was added:", *NOTED), _block("(c) Ash.", *NOTED)],
     ["12 CFR 1005.1, Effective Date Note"], "a note that the file states"),
    ([_block("EFFECTIVE DATE NOTE: At 85 FR 1, (c) was added:", *ONE), _block("(c) Ash.", *ONE)],
     ["12 CFR 1005.1, Effective Date Note"], "a note that its words state"),
    ([_block("(End of clause)", *ONE), _block("Alternate I (MAR 2015). As prescribed, add (c):", *ONE),
      _block("(c) Ash.", *ONE), _block("Alternate II (MAR 2016).", *ONE), _block("(c) Fir.", *ONE)],
     ["12 CFR 1005.1, Alternate I", "12 CFR 1005.1, Alternate II"], "alternates"),
    ([_block("Alternate I (MAR 2015).", *ONE), _block("It.", *ONE, "12 CFR 1005.1 fn 1", kind="footnote", marker="1")],
     ["12 CFR 1005.1, Alternate I", "12 CFR 1005.1 fn 1"], "a footnote behind an alternate"),
    ([_block("Form of certificate", *QUOTED, kind="heading", level=6), _block("(c) Ash.", *QUOTED),
      _block("(d) Fir.", *QUOTED)], [], "a form"),
    ([_block("The master states:", *QUOTED), _block("§ 2 Ash.", *QUOTED, "12 CFR 1005.2", kind="heading", level=5),
      _block("(a) Fir.", *QUOTED, "12 CFR 1005.2"), _block("(c) Larch.", *ONE)],
     ["12 CFR 1005.1(c)"], "a section that is quoted; the list goes on behind it"),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "citations", "reason"), NOT_THE_SECTIONS, ids=[row[2] for row in NOT_THE_SECTIONS])
def test_what_stands_in_a_section_and_is_not_its_text(blocks, citations, reason):
    after = _block("§ 1005.2 Oars.", PART, "12 CFR 1005.2", kind="heading", level=5)
    tree = _tree([*OWN, *blocks, after, _block("(a) Long.", PART, "12 CFR 1005.2")], "12 CFR")
    found = [row[1] for row in tree]
    assert found[:4] == [PART, "12 CFR 1005.1", "12 CFR 1005.1(a)", "12 CFR 1005.1(b)"], reason
    assert found[4:] == [*citations, "12 CFR 1005.2", "12 CFR 1005.2(a)"], reason
    assert tree[3][3] == "(b) Elm." or "12 CFR 1005.1(c)" in citations, reason


def test_a_clause_that_a_section_prescribes_is_its_text():
    section = ("48 CFR Part 52", "48 CFR 52.222-50")
    quoted = (*section, "")
    blocks = [
        _block("52.222-50 Combating trafficking.", *section, kind="heading", level=5),
        _block("As prescribed in 22.1705(a), insert the following clause:", *section),
        _block("Combating Trafficking (NOV 2021)", *quoted, kind="heading", level=6),
        _block("(a) Definitions. As used here:", *quoted),
        _block("(b) Policy. None may:", *quoted),
        _block("(1) Engage in trafficking.", *quoted),
        _block("(End of clause)", *section),
        _block("Alternate I (MAR 2015). As prescribed, substitute:", *section),
        _block("(b) Policy of the alternate.", *quoted),
    ]
    assert [row[1] for row in _tree(blocks, "48 CFR")] == [
        "48 CFR Part 52",
        "48 CFR 52.222-50",
        "48 CFR 52.222-50(a)",
        "48 CFR 52.222-50(b)",
        "48 CFR 52.222-50(b)(1)",
        "48 CFR 52.222-50, Alternate I",
    ]


PARENTHESES = [  # (form of the division above, form of the section, reason)
    ("26 CFR, CHAPTER I—REVENUE (CONTINUED)", "26 CFR 1.1", "a chapter that goes on"),
    ("26 CFR Part 1", "26 CFR 1.401(k)", "the number of a section"),
    ("26 CFR, Subpart A—Boats (Reserved)", "26 CFR 1.1", "what is reserved"),
]


@pytest.mark.parametrize(("above", "section", "reason"), PARENTHESES, ids=[row[2] for row in PARENTHESES])
def test_a_heading_that_ends_in_parentheses_states_no_paragraph(above, section, reason):
    blocks = [
        _block("Above", above, kind="heading", level=2),
        _block("§ Text", above, section, kind="heading", level=5),
    ]
    blocks += [_block("(a) Oak.", above, section), _block("(b) Elm.", above, section)]
    assert [row[1] for row in _tree(blocks, "26 CFR")] == [above, section, f"{section}(a)", f"{section}(b)"], reason


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
