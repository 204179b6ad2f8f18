"""Paragraphs of a section: which text has which address, whatever stands between the paragraphs."""

import pytest

from index.documents.section_tree import SpanTree
from ingest.assembly import assemble
from ingest.records import Reading, raw_block
from ingest.structure.sections import find_sections

HEAD = {"CFR": "§ 1.1 Title.", "U.S.C.": "§ 1. Title"}


def _addresses(code, lines):
    """The address of the beginning of each line, without that of the section."""
    head = HEAD[code.rpartition(" ")[2]]
    blocks = [raw_block("heading", head, level=2)]
    for line in lines:
        marks = len(line) - len(line.lstrip("#"))
        blocks.append(raw_block("heading" if marks else "paragraph", line.lstrip("# "), level=marks))
    document = assemble(Reading(tuple(blocks)))
    sections = find_sections(document, cited_as=code, title="T")
    tree, base = SpanTree(sections), sections[1].citation
    found = (sections[tree.deepest(block.start, block.start + 1)].citation for block in document.blocks[1:])
    return [citation.removeprefix(base) for citation in found]


C, U = "14 CFR", "14 U.S.C."
ROWS = [  # (code, [line → address], reason)
    # A1: a designator that is not seen moves nothing else
    (C, [("(a) One.", "(a)"), ("(b) Under the “Act.” (1) Until May:", "(b)"), ("(i) One;", "(b)(1)(i)"),
         ("(ii) Two.", "(b)(1)(ii)"), ("(2) Later.", "(b)(2)"), ("(c) End.", "(c)")], "a quotation mark before (1)"),
    (C, [("(a) One.", "(a)"), ("(b) The rule [as amended.] (1) First;", "(b)"), ("(2) Second.", "(b)(2)"),
         ("(c) End.", "(c)")], "a bracket before (1)"),
    (C, [("(a) One.", "(a)"), ("(b) Two (no first paragraph is printed):", "(b)"), ("(i) One;", "(b)"),
         ("(ii) Two.", "(b)"), ("(2) Later.", "(b)(2)"), ("(3) Last.", "(b)(3)"), ("(c) End.", "(c)")],
     "the first paragraph is not printed: those below it have no address, those behind it keep theirs"),
    (C, [("(a) One.", "(a)"), ("(b) [Reserved]", "(b)"), ("(c) Three:", "(c)"), ("(3) Third;", "(c)"),
         ("(d) Four.", "(d)")], "a number out of nowhere below (c)"),
    # A3: a list that begins anew
    (C, [("(a) One.", "(a)"), ("(b) Two:", "(b)"), ("(1) First;", "(b)(1)"), ("(2) Second.", "(b)(2)"),
         ("Example. A pier is planned:", ""), ("(1) He draws;", ""), ("(2) He agrees.", ""), ("(c) End.", "(c)")],
     "an example"),
    (C, [("(a) One.", "(a)"), ("(b) Two.", "(b)"), ("Note to paragraph (b): It depends.", ""), ("(c) Three.", "(c)")],
     "a note without a list"),
    (C, [("(a) One.", "(a)"), ("(b) Two.", "(b)"), ("(a) Again.", ""), ("(b) Again.", ""), ("(c) Again.", "")],
     "a list that begins again without a word: which (c) it is cannot be known"),
    (C, [("Note: See part 2.", ""), ("(a) One.", "(a)"), ("(1) First;", "(a)(1)"), ("(2) Second.", "(a)(2)"),
         ("(b) Two.", "(b)")], "a note before the first paragraph"),
    (C, [("(a) Officials", ""), ("(b) Visitors", ""), ("(a) Officials. Text of it.", "(a)"),
         ("(b) Visitors. Text.", "(b)")],
     "a list of contents before the first sentence"),
    (U, [("(a) In general", "(a)"), ("The duty is paid.", "(a)"), ("(b) Exception", "(b)"), ("None is.", "(b)")],
     "captions on lines of their own are no list of contents"),
    ("48 CFR", [("(a) One.", "(a)"), ("(b) Two.", "(b)"), ("Alternate I (DEC 2007). Use:", ", Alternate I"),
                ("(c) In its place.", ", Alternate I")], "an alternate of a clause"),
    (U, [("(a) Amended to read:", "(a)"), ("“(a) The toll is two pence.", "(a)"), ("“(b) It is paid.”.", "(a)"),
         ("(b) Effect.", "(b)")], "a quotation"),
    (C, [("(a) One.", "(a)"), ("(1) First;", "(a)(1)"), ("(2) Second.", "(a)(2)"), ("Category II", "(a)"),
         ("(a) Again.", ""),
         ("(b) Again.", "")], "a list that begins again below a deeper one"),
    (U, [("(a) One:", "(a)"), ("(1) First:", "(a)(1)"), ("(A) a:", "(a)(1)(A)"), ("(i) alien", "(a)(1)(A)(i)"),
         ("(a) who; and", "(a)(1)(A)(i)(a)"), ("(b) which;", "(a)(1)(A)(i)(b)"),
         ("(ii) or", "(a)(1)(A)(ii)"), ("(B) b.", "(a)(1)(B)"), ("(b) Two.", "(b)")],
     "letters below a numeral, as INA 101(a)(15)(P) has them"),
    # A6: designators beyond z, with capitals, in brackets, before words of references
    (U, [("(10) Ten;", "(10)"), ("(10A) Ten A;", "(10A)"), ("(11) Eleven;", "(11)"), ("(14) Fourteen;", "(14)"),
         ("(14A) More:", "(14A)"), ("(A) a;", "(14A)(A)"), ("(B) b;", "(14A)(B)"), ("(14B) More.", "(14B)"),
         ("(15) Last.", "(15)")], "inserted numbers"),
    (U, [("(a) One.", "(a)"), ("[(b) Repealed. Pub. L. 104–1.]", "(b)"), ("(c) Three:", "(c)"),
         ("(1) First;", "(c)(1)"),
         ("[(2) Repealed.]", "(c)(2)"), ("(3) Third.", "(c)(3)")], "brackets"),
    (C, [("(y) Y.", "(y)"), ("(z) Z.", "(z)"), ("(aa) AA.", "(aa)"), ("(bb) BB:", "(bb)"), ("(1) One;", "(bb)(1)"),
         ("(2) Two.", "(bb)(2)"), ("(cc) CC.", "(cc)")], "letters beyond z"),
    (U, [("(a) One:", "(a)"), ("(1) of the same kind;", "(a)(1)"), ("(2) or of another; and", "(a)(2)"),
         ("(3) and, if asked, a third;", "(a)(3)"), ("(4) through a friend.", "(a)(4)"), ("(b) Two.", "(b)")],
     "paragraphs that begin with of, or, and, through"),
    (U, [("(a) One.", "(a)"), ("(g), (h) and (i) of this section apply to it.", "(a)"), ("(b) Two.", "(b)")],
     "a reference goes on behind it"),
    (C, [("(a) One.", "(a)"), ("(b) of this section applies.", "(a)"), ("(b) Two.", "(b)")],
     "a reference that was cut"),
    (C, [("(A-1) One.", "(A-1)"), ("(A-2) Two.", "(A-2)")], "a letter with a number"),
    # A8: flush text
    (U, [("(a) Whoever knowingly—", "(a)"), ("(1) recruits; or", "(a)(1)"), ("(2) benefits,", "(a)(2)"),
         ("shall be punished.", "(a)"), ("(b) Two.", "(b)")], "the sentence goes on behind its list"),
    (C, [("(a) One:", "(a)"), ("(1) First;", "(a)(1)"), ("(2) Second.", "(a)(2)"), ("The fee is due at once.", "(a)"),
         ("(b) Two.", "(b)")], "a sentence behind a list"),
    (C, [("(a) One.", "(a)"), ("A further paragraph of it.", "(a)"), ("(b) Two.", "(b)")],
     "a further paragraph amid a list"),
    (C, [("(a) One.", "(a)"), ("(b) Two.", "(b)"), ("[37 FR 23603, Nov. 4, 1972, as amended at 50 FR 12466]", "")],
     "the line of sources is the section's"),
    (U, [("(a) A person who—", "(a)"), ("(1) in the case of—", "(a)(1)"), ("(A) a boat, or", "(a)(1)(A)"),
         ("(B) a pier, or", "(a)(1)(B)"), ("(2) otherwise,", "(a)(2)"), ("may be fined.", "(a)"), ("(b) Two.", "(b)")],
     "the list of the whole sentence"),
    (U, [("(a) One:", "(a)"), ("(1) First:", "(a)(1)"), ("(A) a;", "(a)(1)(A)"), ("(B) b.", "(a)(1)(B)"),
         ("For purposes of this subsection, a boat is a ship.", "(a)"), ("(b) Two.", "(b)")], "it says where it is"),
    (U, [("(a) One.", "(a)"), ("(b) Two.", "(b)"), ("(Pub. L. 106–386, § 2, Oct. 28, 2000, 114 Stat. 1466.)", ""),
         ("# Amendments", " note"), ("2004—Subsec. (a). Amended.", " note"), ("(a) In general.", " note")],
     "notes of the Code"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "lines", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_addresses(code, lines, reason):
    assert _addresses(code, [line for line, _ in lines]) == [address for _, address in lines], reason


def test_an_introduction_is_no_term():
    lines = ["Except as otherwise provided in subpart B, in this part, the following definitions apply:",
             "(a) Access device means a card.", "(b) Account means:", "(1) A deposit; or", "(2) Prepaid."]  # fmt: skip
    blocks = [raw_block("heading", "§ 1005.2 Definitions.", level=2), *(raw_block("paragraph", line) for line in lines)]
    sections = find_sections(assemble(Reading(tuple(blocks))), cited_as="12 CFR", title="T")
    cited = [section.citation for section in sections[2:]]
    assert cited[0] == "12 CFR 1005.2(a)"
    assert not any("Except" in one for one in cited)
    assert "12 CFR 1005.2(b)(2)" in cited


def test_each_definition_has_its_own_list():
    lines = [
        "Boat means:",
        "(1) A ship; or",
        "(2) A barge.",
        "Pier means:",
        "(1) A quay;",
        "(2) A mole; or",
        "(3) A jetty.",
    ]
    blocks = [raw_block("heading", "§ 40.1 Definitions.", level=2), *(raw_block("paragraph", line) for line in lines)]
    sections = find_sections(assemble(Reading(tuple(blocks))), cited_as="12 CFR", title="T")
    assert [section.citation.removeprefix("12 CFR 40.1 ") for section in sections[2:]] == [
        "“Boat”", "“Boat”(1)", "“Boat”(2)", "“Pier”", "“Pier”(1)", "“Pier”(2)", "“Pier”(3)"
    ]  # fmt: skip


INSIDE = [  # (line behind (a), further addresses in it, reason)
    ("(1) 480,000, minus (2) the number computed, plus", ["(a)(2)"], "behind what is computed"),
    ("(1) who is a crewman, (2) to whom this applies, or", ["(a)(2)"], "a clause that begins with a preposition"),
    ("(1) withholding of removal;[490] (2) cancellation of removal;", ["(a)(2)"], "behind the mark of a footnote"),
    ("(1) what is told in paragraphs (1), (2) to (4) of it, or", [], "a range that is referred to"),
]


@pytest.mark.parametrize(("line", "inside", "reason"), INSIDE, ids=[case[-1] for case in INSIDE])
def test_a_paragraph_inside_a_line_has_its_own_address(line, inside, reason):
    lines = ["(a) It is:", line, "(3) the rest.", "(b) End."]
    blocks = (raw_block("heading", HEAD["U.S.C."], level=2), *(raw_block("paragraph", text) for text in lines))
    found = find_sections(assemble(Reading(blocks)), cited_as=U, title="T")
    addresses = [section.citation.removeprefix("14 U.S.C. 1") for section in found[2:]]
    assert addresses == ["(a)", "(a)(1)", *inside, "(a)(3)", "(b)"], reason
