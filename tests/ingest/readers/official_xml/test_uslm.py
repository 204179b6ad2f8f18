"""USLM: the address of every block is the one that its level states; what is no text of the law is known as such."""

from datetime import date

import pytest

from ingest.corpus.manifest import ManifestEntry
from ingest.parsing import parse_file
from ingest.readers.official_xml.reader import read_official_xml

USLM_1 = 'xmlns="http://xml.house.gov/schemas/uslm/1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
USLM_2 = 'xmlns="http://schemas.gpo.gov/xml/uslm" xmlns:dc="http://purl.org/dc/elements/1.1/"'
CODE = (
    f'<uscDoc {USLM_1} xmlns:dcterms="http://purl.org/dc/terms/" identifier="/us/usc/t22">'
    "<meta><dc:title>Title 22</dc:title>"
    "<dc:type>USCTitle</dc:type><docNumber>22</docNumber><docPublicationName>Online@113-31</docPublicationName>"
    "<dcterms:created>2013-07-26T05:14:38</dcterms:created></meta><main>"
    '<title identifier="/us/usc/t22"><num value="22">Title 22—</num><heading>FOREIGN RELATIONS</heading>'
    '<chapter identifier="/us/usc/t22/ch78"><num value="78">CHAPTER 78—</num><heading>QUAYS</heading>'
    "<toc><layout><tocItem><column>Sec.</column><column>7101.</column></tocItem></layout></toc>%s</chapter></title></main></uscDoc>"
)
SECTION = '<section identifier="/us/usc/t22/s7101"><num value="7101">§ 7101.</num><heading> Quays</heading>%s</section>'
LAW = (
    f"<pLaw {USLM_2}><meta><dc:title>Public Law 114–125: To hold quays.</dc:title><docNumber>125</docNumber>"
    "<citableAs>Public Law 114–125</citableAs><congress>114</congress>"
    "<approvedDate>2016-02-24</approvedDate></meta><main>%s"
    "</main></pLaw>"
)
BILL = (
    f"<bill {USLM_2}><meta><dc:title>114 HR 644 ENR: To hold quays.</dc:title><dc:type>House Bill</dc:type>"
    "<docNumber>644</docNumber><congress>114</congress></meta><main>%s</main></bill>"
)
COMPILATION = (
    f"<statuteCompilation {USLM_2}><meta><dc:title>IMMIGRATION AND QUAYS ACT</dc:title>"
    "<containsShortTitle>Immigration and Quays Act</containsShortTitle>"
    "<citableAsShortTitle>IMMIGRATION AND QUAYS ACT</citableAsShortTitle></meta>"
    "<preface><editionNote>[As Amended Through <currentThroughPublicLaw>P.L. 116–260"
    "</currentThroughPublicLaw>, Enacted "
    '<date date="2020-12-27">December 27, 2020</date>]</editionNote></preface><main>%s</main></statuteCompilation>'
)
ACT_SECTION = '<section><num value="910">SEC. 910. </num><heading>QUAYS.</heading>%s</section>'


@pytest.fixture
def read(tmp_path):
    def run(xml):
        file = tmp_path / "law.xml"
        file.write_text(xml, encoding="utf-8")
        return read_official_xml(file)

    return run


@pytest.fixture
def parse(tmp_path):
    """The rows of a file, listed under a code when one is given."""

    def run(xml, cited_as=""):
        file = tmp_path / "law.xml"
        file.write_text(xml, encoding="utf-8")
        entry = ManifestEntry(id="law", file="law.xml", title="Law", cited_as=cited_as, listed=bool(cited_as))
        return parse_file(file, entry, sha256="", crosswalk=()).parsed

    return run


def _stated(reading):
    """(last two cited forms without their code, text) of each block behind the heading of the section."""
    rows = [(block.stated[-1] if block.stated else "", block.text) for block in reading.blocks]
    return rows[1 + next(n for n, (_, text) in enumerate(rows) if text.startswith(("§", "SEC"))) :]


def _level(name, number, inside):
    return f'<{name}><num value="{number}">({number})</num>{inside}</{name}>'


