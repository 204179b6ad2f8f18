"""One file to rows; a file that the manifest does not list is described from itself."""

from datetime import date

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.corpus.manifest import ManifestEntry
from ingest.document_keys import document_key
from ingest.parsing import parse_file
from pinpoint.stored import CrosswalkEntry

ENTRY = ManifestEntry(
    "doc", "doc.md", "The title", kind="regulation", cited_as="8 CFR", effective_from=date(2024, 8, 28)
)


def _parsed(tmp_path, text, entry):
    path = tmp_path / entry.file
    path.write_text(text, encoding="utf-8")
    return parse_file(path, entry, sha256="0" * 64, crosswalk=())


def _unlisted(file="doc.md"):
    return ManifestEntry("doc", file, "doc", listed=False)


DESCRIBED = [  # (text, field, expected, reason)
    (
        "# DHS Directives System\n\nDirective Number: 112-01\n\nIssue Date: 04/10/2008",
        "cited_as",
        "DHS Directive 112-01",
        "its number",
    ),
    (
        "# DHS Directives System\n\nDirective Number: 112-01\n\nIssue Date: 04/10/2008",
        "kind",
        "directive",
        "so it is a directive",
    ),
    (
        "# DHS Directives System\n\nDirective Number: 112-01\n\nIssue Date: 04/10/2008",
        "effective_from",
        date(2008, 4, 10),
        "month/day/year",
    ),
    (
        "# Instruction\n\nInstruction No. 045-01-001 applies.",
        "cited_as",
        "DHS Instruction 045-01-001",
        "an instruction's number",
    ),
    ("# Strategy to Combat\n\nText.", "title", "Strategy to Combat", "its first heading"),
    ("# Memo\n\nEffective Date: January 15, 2020", "effective_from", date(2020, 1, 15), "a date in words"),
    ("# Memo\n\nRevised as of 2024-01-01", "effective_from", date(2024, 1, 1), "an ISO date"),
    (
        "# Memo\n\nIn 2020 the law changed on 01/02/2019.",
        "effective_from",
        None,
        "a date that is not said to be its own",
    ),
    ("# Memo\n\nDated: 13/45/2020", "effective_from", None, "no such day"),
    ("# Memo\n\nText.", "kind", "other", "nothing is made up"),
    ("# Memo\n\nText.", "cited_as", "", "nothing is made up"),
]


@pytest.mark.parametrize(("text", "field", "expected", "reason"), DESCRIBED)
def test_an_unlisted_file_is_described_from_itself(tmp_path, text, field, expected, reason):
    document = _parsed(tmp_path, text, _unlisted()).parsed.document
    assert getattr(document, field) == expected, reason


def test_a_directive_in_plain_text_has_a_telling_title(tmp_path):
    text = (
        "Department of Homeland Security\nDHS Directives System\nDirective Number: 112-01\nRevision Number: 00\n"
        "Issue Date: 04/10/2008\n\nTHE DIRECTIVES SYSTEM\n\nI. Purpose\n\nThis directive sets the policy.\n"
    )
    document = _parsed(tmp_path, text, _unlisted("112-01.txt")).parsed.document
    assert (document.cited_as, document.effective_from) == ("DHS Directive 112-01", date(2008, 4, 10))
    assert "directives system" in document.title.lower() or "112-01" in document.title


DIRECTIVE = (
    "Directive Number: 112-01\nRevision Number: 00\nIssue Date: 04/10/2008\n\nTHE DIRECTIVES SYSTEM\n\nI. Purpose\n\n"
    "This directive sets the policy. This Directive cancels Management Directive 0002, Operational Integration.\n\n"
    "II. Responsibilities\n\nA. The Under Secretary for Management:\n\n1. Approves directives; and\n\n"
    "2. Reviews them.\n\nB. Heads of components comply.\n"
)


