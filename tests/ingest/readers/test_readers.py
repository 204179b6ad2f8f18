"""Readers other than PDF: what each makes of its format."""

import io
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.html.reader import html_reading
from ingest.readers.registry import READERS, read_document
from pinpoint.errors import UnreadableDocument

HTML = [  # (body, [blocks as _shape writes them], reason)
    ("<h1>One</h1><h3>Two</h3>", ["heading 1: One", "heading 3: Two"], "headings retain their level"),
    ("<p>Of<br>two\n lines &amp; more</p>", ["paragraph: Of\ntwo lines & more"], "only br breaks a line"),
    (
        '<p>See<sup>2</sup> it</p><p id="fn2"><sup>2</sup> Note.</p>',
        ["paragraph: See[2] it", "footnote [2]: Note."],
        "a superscript number is a reference where there is a note",
    ),
    ("<p>See<sup>[12]</sup></p>", ["paragraph: See[12]"], "with brackets as well"),
    ("<p>The 2<sup>nd</sup> one</p>", ["paragraph: The 2nd one"], "an ordinal is not"),
    (
        "<nav>Menu</nav><p>Text</p><script>x()</script><style>p{}</style><footer>Foot</footer>",
        ["paragraph: Text"],
        "page chrome is left out",
    ),
    ("<p>Around</p><main><p>Text</p></main>", ["paragraph: Text"], "only main is read where there is one"),
    ("<p hidden>No</p><p>Yes</p>", ["paragraph: Yes"], "hidden text is not text"),
    ('<div role="navigation">Menu</div><p>Text</p>', ["paragraph: Text"], "roles as well"),
    (
        "<div>loose <b>bold</b><p>Para</p>tail</div>",
        ["paragraph: loose bold", "paragraph: Para", "paragraph: tail"],
        "text between blocks is not lost",
    ),
    ("<ul><li>Out<ul><li>In</li></ul></li></ul>", ["list_item 1: Out", "list_item 2: In"], "nesting"),
    (
        "<ol><li>One</li><li>Two</li></ol>",
        ["list_item 1: 1. One", "list_item 1: 2. Two"],
        "numbers that a browser prints are text",
    ),
    (
        '<ol start="3" type="a"><li>C</li><li value="9">I</li></ol>',
        ["list_item 1: c. C", "list_item 1: i. I"],
        "start, type and value",
    ),
    (
        "<ol><li><p>One</p><p>More</p></li></ol>",
        ["list_item 1: 1. One", "paragraph: More"],
        "the second paragraph of an item is not an item",
    ),
    (
        "<table><caption>Fees</caption><tr><th>Form</th><th>Fee</th></tr><tr><td>I-914</td><td>$0</td></tr></table>",
        ["paragraph: Fees", "table_header: Form | Fee", "table_row: I-914 | $0"],
        "a table",
    ),
    (
        "<table><tr><td>a</td><td>b</td></tr><tr><td></td><td></td></tr></table>",
        ["table_row: a | b"],
        "no header where none is marked; empty rows go",
    ),
    (
        '<ol class="footnotes"><li id="fn1">See it. <a href="#r">↩</a></li></ol>',
        ["footnote [1]: See it."],
        "a footnote, its way back left out",
    ),
    ("<p><strong>Key points</strong></p>", ["heading 6: Key points"], "a heading in all but name"),
    (
        "<p><strong>All of this is a sentence.</strong></p>",
        ["paragraph: All of this is a sentence."],
        "a bold sentence is not",
    ),
    ("<p>o\ufb03cer\u00a0A</p>", ["paragraph: officer A"], "ligatures and spaces are corrected"),
    ("<p>a &lt;script&gt; b $x$</p>", ["paragraph: a <script> b $x$"], "text that looks like mark-up is text"),
]
MARKDOWN = [
    (
        "(a) An item\n(b) Another\n    (i) one\n    (ii) two\n\na. It\nb. That",
        [f"paragraph: {text}" for text in ("(a) An item", "(b) Another", "(i) one", "(ii) two", "a. It", "b. That")],
        "items of typed lists, one a line, with nothing at their ends",
    ),
    (
        "(a) As said in paragraph\n(b) of this, under 8 U.S.C.\n§ 1101, and in\n(x) words.",
        ["paragraph: (a) As said in paragraph (b) of this, under 8 U.S.C. § 1101, and in (x) words."],
        "what a sentence refers to begins no item",
    ),
    (
        "See.[^1]\n\n[^1]: The rule.\n\n    It was *revised*.\n\nNext.",
        ["paragraph: See.[1]", "footnote [1]: The rule. It was revised.", "paragraph: Next."],
        "a footnote of two paragraphs",
    ),
    ("# One\n\n### Two", ["heading 1: One", "heading 3: Two"], "headings"),
    ("One\ntwo.\n\nThree", ["paragraph: One two.", "paragraph: Three"], "soft breaks are spaces"),
    ("*Term* means **it**.", ["paragraph: Term means it."], "emphasis is not text"),
    ("1. One\n2. Two\n   - In", ["list_item 1: 1. One", "list_item 1: 2. Two", "list_item 2: In"], "lists"),
    ("| A | B |\n|---|---|\n| 1 | 2 |", ["table_header: A | B", "table_row: 1 | 2"], "a table"),
    ("See.[^1]\n\n[^1]: The rule.", ["paragraph: See.[1]", "footnote [1]: The rule."], "a footnote"),
    (
        "See.<sup>[1]</sup>\n\n[^ 1] The rule.",
        ["paragraph: See.[1]", "footnote [1]: The rule."],
        "a footnote as the Policy Manual's export writes it",
    ),
    (
        "Text\n\n<table><tr><th>A</th></tr>\n\n<tr><td>1</td></tr></table>",
        ["paragraph: Text", "table_header: A", "table_row: 1"],
        "a table in HTML with gaps",
    ),
    (
        "(a) One.\n\n* * * * *\n\n(c) Three.",
        ["paragraph: (a) One.", "paragraph: * * * * *", "paragraph: (c) Three."],
        "the asterisks of an amendment are text",
    ),
    ("[1]: Id.\n\n[a]: https://example.gov\n\n[a] is.", ["paragraph: [1]: Id.", "paragraph: a is."], "no link"),
    (
        "(a) *Victim.* Text\n\n(1) More",
        ["paragraph: (a) Victim. Text", "paragraph: (1) More"],
        "paragraph designators are no list",
    ),
]
TEXT = [
    (
        "The applicant must file this form with the agency within the\ntime that the notice gives.",
        ["paragraph: The applicant must file this form with the agency within the time that the notice gives."],
        "wrapped lines are joined",
    ),
    (
        "Chapter 2 - Eligibility\n\nText of it.",
        ["heading 3: Chapter 2 - Eligibility", "paragraph: Text of it."],
        "a heading by its number",
    ),
    ("• One\n• Two", ["list_item 1: One", "list_item 1: Two"], "bullets"),
    ("(a) One.\n(b) Two.", ["paragraph: (a) One.", "paragraph: (b) Two."], "paragraphs of a rule"),
    ("Text.\n[1] See the rule.", ["paragraph: Text.", "footnote [1]: See the rule."], "a footnote"),
    (
        "Text on one.\n\nPage 1 of 2\n\nText on two.\n\nPage 2 of 2",
        ["paragraph: Text on one.", "paragraph: Text on two."],
        "page numbers are not text",
    ),
    (
        "A. Purpose\n(a) The applicant must show it.",
        ["heading 4: A. Purpose", "paragraph: (a) The applicant must show it."],
        "a heading does not run into the paragraph below it",
    ),
    (
        "I. Purpose\n\nText.\n\nII. Policy\n\nText.\n\nIV. Scope",
        [
            "heading 4: I. Purpose",
            "paragraph: Text.",
            "heading 4: II. Policy",
            "paragraph: Text.",
            "heading 4: IV. Scope",
        ],
        "roman numerals of one level have one level",
    ),
]