LEVELS = [  # (what stands in 22 U.S.C. 7101, (address behind "7101", text) of each block, reason)
    ("<content>A quay is held.</content>", [("", "A quay is held.")], "a section without paragraphs"),
    (
        _level("subsection", "a", "<heading> In general</heading><content> A quay is held.</content>"),
        [("(a)", "(a) In general"), ("(a)", "A quay is held.")],
        "a caption without a mark stands on its own line",
    ),
    (
        _level("subsection", "a", "<heading>In general.—</heading><content>A quay is held.</content>"),
        [("(a)", "(a) In general.—A quay is held.")],
        "one with a dash runs into its text",
    ),
    (
        _level("subsection", "a", "<heading>Fees.—</heading>" + _level("paragraph", "1", "<content>None.</content>")),
        [("(a)", "(a) Fees.—"), ("(a)(1)", "(1) None.")],
        "a caption over a list has the address of the list",
    ),
    (
        _level("subsection", "a", _level("paragraph", "1", "<content>None.</content>")),
        [("(a)(1)", "(a)(1) None.")],
        "a level without words of its own stands in the line of the next",
    ),
    (
        _level(
            "subsection",
            "a",
            "<chapeau>A quay is held if—</chapeau>"
            + _level("paragraph", "1", "<content>it is of stone; or</content>")
            + _level("paragraph", "2", "<content>it is of wood,</content>")
            + "<continuation>and a boat lies there.</continuation>",
        ),
        [
            ("(a)", "(a) A quay is held if—"),
            ("(a)(1)", "(1) it is of stone; or"),
            ("(a)(2)", "(2) it is of wood,"),
            ("(a)", "and a boat lies there."),
        ],
        "text behind a list belongs to the level above it",
    ),
    (
        _level("paragraph", "10A", "<content>One.</content>") + _level("paragraph", "aaa", "<content>Two.</content>"),
        [("(10A)", "(10A) One."), ("(aaa)", "(aaa) Two.")],
        "numbers as they are stated",
    ),
    (
        '<paragraph><num value="5">[(5)</num><content> Repealed.]</content></paragraph>',
        [("(5)", "[(5) Repealed.]")],
        "a repealed paragraph is there",
    ),
    (
        "<content>The Act says: <quotedContent>“a quay”</quotedContent> is held.</content>",
        [("", "The Act says: “a quay” is held.")],
        "a quotation in the line",
    ),
    (
        _level(
            "subsection",
            "b",
            '<content>Section 3 is amended to read:<quotedContent><section><num value="3">“§ 3.</num><heading> Oars'
            '</heading><subsection><num value="a">“(a)</num><content>An oar.”</content></subsection></section>'
            "</quotedContent>.</content>",
        ),
        [("(b)", "(b) Section 3 is amended to read:"), ("(b)", "“§ 3. Oars"), ("(b)", "“(a) An oar.”"), ("(b)", ".")],
        "what a law puts into another law is no paragraph of its own",
    ),
    (
        '<content>A quay<ref class="footnoteRef" idref="f1">1</ref><note type="footnote" id="f1"><num>1</num> So in '
        "original.</note> of 30 m<sup>2</sup>, not 10<sup>1</sup>.</content>",
        [("", "A quay[1] of 30 m², not 10[1]."), (" fn 1", "So in original.")],
        "a note, an exponent, and a raised number that a note of the section bears",
    ),
    (
        "<content>A <term>quay</term> <i>is</i> <b>held</b> by <ref href='/us/usc/t22/s1'>section 1</ref>.</content>",
        [("", "A quay is held by section 1.")],
        "what is marked in the line is text",
    ),
    (
        "<content><p>One.</p><p>Two.</p><table><thead><tr><th>Class</th><th>Fee</th></tr></thead><tbody><tr>"
        "<td rowspan='2'>Brig</td><td>6</td></tr><tr><td>7</td></tr></tbody></table></content>",
        [("", "One."), ("", "Two."), ("", "Class | Fee"), ("", "Brig | 6"), ("", "Brig | 7")],
        "paragraphs and the rows of a table",
    ),
    (
        "<content>Held.</content><sourceCredit>(Pub. L. 106–386, Oct. 28, 2000)</sourceCredit><notes type='uscNote'>"
        "<note topic='effectiveDate'><heading>Effective Date</heading>"
        "<p>On <quotedContent>“(a) a day”</quotedContent>.</p>"
        "</note></notes>",
        [
            ("", "Held."),
            ("", "(Pub. L. 106–386, Oct. 28, 2000)"),
            (" note, Effective Date", "Effective Date"),
            (" note, Effective Date", "On “(a) a day”."),
        ],
        "the credit is the section's, a note stands behind it",
    ),
]


