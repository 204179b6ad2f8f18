"""XML of the eCFR: what becomes of each element, and the same tree as from Markdown of the same rule."""

import re
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.assembly import assemble
from ingest.readers.markdown import read_markdown
from ingest.readers.official_xml.reader import read_official_xml
from ingest.readers.registry import read_document
from ingest.structure.sections import find_sections
from pinpoint.errors import DamagedDocument, UnreadableDocument

REAL = Path(__file__).resolve().parents[5] / "shared" / "corpus-real"
RULE_MD = REAL / "8cfr-214-subpart-c-t-nonimmigrant-2026-06-11.md"
SECTION = '<DIV8 N="214.202" TYPE="SECTION"><HEAD>§ 214.202 Eligibility.</HEAD>%s</DIV8>'

RULE = """<?xml version="1.0" encoding="UTF-8"?>
<DIV6 N="C" TYPE="SUBPART" hierarchy_metadata="{&quot;path&quot;:&quot;/on/_SUBSTITUTE_DATE_/title-8/part-214&quot;}">
<HEAD>Subpart C—Victims of Trafficking
</HEAD>
<SOURCE><HED>Source:</HED><PSPACE>89 FR 34932, Apr. 30, 2024, unless otherwise noted.</PSPACE></SOURCE>
<DIV8 N="214.201" TYPE="SECTION" hierarchy_metadata="{&quot;citation&quot;:&quot;8 CFR 214.201&quot;}">
<HEAD>§ 214.201   Definitions.</HEAD>
<P>As used in this section the term:
</P><P><I>Coercion</I> means threats of serious harm to any person.
</P><P><I>Eligible family member</I> means:
</P><P>(1) A family member; and
</P><P>(2) Any parent.
</P></DIV8>
<DIV8 N="214.204" TYPE="SECTION"><HEAD>§ 214.204   Application.</HEAD>
<P>(a) <I>Filing an application</I>—(1) <I>In general.</I> A person must file <E T="04">Form I-914.</E></P>
<P>(2) <I>Children.</I> A child may file alone.</P>
<P>(i) Under 18.</P>
<P>(ii) Under 21 &amp; unmarried.</P>
<P>(b) <I>Fee.</I> None.</P>
<CITA TYPE="N">[89 FR 34935, Apr. 30, 2024, as amended at 89 FR 68083, Aug. 23, 2024]
</CITA></DIV8>
</DIV6>
"""
SAME_RULE = """# Subpart C—Victims of Trafficking

Source: 89 FR 34932, Apr. 30, 2024, unless otherwise noted.

## § 214.201 Definitions.

As used in this section the term:

*Coercion* means threats of serious harm to any person.

*Eligible family member* means:

(1) A family member; and

(2) Any parent.

## § 214.204 Application.

(a) *Filing an application*—(1) *In general.* A person must file Form I-914.

(2) *Children.* A child may file alone.

(i) Under 18.

(ii) Under 21 & unmarried.

(b) *Fee.* None.

[89 FR 34935, Apr. 30, 2024, as amended at 89 FR 68083, Aug. 23, 2024]
"""


@pytest.fixture
def read(tmp_path):
    def run(xml):
        file = tmp_path / "rule.xml"
        file.write_bytes(xml if isinstance(xml, bytes) else xml.encode())
        return read_official_xml(file)

    return run


def _tree(reading):
    document = assemble(reading)
    sections = find_sections(document, cited_as="8 CFR", title="Rule")
    return [(s.citation, s.heading, s.depth, document.text[s.start : s.end]) for s in sections]


def _blocks(reading):
    return [(block.kind, block.text) for block in reading.blocks]