def _shape(reading):
    """Blocks as ``heading 2: text``, ``footnote [3]: text``, ``paragraph: text``."""

    def written(block):
        level = f" {block.level}" if block.level else ""
        marker = f" [{block.marker}]" if block.marker else ""
        return f"{block.kind}{level}{marker}: {block.text}"

    return [written(block) for block in reading.blocks]


@pytest.mark.parametrize(("body", "expected", "reason"), HTML)
def test_html(body, expected, reason):
    assert _shape(html_reading(f"<html><body>{body}</body></html>", "x.html")) == expected, reason


@pytest.mark.parametrize(("text", "expected", "reason"), MARKDOWN)
def test_markdown(tmp_path, text, expected, reason):
    (tmp_path / "x.md").write_text(text, encoding="utf-8")
    assert _shape(read_document(tmp_path / "x.md")) == expected, reason


@pytest.mark.parametrize(("text", "expected", "reason"), TEXT)
def test_text(tmp_path, text, expected, reason):
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    assert _shape(read_document(tmp_path / "x.txt")) == expected, reason


WORDS = st.lists(st.from_regex(r"[A-Za-z]{2,9}", fullmatch=True), min_size=1, max_size=30)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_html_loses_no_word_and_makes_none_up(paragraphs):
    body = "".join(f"<p>{' '.join(words)}</p>" for words in paragraphs)
    blocks = html_reading(f"<body>{body}</body>", "x.html").blocks
    assert [block.text.split() for block in blocks] == paragraphs