@pytest.mark.parametrize(("inside", "expected", "reason"), LEVELS, ids=[row[2] for row in LEVELS])
def test_levels_of_the_code(read, inside, expected, reason):
    found = [(form.removeprefix("22 U.S.C. 7101"), text) for form, text in _stated(read(CODE % (SECTION % inside)))]
    assert found == expected, reason


NUMBERS = [  # (section element, cited form, reason)
    (
        '<section identifier="/us/usc/t22/s1396r–8"><num value="1396r–8">§ 1396r–8.</num>',
        "22 U.S.C. 1396r-8",
        "one dash",
    ),
    (
        '<section identifier="/us/usc/t22/s300gg-11"><num value="300gg-11">§ 300gg–11.</num>',
        "22 U.S.C. 300gg-11",
        "letters",
    ),
    ('<section identifier="/us/usc/t22/s1, 2"><num value="1, 2">§§ 1, 2.</num>', "22 U.S.C. 1, 2", "two in one"),
    (
        '<section status="omitted"><num value="29 to 38">[§§ 29 to 38.</num>',
        "22 U.S.C. 29 to 38",
        "no identifier, a range",
    ),
    (
        '<section identifier="/us/usc/t22/s29...38"><num value="29 to 38">§§ 29 to 38.</num>',
        "22 U.S.C. 29 to 38",
        "dots",
    ),
    ("<section><num>[§ 304.</num>", "22 U.S.C. 304", "as printed, when nothing else is stated"),
    ('<section identifier="/us/usc/t22/s7"><num value="7a">§ 7.</num>', "22 U.S.C. 7", "the identifier comes first"),
    (
        '<section identifier="/us/usc/t22/s7"><num value="7">§ 7a.</num>',
        "22 U.S.C. 7a",
        "but a letter that is printed is part of the number",
    ),
]


@pytest.mark.parametrize(("element", "cited", "reason"), NUMBERS, ids=[row[2] for row in NUMBERS])
def test_numbers_of_sections(parse, element, cited, reason):
    rows = parse(CODE % f"{element}<heading> Omitted</heading></section>")
    assert [section.citation for section in rows.sections][2:] == [cited], reason


def test_sections_that_are_printed_as_one_are_found_by_each_number(parse):
    rows = parse(CODE % '<section><num value="29 to 31">[§§ 29 to 31.</num><heading> Omitted]</heading></section>')
    assert set(rows.sections[-1].keys) >= {"22 U.S.C. 29", "22 U.S.C. 30", "22 U.S.C. 31"}


def test_the_tree_of_a_title(parse):
    inside = (
        _level("subsection", "a", "<chapeau>If—</chapeau>" + _level("paragraph", "1", "<content>one;</content>")
               + "<continuation>then it is held.</continuation>")
        + _level("subsection", "b", _level("paragraph", "1", "<content>Two.</content>"))
        + "<notes type='uscNote'><note role='crossHeading'><heading>Editorial Notes</heading></note>"
        "<note topic='amendments'><heading>Amendments</heading><p>None.</p></note></notes>"
    )  # fmt: skip
    rows = parse(CODE % (SECTION % inside))
    document = rows.document
    assert (document.title, document.cited_as, document.kind) == ("Title 22—FOREIGN RELATIONS", "22 U.S.C.", "statute")
    assert (document.effective_from, document.current_to) == (None, date(2013, 7, 26))
    tree = [(len(s.path), s.citation, document.text[s.start : s.end].replace("\n", " ")) for s in rows.sections]
    assert tree[2:] == [
        (2, "22 U.S.C. 7101", document.text[tree_start(rows, "22 U.S.C. 7101") :].replace("\n", " ")),
        (3, "22 U.S.C. 7101(a)", "(a) If— (1) one; then it is held. "),
        (4, "22 U.S.C. 7101(a)(1)", "(1) one; "),
        (3, "22 U.S.C. 7101(b)", "(b)(1) Two. "),
        (4, "22 U.S.C. 7101(b)(1)", "(1) Two. "),
        (3, "22 U.S.C. 7101 note", "Editorial Notes Amendments None."),
        (4, "22 U.S.C. 7101 note, Editorial Notes", "Editorial Notes Amendments None."),
        (5, "22 U.S.C. 7101 note, Amendments", "Amendments None."),
    ]
    assert "7101." not in document.text.partition("§")[0], "the list of contents names provisions, and is none"