def test_a_directive_is_addressed_by_its_paragraphs(tmp_path):
    path = tmp_path / "112-01.txt"
    path.write_text(DIRECTIVE, encoding="utf-8")
    read = parse_file(path, _unlisted("112-01.txt"), sha256="0" * 64, crosswalk=())
    document, sections = read.parsed.document, read.parsed.sections
    assert document.title.endswith("(Revision 00)")
    assert document.effective_from == date(2008, 4, 10)
    assert "Cancels Management Directive 0002, Operational Integration." in read.warnings
    assert [section.keys[0] for section in sections if section.keys] == [
        "DHS Directive 112-01",
        "DHS Directive 112-01(I)",
        "DHS Directive 112-01(II)",
        "DHS Directive 112-01(II)(A)",
        "DHS Directive 112-01(II)(A)(1)",
        "DHS Directive 112-01(II)(A)(2)",
        "DHS Directive 112-01(II)(B)",
    ]


PAGES = (
    ("THE DIRECTIVES SYSTEM", "I. Purpose", "This Directive establishes the system of directives of the Department.",
     "This Directive supersedes Management Directive 0002, Operational Integration Staff."),
    ("II. Scope", "This Directive applies throughout the Department and all of its components.",
     "III. Authorities", "A. Title 6, United States Code, Section 112.", "B. Title 5, United States Code."),
    ("IV. Policy", "A. Directives are issued in writing and are reviewed every three years.",
     "B. Components follow them.", "V. Questions", "Address questions to the Office of Management."),
)  # fmt: skip


def test_a_directive_in_pdf_is_known_by_the_footer_of_its_pages(tmp_path):
    path = tmp_path / "unlisted.pdf"
    canvas = Canvas(str(path), pagesize=(612, 792))
    for page, lines in enumerate(PAGES, start=1):
        for number, line in enumerate(lines):
            canvas.setFont("Times-Bold" if len(line.split()) < 4 else "Times-Roman", 12)
            canvas.drawString(72, 700 - 30 * number, line)
        canvas.setFont("Times-Roman", 9)
        canvas.drawRightString(540, 62, "Directive Number: 112-01")
        canvas.drawRightString(540, 51, "Revision Number: 00")
        canvas.drawRightString(540, 40, "Issue Date: 04/10/2008")
        canvas.drawString(300, 40, str(page))
        canvas.showPage()
    canvas.save()
    read = parse_file(path, _unlisted("unlisted.pdf"), sha256="0" * 64, crosswalk=())
    document, keys = read.parsed.document, [section.keys[0] for section in read.parsed.sections if section.keys]
    assert (document.kind, document.cited_as) == ("directive", "DHS Directive 112-01")
    assert document.effective_from == date(2008, 4, 10)
    assert "Revision 00" in document.title
    assert any("Management Directive 0002" in warning for warning in read.warnings)
    assert keys == [
        f"DHS Directive 112-01{path}"
        for path in ("", "(I)", "(II)", "(III)", "(III)(A)", "(III)(B)", "(IV)", "(IV)(A)", "(IV)(B)", "(V)")
    ]


@pytest.mark.slow
def test_a_rule_in_pdf_is_known_by_its_page_of_the_federal_register(real_corpus, read_real, monkeypatch):
    path = real_corpus / "scale-us-gov" / "fr-faa-proposed-rule-2020-17221.pdf"
    reading = read_real(path.relative_to(real_corpus).as_posix())
    monkeypatch.setattr("ingest.parsing.read_document", lambda read, **_: {path: reading}[read])
    rows = parse_file(path, _unlisted(path.name), sha256="0" * 64, crosswalk=()).parsed
    assert rows.document.cited_as == "85 FR 47698"
    assert "85 FR 47698" in rows.sections[0].keys


@pytest.mark.parametrize(
    ("cited_as", "keyed", "reason"),
    [
        ("Form I-914", True, "a form is looked up as a whole"),
        ("89 FR 34864", True, "so is a rule in the Federal Register"),
        ("DHS Directive 002-02", True, "and a directive"),
        ("8 CFR", False, "a code is no provision in it"),
        ("Digest: T evidence", False, "nor is a name"),
    ],
)
def test_the_whole_document_is_found_by_its_citation(tmp_path, cited_as, keyed, reason):
    entry = ManifestEntry("doc", "doc.md", "The title", cited_as=cited_as)
    root = _parsed(tmp_path, "# One\n\nText.\n", entry).parsed.sections[0]
    assert (cited_as in root.keys) is keyed, reason