def test_the_tree_is_that_of_the_same_rule_in_markdown(read, tmp_path):
    file = tmp_path / "rule.md"
    file.write_text(SAME_RULE, encoding="utf-8")
    tree = _tree(read(RULE))
    assert tree == _tree(read_markdown(file))
    assert [citation for citation, *_ in tree[1:]] == [
        "8 CFR, Subpart C—Victims of Trafficking",
        "8 CFR 214.201",
        "8 CFR 214.201 “Coercion”",
        "8 CFR 214.201 “Eligible family member”",
        "8 CFR 214.201 “Eligible family member”(1)",
        "8 CFR 214.201 “Eligible family member”(2)",
        "8 CFR 214.204",
        "8 CFR 214.204(a)",
        "8 CFR 214.204(a)(1)",
        "8 CFR 214.204(a)(2)",
        "8 CFR 214.204(a)(2)(i)",
        "8 CFR 214.204(a)(2)(ii)",
        "8 CFR 214.204(b)",
    ]


@pytest.mark.skipif(not RULE_MD.is_file(), reason=f"{RULE_MD} is not there: the real subpart C is needed")
def test_the_whole_subpart_has_the_same_tree_as_its_markdown(read):
    plain = read_markdown(RULE_MD)
    parts = ['<DIV6 N="C" TYPE="SUBPART">']
    for block in plain.blocks:
        text = escape(" ".join(block.text.split()))
        if block.kind == "heading" and text.startswith("§"):
            number = re.search(r"[\d.]+", text).group()
            parts.append(f'{"</DIV8>" if len(parts) > 2 else ""}<DIV8 N="{number}" TYPE="SECTION"><HEAD>{text}</HEAD>')
        else:
            parts.append(f"<HEAD>{text}</HEAD>" if block.kind == "heading" else f"<P>{text}\n</P>")
    reading = read("".join([*parts, "</DIV8></DIV6>"]))
    ours, theirs = ([row[0] for row in _tree(each)] for each in (reading, plain))
    assert len(theirs) > 300
    assert ours == theirs


ELEMENTS = [  # (what stands in the section, blocks behind its heading, reason)
    ("<P>One\n  line.</P>", [("paragraph", "One line.")], "line breaks of the file mean nothing"),
    ("<P>(a) <I>Term.</I> Text.</P>", [("paragraph", "(a) Term. Text.")], "italics"),
    ('<P>The <E T="03">Board</E>’s SO<E T="52">2</E>.</P>', [("paragraph", "The Board’s SO2.")], "E is in the line"),
    ("<FP>Flush.</FP><FP-1>Indented.</FP-1>", [("paragraph", "Flush."), ("paragraph", "Indented.")], "flush text"),
    ("<HD1>Subhead</HD1><P>Text.</P>", [("heading", "Subhead"), ("paragraph", "Text.")], "headings in a section"),
    (
        "<CITA>[67 FR 1, Jan. 1, 2002]</CITA>",
        [("paragraph", "[67 FR 1, Jan. 1, 2002]")],
        "amendment dates are retained",
    ),
    (
        "<AUTH><HED>Authority:</HED><PSPACE>8 U.S.C. 1101.</PSPACE></AUTH>",
        [("paragraph", "Authority: 8 U.S.C. 1101.")],
        "the label belongs to its text",
    ),
    (
        "<NOTE><HED>Note:</HED><P>First.</P><P>Second.</P></NOTE>",
        [("paragraph", "Note: First."), ("paragraph", "Second.")],
        "a note of two paragraphs",
    ),
    ("<EDNOTE><HED>Editorial Note:</HED></EDNOTE>", [("paragraph", "Editorial Note:")], "a label alone"),
    ("<EXTRACT><P>Quoted.</P></EXTRACT>", [("paragraph", "Quoted.")], "an extract"),
    ("<NEWTAG><P>Text.</P>Tail.</NEWTAG>", [("paragraph", "Text."), ("paragraph", "Tail.")], "no text is lost"),
    ("<NEWTAG>Text.</NEWTAG>", [("paragraph", "Text.")], "an element that is not known"),
    (
        "<P>See<SU>1</SU> there.</P><FTNT><P><SU>1</SU> The note.</P></FTNT>",
        [("paragraph", "See[1] there."), ("footnote", "The note.")],
        "a footnote and its reference",
    ),
    ("<P>10<SU>2</SU> meters.</P>", [("paragraph", "10² meters.")], "no footnote: an exponent, which is no digit"),
    (
        '<GPOTABLE COLS="2"><TTITLE>Codes</TTITLE><BOXHD><CHED H="1">Code</CHED><CHED H="1">Class</CHED></BOXHD>'
        "<ROW><ENT>T-1</ENT><ENT>Principal</ENT></ROW></GPOTABLE>",
        [("paragraph", "Codes"), ("table_header", "Code | Class"), ("table_row", "T-1 | Principal")],
        "a table in the mark-up of print",
    ),
    (
        '<DIV class="table"><TABLE><THEAD><TR><TH>Code</TH><TH>Class</TH></TR></THEAD>'
        "<TBODY><TR><TD>T-1</TD><TD>Principal</TD></TR></TBODY></TABLE></DIV>",
        [("table_header", "Code | Class"), ("table_row", "T-1 | Principal")],
        "a table in the mark-up of pages",
    ),
    ("<P>A<!-- hidden -->B</P><?go?>", [("paragraph", "AB")], "comments are not text"),
    ("<P></P><P> </P>", [], "empty paragraphs"),
]