def tree_start(rows, citation):
    return next(section.start for section in rows.sections if section.citation == citation)


def test_every_word_is_in_a_passage(parse):
    long = " ".join(["word"] * 240)
    inside = _level("subsection", "a", "<chapeau>If—</chapeau>" + _level("paragraph", "1", f"<content>{long}</content>")
                    + f"<continuation>{long}</continuation>")  # fmt: skip
    rows = parse(CODE % (SECTION % inside))
    assert sum(len(passage.text.split()) for passage in rows.passages) == len(rows.document.text.split())


FAMILIES = [  # (document, cited_as of the manifest, cited forms of the sections, reason)
    (LAW % (ACT_SECTION % _level("subsection", "a", "<content>One.</content>")), "",
     ["Pub. L. 114-125, sec. 910", "Pub. L. 114-125, sec. 910(a)"], "a public law"),
    (LAW % f'<division><num value="B">DIVISION B—</num><heading>OARS</heading>{ACT_SECTION % ""}</division>', "",
     ["Pub. L. 114-125, DIVISION B—OARS", "Pub. L. 114-125, div. B, sec. 910"], "each division counts anew"),
    (BILL % (ACT_SECTION % _level("subsection", "a", "<content>One.</content>")), "",
     ["H.R. 644 (114th), sec. 910", "H.R. 644 (114th), sec. 910(a)"], "a bill"),
    (COMPILATION % (ACT_SECTION % _level("subsection", "a", "<content>One.</content>")), "",
     ["Immigration and Quays Act, sec. 910", "Immigration and Quays Act, sec. 910(a)"], "a compilation"),
    (COMPILATION % (ACT_SECTION % _level("subsection", "a", "<content>One.</content>")), "INA",
     ["INA 910", "INA 910(a)"], "a compilation that the manifest lists under a code"),
    (COMPILATION.replace("Quays Act", "Nationality Act").replace("QUAYS ACT", "NATIONALITY ACT")
     % (ACT_SECTION % ""), "",
     ["INA 910"], "an act with an abbreviation of its own"),
    (COMPILATION % (ACT_SECTION % ""), "IQA", ["IQA, sec. 910"], "an abbreviation that the manifest gives"),
    (f'<uscDoc {USLM_1} identifier="/us/usc/t5a"><meta><docNumber>5a</docNumber></meta><main><appendix>'
     "<num>Title 5—</num><heading>APPENDIX</heading><compiledAct><heading>QUAY COMMITTEE ACT</heading>"
     '<section><num value="3">§ 3.</num><heading> Quays</heading></section></compiledAct></appendix></main></uscDoc>',
     "",
     ["5 U.S.C. App., QUAY COMMITTEE ACT", "5 U.S.C. App., QUAY COMMITTEE ACT, sec. 3"], "the appendix of a title"),
    (f'<cfrDoc {USLM_2}><meta><docNumber>27</docNumber></meta><main><part identifier="/us/cfr/t27/p447">'
     '<num value="447">PART 447—</num><heading>ARMS</heading><section identifier="/us/cfr/t27/s447.2">'
     '<num value="447.2">'
     '§ 447.2</num><heading>Laws.</heading><paragraph identifier="/us/cfr/t27/s447.2/a"><num value="a">(a)</num>'
     "<content> All. (1) Not this.</content></paragraph></section><section><num>§ 447.3</num><heading>More.</heading>"
     "<content><p>(a) Not stated.</p></content></section></part></main></cfrDoc>", "",
     ["27 CFR Part 447", "27 CFR 447.2", "27 CFR 447.2(a)", "27 CFR 447.3"],
     "the CFR: what the file does not state is not guessed"),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "cited_as", "cited", "reason"), FAMILIES, ids=[row[3] for row in FAMILIES])
def test_how_documents_are_cited(parse, xml, cited_as, cited, reason):
    assert [section.citation for section in parse(xml, cited_as).sections][1:] == cited, reason