def test_what_the_manifest_says_is_not_overruled_by_the_file(tmp_path):
    text = "# Other title\n\nDirective Number: 112-01\n\nIssue Date: 04/10/2008\n\n## § 214.1 One.\n\n(a) Text."
    document = _parsed(tmp_path, text, ENTRY).parsed.document
    assert (document.title, document.kind, document.cited_as) == ("The title", "regulation", "8 CFR")
    assert document.effective_from == date(2024, 8, 28)


def test_rows_agree_with_each_other(tmp_path):
    text = "## § 214.1 One.\n\n(a) First.\n\n(b) Second.\n\n(1) Third.\n"
    rows = _parsed(tmp_path, text, ENTRY).parsed
    assert [section.number for section in rows.sections] == list(range(len(rows.sections)))
    assert {section.document_id for section in rows.sections} | {passage.document_id for passage in rows.passages} == {
        "doc"
    }
    assert [section.keys[0] for section in rows.sections if section.keys] == [
        "8 CFR 214.1",
        "8 CFR 214.1(a)",
        "8 CFR 214.1(b)",
        "8 CFR 214.1(b)(1)",
    ]
    assert rows.sections[-1].path[0] == "§ 214.1 One."
    for passage in rows.passages:
        assert rows.document.text[passage.start : passage.end] == passage.text


def test_a_citation_that_stands_twice_is_keyed_once(tmp_path):
    rows = _parsed(tmp_path, "## § 214.1 One.\n\n(a) First.\n\n## § 214.1 One.\n\n(a) Again.\n", ENTRY).parsed
    keys = [key for section in rows.sections for key in section.keys]
    assert len(keys) == len(set(keys))


MOVED = (CrosswalkEntry("8 CFR 214.11", "8 CFR 214.202", date(2024, 8, 28)),)


@pytest.mark.parametrize(
    ("entry", "sha256", "crosswalk", "reason"),
    [
        (ENTRY, "b", (), "another content"),
        (ManifestEntry("doc", "doc.md", "Another title"), "a", (), "another description"),
        (ENTRY, "a", MOVED, "another crosswalk, which ends provisions"),
    ],
)
def test_a_key_changes_with_everything_that_rows_depend_on(entry, sha256, crosswalk, reason):
    assert document_key(ENTRY, "a", ()) == document_key(ENTRY, "a", ())
    assert document_key(entry, sha256, crosswalk) != document_key(ENTRY, "a", ()), reason


def test_a_mission_of_one_years_review_is_found_with_and_without_the_year(tmp_path):
    entry = ManifestEntry("doc", "doc.md", "The Third Review", kind="review", cited_as="2023 QHSR")
    rows = _parsed(tmp_path, "# Missions\n\n## Mission 6: Protect victims\n\nText of the mission.\n", entry).parsed
    mission = next(section for section in rows.sections if section.citation == "2023 QHSR Mission 6")
    assert set(mission.keys) == {"2023 QHSR Mission 6", "QHSR Mission 6"}


@pytest.mark.parametrize(
    ("struck", "page", "reason"),
    [
        ((1, 700), 1, "the first words of a page"),
        ((1, 640), 1, "the last words of a page: they are not those of the next"),
        ((2, 700), 2, "the first words of the next"),
        ((2, 640), 2, "the last words of the document"),
    ],
)
def test_struck_words_are_named_and_boxed_on_their_page(tmp_path, struck, page, reason):
    path = tmp_path / "bill.pdf"
    canvas = Canvas(str(path), pagesize=(612, 792))
    for number in (1, 2):
        for height in (700, 685, 655, 640):
            canvas.drawString(72, height, f"The master of ship {number}{height} keeps the log and the crew keeps")
            if struck == (number, height):
                canvas.line(72, height + 3.5, 180, height + 3.5)
        canvas.showPage()
    canvas.save()
    (one,) = parse_file(path, _unlisted("bill.pdf"), sha256="0" * 64, crosswalk=()).parsed.document.left_out
    assert (one.reason, one.page, one.text.split()[:2]) == ("struck out", page, ["The", "master"]), reason
    ((x0, y0, x1, y1),) = one.boxes
    assert (round(x0), y0 < struck[1] + 3 < y1, 170 < x1 < 215) == (72, True, True), reason