@pytest.mark.parametrize(("inside", "expected", "reason"), ELEMENTS)
def test_elements(read, inside, expected, reason):
    assert _blocks(read(SECTION % inside))[1:] == expected, reason


def test_footnotes_retain_their_number(read):
    reading = read(SECTION % "<P>See<SU>12</SU>.</P><FTNT><P><SU>12</SU> Note.</P></FTNT>")
    assert [block.marker for block in reading.blocks if block.kind == "footnote"] == ["12"]


def test_divisions_from_title_to_appendix(read):
    reading = read(
        '<ECFR><HEADER><TITLE>left out</TITLE></HEADER><DIV1 N="8" TYPE="TITLE"><HEAD>Title 8—Aliens</HEAD>'
        '<DIV3 N="I" TYPE="CHAPTER"><HEAD>CHAPTER I—DHS</HEAD><DIV4 N="B" TYPE="SUBCHAP"><HEAD>SUBCHAPTER B</HEAD>'
        '<DIV5 N="214" TYPE="PART"><HEAD>PART 214—NONIMMIGRANT CLASSES</HEAD>'
        '<DIV6 N="C" TYPE="SUBPART"><HEAD>Subpart C—T</HEAD><DIV7 N="1" TYPE="SUBJGRP"><HEAD>General</HEAD>'
        f"{SECTION % '<P>(a) One.</P>'}</DIV7></DIV6>"
        '<DIV9 N="Appendix A" TYPE="APPENDIX"><HEAD>Appendix A to Part 214</HEAD></DIV9>'
        "</DIV5></DIV4></DIV3></DIV1></ECFR>"
    )
    headings = [(block.level, block.text) for block in reading.blocks if block.kind == "heading"]
    assert headings == [
        (1, "Title 8—Aliens"),
        (2, "CHAPTER I—DHS"),
        (3, "SUBCHAPTER B"),
        (3, "PART 214—NONIMMIGRANT CLASSES"),
        (4, "Subpart C—T"),
        (5, "General"),
        (5, "§ 214.202 Eligibility."),
        (4, "Appendix A to Part 214"),
    ]
    assert reading.title == "Title 8—Aliens"
    assert "8 CFR 214.202(a)" in [row[0] for row in _tree(reading)]


def test_pending_amendments_and_pictures_are_told(read):
    link = '<XREF ID="1">Link to an amendment published at 91 FR 1, July 1, 2026.</XREF>'
    reading = read(SECTION % f'{link}<IMG src="x"/>')
    assert reading.warnings == (
        "§ 214.202 Eligibility.: Link to an amendment published at 91 FR 1, July 1, 2026.",
        "1 pictures or formulas are not text and were left out.",
    )


BAD = [  # (content, error, what the message names, reason)
    (b"<feed><entry>Text</entry></feed>", UnreadableDocument, "not of a format that is read", "XML of another kind"),
    (b"<DIV8><HEAD>x</HEAD></DIV8>", UnreadableDocument, "not of a format that is read", "a division without its type"),
    (b"<DIV8 TYPE='SECTION'><P>cut", DamagedDocument, "not well-formed", "cut off"),
    (b"plain text", DamagedDocument, "not well-formed", "no XML"),
    (
        b"<!DOCTYPE d [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><DIV8 TYPE='SECTION'><P>&b;</P></DIV8>",
        DamagedDocument,
        "entities",
        "text that would be missing without a word",
    ),
    (
        b"<!DOCTYPE d [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><DIV8 TYPE='SECTION'><P>&f;</P></DIV8>",
        DamagedDocument,
        "entities",
        "a file of this machine",
    ),
]