def test_days_that_files_state(read):
    assert read(LAW % (ACT_SECTION % "")).effective_from == date(2016, 2, 24)
    compilation = read(COMPILATION % (ACT_SECTION % ""))
    assert (compilation.effective_from, compilation.current_to) == (None, date(2020, 12, 27))


def test_words_that_a_bill_strikes_out_are_shown_struck(parse):
    inside = "<content>A quay <deletedText>of stone</deletedText><addedText>of wood</addedText> is held.</content>"
    rows = parse(BILL % (ACT_SECTION % inside))
    assert "A quay of wood is held." in rows.document.text and "stone" not in rows.document.text
    (struck,) = rows.document.left_out
    assert (struck.reason, struck.words, struck.text) == ("struck out", 2, "of stone")
    assert rows.document.text[struck.position :].startswith("of wood")


def test_a_text_that_a_committee_struck_out_as_a_whole_is_left_out(parse):
    struck = f'<component changed="deleted"><main>{ACT_SECTION % "<content>Old words.</content>"}</main></component>'
    added = f'<component changed="added"><main>{ACT_SECTION % "<content>New words.</content>"}</main></component>'
    rows = parse(BILL % f"<collection>{struck}{added}</collection>")
    assert [section.citation for section in rows.sections][1:] == ["H.R. 644 (114th), sec. 910"]
    assert "Old" not in rows.document.text and "New words." in rows.document.text
    assert [(out.reason, out.words) for out in rows.document.left_out] == [("struck out", 5)]


def test_a_side_note_stands_behind_its_block(read):
    inside = "<content>Section 3 of Public Law 113–6 <sidenote><p>127 Stat. 380.</p></sidenote>is amended.</content>"
    texts = [block.text for block in read(LAW % (ACT_SECTION % inside)).blocks]
    assert texts == ["SEC. 910. QUAYS.", "Section 3 of Public Law 113–6 is amended.", "127 Stat. 380."]


def test_a_proviso_runs_on_in_its_sentence(read):
    inside = "<content>$4, to remain available: <proviso><i>Provided</i>, That a quay is held.</proviso></content>"
    texts = [block.text for block in read(LAW % (ACT_SECTION % inside)).blocks]
    assert texts[1:] == ["$4, to remain available: Provided, That a quay is held."]


def test_an_appropriation_is_none_of_the_section_that_it_stands_in(parse):
    fund = "<appropriations level='small'><heading>Quay Fund</heading>" + _level(
        "paragraph", "1", "<content>$4.</content>"
    )
    rows = parse(BILL % (ACT_SECTION % f"<content>Held.</content>{fund}</appropriations>"))
    assert [(section.citation, section.heading) for section in rows.sections][1:] == [
        ("H.R. 644 (114th), sec. 910", "SEC. 910. QUAYS."),
        ("H.R. 644 (114th), Quay Fund", "Quay Fund"),
    ]


def test_two_paragraphs_of_one_number_are_two(parse):
    twice = (
        _level("subsection", "c", "<chapeau>If—</chapeau>" + _level("paragraph", "1", "<content>One.</content>")) * 2
    )
    rows = parse(CODE % (SECTION % twice))
    assert [section.citation for section in rows.sections][3:] == ["22 U.S.C. 7101(c)", "22 U.S.C. 7101(c)(1)"] * 2


def test_what_a_paragraph_quotes_may_open_with_its_own_number(parse):
    form = "<content><p>The notice reads:</p><p>(4) A quay is held.</p><p>“(4) Again.”</p></content>"
    rows = parse(CODE % (SECTION % _level("paragraph", "4", form)))
    assert [section.citation for section in rows.sections][3:] == ["22 U.S.C. 7101(4)"]


def test_sections_of_a_title_that_a_law_enacts_are_not_its_own(parse):
    title = '<title><num value="54">TITLE 54—</num><heading>PARKS</heading><section><num value="100101">§ 100101.</num>'
    title += "<heading>Parks</heading><subsection><num value='a'>(a)</num><content> A park.</content></subsection>"
    title += "</section></title>"
    rows = parse(LAW % (ACT_SECTION % f"<content>Title 54 is enacted:</content>{title}"))
    assert [section.citation for section in rows.sections][1:] == ["Pub. L. 114-125, sec. 910"]
    assert "§ 100101. Parks\n(a) A park." in rows.document.text
