"""Which XML is read, what the rest is called, and the annual CFR."""

from datetime import date

import pytest

from ingest.corpus.manifest import ManifestEntry
from ingest.parsing import parse_file
from ingest.readers.official_xml.reader import read_official_xml
from ingest.readers.official_xml.tables import spread_rows
from ingest.structure.cfr_forms import appendix_form, part_number, section_number
from pinpoint.errors import DamagedDocument, UnreadableDocument

OTHER = [  # (XML, what the message names, reason)
    ('<rss version="2.0"><channel/></rss>', ("RSS", "Download the documents"), "a feed"),
    ('<feed xmlns="http://www.w3.org/2005/Atom"/>', ("Atom",), "another feed"),
    ('<svg xmlns="http://www.w3.org/2000/svg"/>', ("SVG",), "a picture"),
    ('<book xmlns="http://docbook.org/ns/docbook"/>', ("DocBook", "Save it as"), "DocBook 5"),
    ("<article><title>T</title></article>", ("DocBook",), "DocBook 4"),
    ('<html xmlns="http://www.w3.org/1999/xhtml"/>', ("XHTML", ".html"), "a page"),
    ("<html><body/></html>", ("web page", ".html"), "a page without its namespace"),
    (
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>',
        ("Word", ".docx"),
        "Word, flat",
    ),
    (
        '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        ("OpenDocument",),
        "OpenDocument, flat",
    ),
    ('<x:Doc xmlns:x="http://release.niem.gov/niem/niem-core/5.0/"/>', ("NIEM",), "data"),
    (
        '<bill bill-stage="Enrolled-Bill"><legis-body/></bill>',
        ("before USLM", "govinfo"),
        "a bill of the older mark-up",
    ),
    ('<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"/>', ("Akoma Ntoso",), "law of elsewhere"),
    ("<weather><rain/></weather>", ("<weather>",), "nothing known"),
    ('<note xmlns="urn:example"/>', ("<note>", "urn:example"), "nothing known, with a namespace"),
]


@pytest.mark.parametrize(("xml", "named", "reason"), OTHER, ids=[row[2] for row in OTHER])
def test_other_xml_is_refused_by_its_name(tmp_path, xml, named, reason):
    file = tmp_path / "other.xml"
    file.write_text(xml, encoding="utf-8")
    with pytest.raises(UnreadableDocument) as caught:
        read_official_xml(file)
    message = str(caught.value)
    assert all(word in message for word in ("other.xml", "USLM", *named)), reason


HOSTILE = [  # (XML of a format that is read, with something hostile in it; reason)
    ('<!DOCTYPE uscDoc [<!ENTITY a "x">]><uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0"><main><p>&a;</p></main>'
     "</uscDoc>", "an entity of its own"),
    ('<!DOCTYPE FEDREG [<!ENTITY f SYSTEM "file:///etc/hostname">]><FEDREG><VOL>1</VOL><RULE><P>&f;</P></RULE></FEDREG>',
     "a file of this machine"),
    ("<CFRDOC>" + "<P>" * 300 + "x" + "</P>" * 300 + "</CFRDOC>", "nested without end"),
    ("<CFRDOC><P>cut", "cut off"),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "reason"), HOSTILE, ids=[row[1] for row in HOSTILE])
def test_hostile_xml_is_refused(tmp_path, xml, reason):
    file = tmp_path / "law.xml"
    file.write_text(xml, encoding="utf-8")
    with pytest.raises(DamagedDocument, match="law.xml"):
        read_official_xml(file)


VOLUME = """<CFRDOC><AMDDATE>Jan. 1, 2019</AMDDATE><FMTR><TITLEPG><TITLENUM>Title 12</TITLENUM><SUBJECT>Banks</SUBJECT>
<PARTS>Part 900 to End</PARTS><REVISED>Revised as of January 1, 2019</REVISED></TITLEPG><EXPLA><P>Explained.</P></EXPLA>
</FMTR><TITLE><CFRTITLE><TITLEHD><HD SOURCE="HED">Title 12—Banks</HD></TITLEHD></CFRTITLE><CHAPTER><TOC><TOCHD>
<HD SOURCE="HED">CHAPTER X—BUREAU</HD></TOCHD></TOC><PART><EAR>Pt. 1005</EAR><HD SOURCE="HED">PART 1005—QUAYS</HD>
<CONTENTS><SECTNO>1005.1</SECTNO><SUBJECT>Purpose.</SUBJECT></CONTENTS><AUTH><HD SOURCE="HED">Authority:</HD>
<P>12 U.S.C. 5512.</P></AUTH><SUBPART><HD SOURCE="HED">Subpart A—General</HD><SECTION><SECTNO>§ 1005.1</SECTNO>
<SUBJECT>Purpose.</SUBJECT><P>(a) <E T="03">Scope.</E> Held<SU>1</SU>:</P><P>(1) By day.</P>
<FTNT><P><SU>1</SU> By the abbey.</P></FTNT><P>(b) None.</P></SECTION><SECTION><SECTNO>§§ 1005.3-1005.5</SECTNO>
<RESERVED>[Reserved]</RESERVED></SECTION></SUBPART><APPENDIX><EAR>Pt. 1005, App. A</EAR>
<HD SOURCE="HED">Appendix A to Part 1005—Clauses</HD><P>(a) First.</P></APPENDIX><APPENDIX>
<HD SOURCE="HED">Supplement I to Part 1005—Official Interpretations</HD><P>Words.</P></APPENDIX></PART>
<PART><HD SOURCE="HED">PARTS 1006-1009 [RESERVED]</HD></PART></CHAPTER></TITLE>
<BMTR><FAIDS><P>Finding aids.</P></FAIDS></BMTR></CFRDOC>"""
GRANULE = """<CFRGRANULE><FDSYS><CFRTITLE>12</CFRTITLE><DATE>2013-01-01</DATE><HEADING>PART 1005</HEADING></FDSYS>
<SECTION><SECTNO>§ 1005.2</SECTNO><SUBJECT>Oars.</SUBJECT><P>(a) Held.</P></SECTION></CFRGRANULE>"""


