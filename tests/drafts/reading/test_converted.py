"""Drafts that the readers of documents read, plain text, and the process of its own."""

import io
from pathlib import Path

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate

from drafts.reading import apart, limits
from drafts.reading.apart import read_apart
from drafts.reading.converted import reader
from drafts.reading.converted.set_off import set_off
from drafts.reading.registry import read_content, read_draft
from ingest.records import Fragment, RawBlock, Reading
from pinpoint.errors import DamagedDocument, EmptyDocument, UnreadableDocument

QUOTED = "The applicant has complied with any reasonable request for assistance."
PAGES = [  # (name, content, reason)
    ("a.html", f"<p>It reads:</p><blockquote><p>{QUOTED}</p></blockquote><p>So it is.</p>", "a web page"),
    ("a.md", f"It reads:\n\n> {QUOTED}\n\nSo it is.\n", "Markdown"),
    ("a.txt", f"It reads:\n\n> {QUOTED}\n\nSo it is.\n", "plain text"),
]


@pytest.mark.parametrize(("name", "content", "reason"), PAGES)
def test_block_quotes_are_told(name, content, reason):
    parts = read_content(name, content.encode()).parts
    assert [part.text for part in parts if part.block_quote] == [QUOTED], reason
    assert [part.text for part in parts if not part.block_quote] == ["It reads:", "So it is."]
    assert [part.number for part in parts] == [part.anchor for part in parts] == [0, 1, 2]


def test_a_short_paragraph_is_no_block_quote_because_one_holds_its_words():
    draft = read_content("a.md", f"The applicant\n\n> {QUOTED}\n".encode())
    assert [part.block_quote for part in draft.parts] == [False, True]


def test_notes_of_a_web_page_lose_their_marks_and_stand_behind_the_body():
    text = "It \u201chas [a]ny[^1] request\u201d.[^2]\n\nMore [1999].\n\n[^1]: 8 CFR 214.202.\n[^2]: Id.\n"
    parts = read_content("a.md", text.encode()).parts
    assert [(part.text, part.where, part.anchor) for part in parts] == [
        ("It \u201chas [a]ny request\u201d.", "paragraph 1", 0),
        ("More [1999].", "paragraph 2", 1),
        ("8 CFR 214.202.", "footnote 1", 0),
        ("Id.", "footnote 2", 0),
    ]
    assert parts[0].note_marks == ((13, "1"), (23, "2"))


LEFT_OUT = [  # (name, content, warnings, reason)
    (
        "a.html",
        "<p>It <del>says no</del> and <s>so</s> it <span style='display: none'>never</span> is.</p>",
        ("1 hidden word is not checked: nobody sees them in print.", "3 words struck out are not checked."),
        "a web page",
    ),
    (
        "a.html",
        "<p hidden>One two.</p><p>It is.</p>",
        ("2 hidden words are not checked: nobody sees them in print.",),
        "",
    ),
    ("a.md", "It ~~says~~ is.\n", ("1 word struck out is not checked.",), "Markdown"),
    ("a.md", "It is.\n", (), "nothing left out"),
]


@pytest.mark.parametrize(("name", "content", "warnings", "reason"), LEFT_OUT)
def test_words_that_are_struck_out_or_hidden_are_told(name, content, warnings, reason):
    assert read_content(name, content.encode()).warnings == warnings, reason


def block(text: str, left: float, right: float, kind: str = "paragraph", lines: int = 3) -> RawBlock:
    return RawBlock(kind, (Fragment(text, 1, ((left, 100.0, right, 100.0 + 14 * lines),)),))


SET_OFF = [  # (block, whether it is set off, reason)
    (block("quoted", 108, 504), True, "indented on both sides"),
    (block("list", 108, 540), False, "on the left alone"),
    (block("short", 108, 300, lines=1), False, "a single line says nothing of its right edge"),
    (block("title", 108, 504, kind="heading"), False, "a heading that is centred"),
]


@pytest.mark.parametrize(("one", "expected", "reason"), SET_OFF)
def test_paragraphs_of_a_pdf_are_set_off_by_both_edges(one, expected, reason):
    assert set_off(Reading((block("body", 72, 540), one)))[1] is expected, reason


def line(left: float, right: float, top: float) -> RawBlock:
    return RawBlock("paragraph", (Fragment("10,000.", 1, ((left, top - 14, right, top),)),))


GOES_ON = [  # (line behind a block that is set off and ends at 100, whether it belongs to it, reason)
    (line(108, 150, 99), True, "the last, short line of the quotation: without it its number was lost"),
    (line(108, 150, 80), False, "a paragraph of its own, a line further down"),
    (line(72, 150, 99), False, "it begins where the body does"),
    (line(108, 540, 99), False, "it reaches the right edge"),
]