@pytest.mark.parametrize(("content", "error", "named", "reason"), BAD)
def test_what_cannot_be_read_is_named(read, content, error, named, reason):
    with pytest.raises(error) as caught:
        read(content)
    assert "rule.xml" in str(caught.value) and named in str(caught.value), reason


@pytest.mark.timeout(20)
def test_a_billion_laughs_is_refused_at_once(read):
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    with pytest.raises(DamagedDocument):
        read(f'<!DOCTYPE d [<!ENTITY l0 "ha">{lines}]><DIV8 TYPE="SECTION"><P>&l11;</P></DIV8>')


def test_the_suffix_leads_to_this_reader(tmp_path):
    file = tmp_path / "rule.XML"
    file.write_text(RULE, encoding="utf-8")
    assert read_document(file).title == "Subpart C—Victims of Trafficking"


WORDS = st.text(alphabet="abc XYZ<&>'é§—", min_size=1, max_size=12)


@given(paragraphs=st.lists(st.tuples(st.sampled_from(["P", "FP", "CITA", "NEW"]), WORDS, WORDS), max_size=6))
def test_no_word_is_lost_or_made_up(tmp_path_factory, paragraphs):
    inside = "".join(f"<{tag}>{escape(one)}<I>{escape(two)}</I></{tag}>" for tag, one, two in paragraphs)
    file = tmp_path_factory.getbasetemp() / "words.xml"
    file.write_text(SECTION % inside, encoding="utf-8")
    written = Counter("".join(one + two for _, one, two in paragraphs).replace(" ", ""))
    read_back = Counter("".join(block.text for block in read_official_xml(file).blocks[1:]).replace(" ", ""))
    assert read_back == written


QUOTED = SECTION.replace("%s", "<P>(a) Oak is used.</P><P>(b) Elm is used.</P>%s")
NOT_IN_FORCE = [  # (what stands behind (b), the last citation, its text, reason)
    ("<EFFDNOT><HED>Effective Date Note:</HED><PSPACE>At 90 FR 1, (c) was added.</PSPACE><P>(c) Ash.</P></EFFDNOT>",
     "8 CFR 214.202, Effective Date Note", "Effective Date Note: At 90 FR 1, (c) was added.\n(c) Ash.", "its text"),
    ("<EFFDNOTP><HED>Effective Date Note:</HED><P>At 90 FR 1, it was revised:</P><REVTXT>"
     '<DIV8 N="214.202" TYPE="SECTION"><HEAD>§ 214.202 Eligibility.</HEAD><P>(a) Fir.</P></DIV8></REVTXT></EFFDNOTP>',
     "8 CFR 214.202, Effective Date Note",
     "Effective Date Note: At 90 FR 1, it was revised:\n§ 214.202 Eligibility.\n(a) Fir.", "a whole section"),
    ("<EXTRACT><HD1>Form</HD1><P>(c) Ash.</P><FP>Sign here.</FP></EXTRACT>", "8 CFR 214.202(b)", "(b) Elm is used.\n",
     "a form"),
    ("<EXTRACT>(c) Ash <I>of</I> wood.</EXTRACT>", "8 CFR 214.202(b)", "(b) Elm is used.\n", "a form in one line"),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "citation", "text", "reason"), NOT_IN_FORCE, ids=[row[3] for row in NOT_IN_FORCE])
def test_text_that_a_section_quotes_has_none_of_its_addresses(read, inside, citation, text, reason):
    tree = _tree(read(QUOTED % inside))
    assert [row[0] for row in tree[1:4]] == ["8 CFR 214.202", "8 CFR 214.202(a)", "8 CFR 214.202(b)"]
    assert (tree[-1][0], tree[-1][3]) == (citation, text), reason