def test_title_is_what_the_page_says_else_its_first_heading():
    assert (
        html_reading("<head><title>The  &amp; title</title></head><body><h1>One</h1></body>", "x").title
        == "The & title"
    )
    assert html_reading("<body><p>Text</p><h2>One</h2></body>", "x").title == "One"


def test_the_mark_of_a_note_is_no_part_of_a_title(tmp_path):
    (tmp_path / "x.md").write_text("# Rule [5] of it[^1]\n\nOne.\n\n[^1]: A note.", encoding="utf-8")
    assert read_document(tmp_path / "x.md").title == "Rule [5] of it"


def test_repairs_that_did_not_happen_are_not_reported():
    reading = html_reading("<body><p>“quoted” text – plain</p></body>", "x")
    assert [repair for repair in reading.repairs if repair.count == 0] == []


def test_text_in_an_old_encoding_is_read_with_a_warning(tmp_path):
    (tmp_path / "x.txt").write_bytes("The victim’s § 214".encode("cp1252"))
    reading = read_document(tmp_path / "x.txt")
    assert "victim’s § 214" in reading.blocks[0].text
    assert "Windows-1252" in reading.warnings[0]


def test_a_byte_order_mark_is_not_text(tmp_path):
    (tmp_path / "x.md").write_bytes("\ufeff# One".encode())
    assert _shape(read_document(tmp_path / "x.md")) == ["heading 1: One"]


FOOTNOTES = """<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>See 8 CFR </w:t></w:r><w:r><w:t>214.202.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""


def _with_footnote(document, paragraph):
    reference = parse_xml(
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnoteReference w:id="2"/></w:r>'
    )
    paragraph._p.append(reference)
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        FOOTNOTES.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def test_word(tmp_path):
    document = docx.Document()
    document.core_properties.title = "The title"
    document.add_heading("Directive", level=0)
    document.add_heading("Purpose", level=1)
    paragraph = document.add_paragraph("It is o\ufb03cial")
    _with_footnote(document, paragraph)
    document.add_paragraph("One", style="List Number")
    document.add_paragraph("Two", style="List Number")
    document.add_paragraph("Point", style="List Bullet 2")
    document.add_heading("Scope", level=2)
    document.add_paragraph("One", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for number, text in enumerate(("Form", "Fee", "I-914", "$0")):
        table.rows[number // 2].cells[number % 2].text = text
    document.save(tmp_path / "x.docx")
    reading = read_document(tmp_path / "x.docx")
    assert reading.title == "The title"
    assert reading.page_labels == (), "a Word file has no pages"
    assert _shape(reading) == [
        "heading 1: Directive",
        "heading 1: Purpose",
        "paragraph: It is official[1]",
        "footnote [1]: See 8 CFR 214.202.",
        "list_item 1: 1. One",
        "list_item 1: 2. Two",
        "list_item 2: Point",
        "heading 2: Scope",
        "list_item 1: 3. One",
        "table_header: Form | Fee",
        "table_row: I-914 | $0",
    ]


def _zip(entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, size in entries.items():
            with package.open(name, "w", force_zip64=True) as stream:
                for _ in range(size // 2**20 + 1):
                    stream.write(b" " * min(size, 2**20))
    return buffer.getvalue()


UNREADABLE = [  # (file name, bytes, what the message says, reason)
    ("x.txt", b"", "empty", "no bytes"),
    ("x.txt", b" \n\n", "empty", "white space only"),
    ("x.txt", b"PK\x00\x01\x02", "NUL bytes", "a binary file with the wrong suffix"),
    ("x.md", b"", "empty", "an empty Markdown file"),
    ("x.html", b"", "no bytes", "an empty HTML file"),
    ("x.html", b"<html><body><script>x()</script></body></html>", "no text", "nothing but chrome"),
    ("x.docx", b"not a zip", "not a readable Word document", "no package"),
    ("x.docx", _zip({"other.txt": 10}), "not a readable Word document", "a package of something else"),
    ("x.docx", _zip({"word/document.xml": 501 * 2**20}), "unpacks to", "a bomb"),
    ("x.xlsx", b"x", "no reader for '.xlsx'", "a format without reader"),
    ("noext", b"x", "no reader", "no suffix"),
]


@pytest.mark.parametrize(("name", "content", "says", "reason"), UNREADABLE)
def test_what_cannot_be_read_says_why_and_names_the_file(tmp_path, name, content, says, reason):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableDocument) as caught:
        read_document(tmp_path / name)
    assert says in str(caught.value), reason
    assert name in str(caught.value)


def test_the_readers_cover_the_formats_that_the_documents_promise():
    assert set(READERS) == {".pdf", ".html", ".htm", ".xml", ".docx", ".md", ".markdown", ".txt"}
    assert READERS[".pdf"].__name__ == "read_pdf"