@pytest.mark.parametrize(("last", "expected", "reason"), GOES_ON)
def test_a_last_line_belongs_to_the_block_before_it(last, expected, reason):
    blocks = (block("body", 72, 540), block("quoted", 108, 504), last)
    assert set_off(Reading(blocks)) == [False, True, expected], reason


def printed(*paragraphs: tuple[str, float]) -> bytes:
    """A PDF file of paragraphs, each with its indent on both sides in points."""
    written = io.BytesIO()
    flow = [
        Paragraph(
            text,
            ParagraphStyle(f"s{number}", fontSize=10, leading=12, spaceBefore=6, leftIndent=indent, rightIndent=indent),
        )
        for number, (text, indent) in enumerate(paragraphs)
    ]
    SimpleDocTemplate(written).build(flow)
    return written.getvalue()


def test_a_pdf_is_read_with_its_pages_and_its_block_quotes():
    body = "The office reviewed the record of proceedings in this matter and found as follows. " * 4
    draft = read_content("memo.pdf", printed((body, 0), (f"{QUOTED} " * 3, 40), (body, 0)))
    assert [part.where for part in draft.parts] == [f"page 1, paragraph {number}" for number in (1, 2, 3)]
    assert [part.block_quote for part in draft.parts] == [False, True, False]
    assert draft.parts[1].text.replace("\n", " ").count(QUOTED) == 3


def test_pages_without_text_and_tables_are_said():
    reading = Reading(
        (RawBlock("paragraph", (Fragment("a", 1),)), RawBlock("table_row", (Fragment("b | c", 1),)),
         RawBlock("paragraph", (Fragment(" "),))),
        pages_without_text=(2,), scanned_pages=(3, 4), warnings=("Odd.",),
    )  # fmt: skip
    parts = [*reader._parts(reading, (), (False,) * 3)]  # noqa: SLF001 - of a reading that no small file gives
    assert [part.where for part in parts] == ["page 1, paragraph 1", "page 1, table behind paragraph 1, row 1"]
    assert [*reader._warnings(reading)] == [  # noqa: SLF001 - as above
        "Odd.",
        "1 page without text was not checked.",
        "2 pages are pictures of text: compare by eye.",
    ]


def test_a_file_is_read_by_its_path(tmp_path: Path):
    file = tmp_path / "memo.txt"
    file.write_bytes("One.\r\n\r\nTwo \u2013 three.".encode("utf-8-sig"))
    draft = read_draft(file)
    assert [part.text for part in draft.parts] == ["One.", "Two \u2013 three."]
    assert (draft.name, draft.format) == ("memo.txt", "text")
    with pytest.raises(UnreadableDocument, match="cannot be read"):
        read_draft(tmp_path / "absent.txt")


REFUSED = [  # (name, content, error, words, reason)
    ("a.txt", b"a\x00b", DamagedDocument, "NUL", "no text"),
    ("a.txt", b" \n ", EmptyDocument, "no text", "no words"),
    ("a.md", b" \n", EmptyDocument, "", "no words in Markdown"),
    ("a.pdf", b"%PDF-1.4 broken", UnreadableDocument, "a.pdf", "a broken PDF file"),
]


@pytest.mark.parametrize(("name", "content", "error", "words", "reason"), REFUSED)
def test_what_cannot_be_read_is_refused_in_the_process_of_its_own_as_well(name, content, error, words, reason):
    for read in (read_content, read_apart):
        with pytest.raises(error) as refused:
            read(name, content)
        assert words in str(refused.value), reason


def test_sizes_and_lengths_have_limits(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "LONGEST", 10)
    for name in ("a.txt", "a.md"):
        with pytest.raises(UnreadableDocument, match="chapter by chapter"):
            read_content(name, b"More than ten characters.")
    monkeypatch.setattr(limits, "LARGEST", 0)
    with pytest.raises(UnreadableDocument, match="smaller pictures"):
        read_content("a.docx", b"x")


def test_a_draft_comes_whole_out_of_the_process_of_its_own():
    content = f"It reads:\n\n> {QUOTED}\n".encode()
    assert read_apart("a.md", content) == read_content("a.md", content)


FAILURES = [(MemoryError, "MB"), (RecursionError, "Save it again"), (ZeroDivisionError, "ZeroDivisionError")]


@pytest.mark.parametrize(("error", "words"), FAILURES)
def test_whatever_goes_wrong_in_it_becomes_a_sentence(monkeypatch: pytest.MonkeyPatch, error, words):
    def fail(name: str, content: bytes) -> None:
        raise error(name, content)

    monkeypatch.setattr(apart, "read_content", fail)
    kind, message = apart._read("a.docx", b"x")  # noqa: SLF001 - runs in the other process
    assert kind == "" and words in message and "a.docx" in message


def test_a_file_that_takes_too_long_is_given_up():
    with pytest.raises(UnreadableDocument, match="longer than"):
        read_apart("a.txt", b"x", seconds=0.0)
