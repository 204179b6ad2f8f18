"""The Federal Register: each document of an issue by its own page, and one of them alone."""

from datetime import date
from pathlib import Path

import pytest

from ingest.corpus.manifest import ManifestEntry
from ingest.parsing import parse_file
from ingest.readers.registry import read_document
from pinpoint.errors import UnreadableDocument

RULE = """<RULE>
    <PREAMB>
        %s<AGENCY TYPE="F">DEPARTMENT OF QUAYS</AGENCY>
        <SUBAGY>%s</SUBAGY>
        <CFR>12 CFR Part 40</CFR>
        <SUBJECT>%s</SUBJECT>
        <SUM><HD SOURCE="HED">SUMMARY:</HD><P>A quay is held<SU>1</SU><FTREF/>
            under <E T="03">the rule</E>
            .</P></SUM>
        <EFFDATE><HD SOURCE="HED">DATES:</HD>
        <P>This rule is effective March 13, 2024. Send comments by April 2, 2024.</P>
        </EFFDATE>
        <FTNT><P><SU>1</SU> By the abbey.</P></FTNT>
    </PREAMB>
    <SUPLINF>
        <HD SOURCE="HED">SUPPLEMENTARY INFORMATION:</HD>
        <HD SOURCE="HD1">I. Background</HD><P>Boats came.</P>
        <HD SOURCE="HD2">A. History</P></HD><P>Long ago.</P>%s
        <HD SOURCE="HD1">II. Findings</HD><P>None.</P>
        <REGTEXT TITLE="12" PART="40"><PART><HD SOURCE="HED">PART 40—QUAYS</HD></PART>
            <AMDPAR>1. Amend § 40.1 to read as follows:</AMDPAR>
            <SECTION><SECTNO>§ 40.1</SECTNO><SUBJECT>Oars.</SUBJECT><STARS/><P>(a) An oar is held.</P></SECTION>
        </REGTEXT>
    </SUPLINF>
    <FRDOC>[FR Doc. %s Filed 2-9-24; 8:45 am]</FRDOC>
    <BILCOD>BILLING CODE 1-P</BILCOD>
</RULE>""".replace("</P></HD>", "</HD>")
FIRST = RULE % ('<PRTPAGE P="9741"/>', "Harbours", "Holding of Quays", '<PRTPAGE P="9742"/>', "2024-02787")
SECOND = RULE % ("", "Lighthouses", "Holding of Lamps", "", "2024-02801")
OFFICIAL = Path(__file__).resolve().parents[5] / "shared" / "corpus-more" / "official-xml"
ISSUE = f"""<?xml version="1.0"?><FEDREG><VOL>89</VOL><NO>29</NO><DATE>Monday, February 12, 2024</DATE>
<UNITNAME>Contents</UNITNAME><CNTNTS><AGCY><HD>Quays</HD></AGCY></CNTNTS><VOL>89</VOL><RULES>{FIRST}{SECOND}</RULES>
<NEWPART><PTITLE><PRTPAGE P="9919"/><PARTNO>Part II</PARTNO></PTITLE><NOTICES><NOTICE><PREAMB><PRTPAGE P="9920"/>
<AGENCY TYPE="S">ABBEY</AGENCY><SUBJECT>Fees</SUBJECT></PREAMB><FRDOC>[FR Doc. 2024-01667 Filed 2-9-24]</FRDOC></NOTICE>
</NOTICES></NEWPART></FEDREG>"""
USLM = """<frDoc xmlns="http://schemas.gpo.gov/xml/uslm" xmlns:dc="http://purl.org/dc/elements/1.1/">
<meta><dc:title>Federal Register Volume 83, Issue 91</dc:title><volume>83</volume></meta><main><collection><component>
<main><toc><referenceItem><label>Quays</label></referenceItem></toc><rules><rule><meta><startingPage>21707</startingPage>
<docNumber>2018–09910</docNumber></meta><preface><organization>DEPARTMENT OF QUAYS</organization>
<subject>Holding of Quays</subject></preface><main><content><statement role="dates"><content>
<heading style="-uslm-sgm:HED">DATES:</heading><p>Effective May 10, 2018.</p></content></statement>
<heading style="-uslm-sgm:HED">SUPPLEMENTARY INFORMATION:</heading><p>Boats came.</p>
<heading style="-uslm-sgm:HD1">I. Background</heading><p>Long ago.</p>
<level role="amending"><section role="instruction"><num value="1">1. </num>
<content>Amend § 40.1:<quotedContent><section>
<num value="40.1">§ 40.1</num><heading>Oars.</heading><paragraph><num value="a">(a)</num><content> An oar.</content>
</paragraph></section></quotedContent></content></section></level></content></main>
<notes><frDocId>[FR Doc. 2018–09910 Filed 5–9–18]</frDocId></notes></rule></rules>
</main></component></collection></main>
</frDoc>"""