def _parse(tmp_path, xml, cited_as=""):
    file = tmp_path / "cfr.xml"
    file.write_text(xml, encoding="utf-8")
    entry = ManifestEntry(id="cfr", file="cfr.xml", title="CFR", cited_as=cited_as, listed=bool(cited_as))
    return parse_file(file, entry, sha256="", crosswalk=()).parsed


def test_a_volume_of_the_annual_code(tmp_path):
    rows = _parse(tmp_path, VOLUME)
    document = rows.document
    assert (document.title, document.cited_as, document.kind) == (
        "Title 12 Banks Part 900 to End",
        "12 CFR",
        "regulation",
    )
    assert (document.current_to, document.effective_from) == (date(2019, 1, 1), None)
    cited = [section.citation for section in rows.sections]
    for form in (
        "12 CFR, CHAPTER X—BUREAU",
        "12 CFR Part 1005",
        "12 CFR, Subpart A—General",
        "12 CFR 1005.1(a)(1)",
        "12 CFR 1005.1(b)",
        "12 CFR 1005.1 fn 1",
        "12 CFR 1005.3-1005.5",
        "12 CFR Part 1005, Appendix A",
        "12 CFR Part 1005, Supplement I",
        "12 CFR, PARTS 1006-1009 [RESERVED]",
    ):
        assert form in cited, form
    assert "Explained" not in document.text and "Finding aids" not in document.text
    assert "Authority: 12 U.S.C. 5512." in document.text


def test_a_granule_states_its_title_and_day(tmp_path):
    rows = _parse(tmp_path, GRANULE)
    assert [section.citation for section in rows.sections] == ["12 CFR", "12 CFR 1005.2", "12 CFR 1005.2(a)"]
    assert rows.document.current_to == date(2013, 1, 1)


TITLES = [  # (attributes of the section, cited form, reason)
    ('N="§ 214.2" NODE="8:1.0.1.2.35.0.1.2"', "8 CFR 214.2", "the node begins with the title"),
    ('N="214.2" hierarchy_metadata=\'{"citation":"8 CFR 214.2"}\'', "8 CFR 214.2", "the metadata of the versioner"),
    ('N="214.2" hierarchy_metadata=\'{"path":"/on/_SUBSTITUTE_DATE_/title-8/part-214"}\'', "8 CFR 214.2", "its path"),
]


@pytest.mark.parametrize(("attributes", "cited", "reason"), TITLES, ids=[row[2] for row in TITLES])
def test_the_title_of_an_unlisted_file_of_the_ecfr(tmp_path, attributes, cited, reason):
    xml = f'<DIV8 {attributes} TYPE="SECTION"><HEAD>§ 214.2   Quays.</HEAD><P>(a) Held.</P></DIV8>'
    assert [section.citation for section in _parse(tmp_path, xml).sections][1:] == [cited, f"{cited}(a)"], reason


LISTED = [  # (cited_as of the manifest, cited form of the section, reason)
    ("12 CFR", "12 CFR 40.1", "the manifest gives the title that the file does not state"),
    ("Quay Rules", "Quay Rules, § 40.1", "a name that is no code"),
]


@pytest.mark.parametrize(("cited_as", "cited", "reason"), LISTED)
def test_a_file_without_its_title(tmp_path, cited_as, cited, reason):
    xml = '<DIV5 N="40" TYPE="PART"><HEAD>PART 40—QUAYS</HEAD>'
    xml += '<DIV8 N="40.1" TYPE="SECTION"><HEAD>§ 40.1 Oars.</HEAD></DIV8></DIV5>'
    assert _parse(tmp_path, xml, cited_as).sections[2].citation == cited, reason


HEADS = [  # (N, heading, cited form, reason)
    ("§ 400.1", "Sec. 400.1 Scope.", "48 CFR 400.1", "no sign in the heading"),
    ("314.81", "314.81 [Reserved]", "48 CFR 314.81", "a bare number"),
    ("52.222-50", "52.222-50 Combating Trafficking in Persons.", "48 CFR 52.222-50", "a hyphen of the number"),
    ("970.3102-05-30-70", "970.3102-05-30-70 Costs.", "48 CFR 970.3102-05-30-70", "several"),
    ("§ 1.401(k)-1", "§ 1.401(k)–1 Plans.", "48 CFR 1.401(k)-1", "a paragraph in the number"),
    ("", "§ 301.7701–2 Entities.", "48 CFR 301.7701-2", "only in the heading"),
    ("§§ 12.4–12.9", "§§ 12.4–12.9 [Reserved]", "48 CFR 12.4-12.9", "several printed as one"),
]


@pytest.mark.parametrize(("number", "heading", "cited", "reason"), HEADS, ids=[row[3] for row in HEADS])
def test_numbers_come_from_the_file(tmp_path, number, heading, cited, reason):
    xml = (
        f'<DIV1 N="48" TYPE="TITLE"><DIV8 N="{number}" TYPE="SECTION"><HEAD>{heading}</HEAD><P>Words.</P></DIV8></DIV1>'
    )
    assert _parse(tmp_path, xml).sections[1].citation == cited, reason


APPENDICES = [  # (heading, part around it, cited form, reason)
    ("Appendix A to Part 1005—Clauses", "1005", "12 CFR Part 1005, Appendix A", "the usual one"),
    ("Appendix A to Part 1005—Clauses", "", "12 CFR Part 1005, Appendix A", "the part stands in the heading"),
    ("Supplement I to Part 1005—Interpretations", "1005", "12 CFR Part 1005, Supplement I", "a supplement"),
    ("Appendix A to Subpart B of Part 60—Tests", "60", "12 CFR Part 60, Subpart B, Appendix A", "of a subpart"),
    ("Appendix A to § 1910.119—List", "1910", "12 CFR 1910.119, Appendix A", "of a section"),
    ("Appendix to Part 30", "30", "12 CFR Part 30, Appendix", "without a letter"),
    ("Appendixes A–C to Part 30 [Reserved]", "30", "12 CFR Part 30, Appendixes A-C to Part 30 [Reserved]", "several"),
    ("Schedule 2 to Part 30", "30", "12 CFR Part 30, Schedule 2", "a schedule"),
    ("Table of fees", "", "12 CFR, Table of fees", "no part at all"),
]


@pytest.mark.parametrize(("heading", "part", "cited", "reason"), APPENDICES)
def test_forms_of_appendices(heading, part, cited, reason):
    assert appendix_form("12 CFR", part, heading) == cited, reason


def test_what_is_no_number_is_none():
    assert part_number("PART 102–76—DESIGN") == "102-76"
    assert section_number("§ ") == section_number("Quays") == "" == part_number("PARTS 2-9 [RESERVED]")


ROWS = [  # (rows of (text, columns, rows), texts, reason)
    ([[("a", 1, 2), ("b", 1, 1)], [("c", 1, 1)]], [["a", "b"], ["a", "c"]], "a cell over two rows"),
    (
        [[("a", 1, 1), ("b", 1, 3)], [("c", 1, 1)], [("d", 1, 1)]],
        [["a", "b"], ["c", "b"], ["d", "b"]],
        "the last column",
    ),
    ([[("a", 2, 1), ("b", 1, 1)]], [["a", "b"]], "a cell over two columns stands once"),
    ([[("a", 9999, 1)]], [["a"]], "a width without end"),
]


@pytest.mark.parametrize(("rows", "texts", "reason"), ROWS)
def test_rows_of_tables(rows, texts, reason):
    assert spread_rows(rows) == texts, reason


def test_a_range_of_numbers_that_are_no_citation_is_found_by_its_words(tmp_path):
    file = tmp_path / "title.xml"
    file.write_text(
        '<DIV1 N="8" TYPE="TITLE"><HEAD>Title 8</HEAD><DIV8 N="123456789 to 5" TYPE="SECTION">'
        "<HEAD>§ 123456789 to 5 Oars.</HEAD><P>An oar is held.</P></DIV8></DIV1>",
        encoding="utf-8",
    )
    entry = ManifestEntry(id="title", file=file.name, title="Title 8", listed=False)
    parsed = parse_file(file, entry, sha256="", crosswalk=()).parsed
    assert "An oar is held." in parsed.document.text, "the file is read"
    assert parsed.sections[-1].citation == "8 CFR 123456789 to 5"
    assert parsed.sections[-1].keys == ("8 CFR 123456789 to 5",)