@pytest.fixture
def parse(tmp_path):
    def run(xml, **entry):
        file = tmp_path / "issue.xml"
        file.write_text(xml, encoding="utf-8")
        listed = ManifestEntry(id="issue", file="issue.xml", title="Issue", listed=bool(entry), **entry)
        return parse_file(file, listed, sha256="", crosswalk=())

    return run


def _tree(parsed):
    return [(len(section.path), section.citation, section.heading) for section in parsed.parsed.sections]


def test_documents_of_an_issue_are_cited_by_their_first_pages(parse):
    parsed = parse(ISSUE)
    tree = _tree(parsed)
    assert [row for row in tree if row[0] == 1] == [
        (1, "89 FR 9741", "DEPARTMENT OF QUAYS: Harbours: Holding of Quays (FR Doc. 2024-02787)"),
        (1, "89 FR 9742", "DEPARTMENT OF QUAYS: Lighthouses: Holding of Lamps (FR Doc. 2024-02801)"),
        (1, "89 FR 9920", "ABBEY: Fees (FR Doc. 2024-01667)"),
    ]
    assert tree[2:12] == [
        (2, "89 FR 9741, SUMMARY", "SUMMARY:"),
        (2, "89 FR 9741, DATES", "DATES:"),
        (3, "89 FR 9741, DATES fn 1", "Footnote 1"),
        (2, "89 FR 9741, SUPPLEMENTARY INFORMATION", "SUPPLEMENTARY INFORMATION:"),
        (3, "89 FR 9741, I. Background", "I. Background"),
        (4, "89 FR 9741, A. History", "A. History"),
        (3, "89 FR 9741, II. Findings", "II. Findings"),
        (2, "89 FR 9741, PART 40—QUAYS", "PART 40—QUAYS"),
        (3, "89 FR 9741, § 40.1 Oars.", "§ 40.1 Oars."),
        (1, "89 FR 9742", tree[11][2]),
    ]
    assert "A quay is held[1] under the rule." in parsed.parsed.document.text, "indents of the file are no blanks"
    assert parsed.parsed.document.title == "Federal Register, Vol. 89, No. 29, Monday, February 12, 2024"
    assert parsed.parsed.document.effective_from is None, "an issue has no day of effect"


CHOICES = [  # (part, first words of the text, cited_as, reason)
    ("2024-02787", "Holding of Quays", "89 FR 9741", "its number"),
    ("2024\u201302787", "Holding of Quays", "89 FR 9741", "its number with the dash of print"),
    ("lighthouses", "Holding of Lamps", "89 FR 9742", "a word of its agency"),
    ("quays lamps", "Holding of Lamps", "89 FR 9742", "words of agency and subject"),
]


@pytest.mark.parametrize(("part", "title", "cited", "reason"), CHOICES, ids=[row[3] for row in CHOICES])
def test_one_document_is_chosen(tmp_path, part, title, cited, reason):
    file = tmp_path / "issue.xml"
    file.write_text(ISSUE, encoding="utf-8")
    reading = read_document(file, part=part)
    assert (reading.title, reading.cited_as, reading.document_kind) == (title, cited, "final-rule"), reason
    assert reading.effective_from == date(2024, 3, 13)
    assert {block.stated[0] for block in reading.blocks} == {cited}


REFUSED = [  # (part, what the message names, reason)
    ("2024-99999", "no documents", "a number of another issue"),
    ("quays", "2 documents of this issue (2024-02787, 2024-02801)", "words of two"),
]


@pytest.mark.parametrize(("part", "named", "reason"), REFUSED)
def test_a_choice_that_fits_none_or_several_is_refused(tmp_path, part, named, reason):
    file = tmp_path / "issue.xml"
    file.write_text(ISSUE, encoding="utf-8")
    with pytest.raises(UnreadableDocument) as caught:
        read_document(file, part=part)
    assert "issue.xml" in str(caught.value) and named in str(caught.value), reason


OTHERS = [("law.xml", '<DIV8 N="1.1" TYPE="SECTION"><P>One.</P></DIV8>'), ("rule.md", "# Rule")]


@pytest.mark.parametrize(("name", "text"), OTHERS)
def test_only_an_issue_has_documents_to_choose(tmp_path, name, text):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="part = '2024-02787'"):
        read_document(file, part="2024-02787")


def test_the_manifest_chooses(parse):
    parsed = parse(ISSUE, part="2024-02787", kind="final-rule")
    assert _tree(parsed)[0][:2] == (0, "89 FR 9741")
    assert "Lamps" not in parsed.parsed.document.text


def test_one_document_alone_states_no_volume_and_is_divided_by_its_headings(parse):
    parsed = parse(FIRST, cited_as="89 FR 9741", kind="final-rule")
    cited = [row[1] for row in _tree(parsed)]
    assert cited[0] == "89 FR 9741" and "89 FR 9741, SUMMARY" in cited and "89 FR 9741, I. Background" in cited


DATES = [  # (sentence of the dates, day of effect, reason)
    ("This rule is effective March 13, 2024.", date(2024, 3, 13), "the usual sentence"),
    ("Effective date: Monday, March 4, 2024.", date(2024, 3, 4), "with the day of the week"),
    ("The rule is effective on Mar. 13, 2024, except section 2, effective July 1, 2024.", None, "two days"),
    ("Comments must be received by March 28, 2024.", None, "no day of effect"),
    ("The rule is effective upon publication.", None, "no day"),
]


@pytest.mark.parametrize(("sentence", "day", "reason"), DATES)
def test_days_of_effect(tmp_path, sentence, day, reason):
    file = tmp_path / "rule.xml"
    dates = "This rule is effective March 13, 2024. Send comments by April 2, 2024."
    file.write_text(FIRST.replace(dates, sentence), encoding="utf-8")
    assert read_document(file).effective_from == day, reason


def test_an_issue_in_uslm(parse):
    parsed = parse(USLM)
    assert _tree(parsed)[1:] == [
        (1, "83 FR 21707", "DEPARTMENT OF QUAYS: Holding of Quays (FR Doc. 2018–09910)"),
        (2, "83 FR 21707, DATES", "DATES:"),
        (2, "83 FR 21707, SUPPLEMENTARY INFORMATION", "SUPPLEMENTARY INFORMATION:"),
        (3, "83 FR 21707, I. Background", "I. Background"),
    ]
    document = parsed.parsed.document
    assert (document.cited_as, document.kind, document.effective_from) == (
        "83 FR 21707",
        "final-rule",
        date(2018, 5, 10),
    )
    assert "§ 40.1 Oars.\n(a) An oar." in document.text


def test_an_extract_in_a_document_stands_where_it_is_quoted(parse):
    parsed = parse(
        ISSUE.replace("<P>Boats came.</P>", "<P>Boats came.</P><EXTRACT><P>(a) A song.</P></EXTRACT><P>So.</P>")
    )
    text, sections = parsed.parsed.document.text, parsed.parsed.sections
    at = text.index("(a) A song.")
    assert [s.citation for s in sections if s.start <= at < s.end][-1] == "89 FR 9741, I. Background"
    assert at < text.index("So.")


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="../shared/corpus-more is not there")
@pytest.mark.parametrize("name", ["FR-2024-02-12.xml", "ECFR-title1-2024-03.xml", "COMPS-8188-IRTPA-2004-uslm.xml"])
def test_official_files_as_downloaded_are_read(name):
    listed = ManifestEntry(id="official", file=name, title=name, listed=False)
    parsed = parse_file(OFFICIAL / name, listed, sha256="", crosswalk=()).parsed
    assert len(parsed.sections) > 300
    assert len(parsed.passages) > 300
