"""PDF files made for the case at hand, and a few of the real ones."""

import logging
import textwrap
import time
import zlib
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from pypdf.constants import PageLabelStyle
from pypdf.errors import PdfReadError
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf import reader as pdf_reader
from ingest.readers.pdf.engine import pages
from ingest.readers.pdf.reader import read_pdf
from ingest.records import RawBlock, Reading
from pinpoint.errors import DamagedDocument, EmptyDocument, EncryptedDocument, UnreadableDocument

LOREM = [
    "The",
    "applicant",
    "must",
    "be",
    "physically",
    "present",
    "in",
    "the",
    "United",
    "States",
    "on",
    "account",
    "of",
    "a",
    "severe",
    "form",
    "of",
    "trafficking",
    "in",
    "persons",
    "and",
    "must",
    "comply",
    "with",
    "any",
    "reasonable",
    "request",
    "for",
    "assistance",
    "by",
    "officers",
    "who",
    "investigate",
    "or",
    "prosecute",
    "acts",
    "of",
    "trafficking",
    "unless",
    "an",
    "exemption",
    "or",
    "an",
    "exception",
    "applies",
]


class PageBuilder:
    """A PDF in the making: text lines at coordinates, page by page."""

    def __init__(self, path: Path, **options: int):
        self.path = path
        self.canvas = Canvas(str(path), pagesize=(612, 792), **options)

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = "Times-Roman"):
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)
        return self

    def lines(self, x: float, y: float, texts: list[str], step: float = 12, **more: float | str):
        for number, text in enumerate(texts):
            self.text(x, y - step * number, text, **more)
        return self

    def page(self):
        self.canvas.showPage()
        return self

    def done(self):
        self.canvas.save()
        return self.path


def prose(name: str, lines: list[str] = 10, width: int = 44):
    """Lines of running text, the first with a name, the last with a full stop."""
    text = f"{name} {' '.join(LOREM)} {name} {' '.join(LOREM)} and {' '.join(LOREM).lower()}"
    made = textwrap.wrap(text, width)[:lines]
    return [*made[:-1], f"{made[-1]}."]


def texts(reading: Reading, kind: str | None = None):
    return [block.text for block in reading.blocks if kind in (None, block.kind)]


@pytest.fixture
def builder(tmp_path: Path):
    return PageBuilder(tmp_path / "made.pdf")


def test_two_columns_under_a_full_width_heading(builder: PageBuilder):
    builder.text(100, 740, "Victims of Trafficking: a Heading across Both of the Columns", 16, "Times-Bold")
    builder.lines(50, 700, prose("Left")).lines(320, 700, prose("Right"))
    heading, left, right = read_pdf(builder.done()).blocks
    assert (heading.kind, heading.level) == ("heading", 1)
    assert left.text.startswith("Left") and left.text.endswith(".")
    assert right.text.startswith("Right") and "Left" not in right.text


def test_first_line_indents_and_designators_begin_blocks(builder: PageBuilder):
    builder.lines(62, 700, ["(a) Definitions. As used in this part the term of art is the term that is"])
    builder.lines(
        50,
        688,
        [
            "defined in section 101 of the Act and wherever the part does not say otherwise",
            "or the context asks for more.",
        ],
    )
    builder.lines(62, 664, ["(1) Child means a person described in section 101(b)(1) of the Act, as in section"])
    builder.lines(
        50,
        652,
        ["(a)(1) of the Panama Canal Act of 1979, or in any other provision of law that the", "Secretary names."],
    )
    reading = read_pdf(builder.done())
    assert [text[:4] for text in texts(reading)] == ["(a) ", "(1) "]
    assert "section (a)(1) of the Panama" in texts(reading)[1]


def test_bullets_go_and_nest(builder: PageBuilder):
    builder.text(50, 720, "Officers consider all of the following when they decide what a reasonable request is:")
    builder.text(60, 705, "•").text(72, 705, "The severity of the trauma that was suffered;")
    builder.text(80, 690, "–").text(92, 690, "Whether a physician confirmed it;")
    builder.text(60, 675, "•").text(72, 675, "The age of the victim.")
    blocks = read_pdf(builder.done()).blocks
    assert [(block.kind, block.level) for block in blocks[1:]] == [("list_item", 1), ("list_item", 2), ("list_item", 1)]
    assert blocks[3].text == "The age of the victim."


def test_a_paragraph_over_a_page_has_two_fragments(builder: PageBuilder):
    first, second = prose("One", 6)[:5], ["and goes on here until the sentence comes to its end.", "And one more."]
    builder.lines(50, 700, first).page().lines(50, 700, second)
    (block,) = read_pdf(builder.done()).blocks
    assert [fragment.page for fragment in block.fragments] == [1, 2]
    assert block.fragments[0].text.endswith(" ")
    assert block.fragments[1].text.startswith("and goes on")


def test_a_hyphen_goes_from_words_and_stays_in_compounds(builder: PageBuilder):
    drawn = [
        "The residence is a court-ordered place for an applicant who has a resi-",
        "dence there or is under a court-",
        "ordered stay with the T–",
        "1 status.",
    ]
    builder.lines(50, 700, drawn)
    reading = read_pdf(builder.done())
    assert "has a residence there or is under a court-ordered stay with the T–1 status." in reading.blocks[0].text


def test_running_heads_page_numbers_and_labels(builder: PageBuilder):
    for number in range(480, 485):
        builder.text(50, 750, f"§ 214.{number}", font="Times-Bold").text(
            400, 750, "8 CFR Ch. I (1–1–24 Edition)", font="Times-Bold"
        )
        builder.lines(50, 700, prose(f"Page{number}")).text(300, 40, str(number)).page()
    reading = read_pdf(builder.done())
    assert reading.page_labels == ("480", "481", "482", "483", "484")
    assert "Edition" not in " ".join(texts(reading))
    assert {repair.name: repair.count for repair in reading.repairs}[pdf_reader.RUNNING] == 15


def test_stated_labels_win_where_nothing_is_printed(builder: PageBuilder, tmp_path: Path):
    for number in range(4):
        builder.lines(50, 700, prose(f"Page{number}")).page()
    writer = pypdf.PdfWriter(clone_from=builder.done())
    writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(2, 3, style=PageLabelStyle.DECIMAL, start=1)
    writer.write(tmp_path / "labels.pdf")
    assert read_pdf(tmp_path / "labels.pdf").page_labels == ("i", "ii", "1", "2")


def footnote(builder: PageBuilder, y: float, number: int, lines: list[str]):
    builder.text(56, y + 2.5, str(number), 5)
    builder.text(56 + 2.6 * len(str(number)), y, lines[0], 7)
    builder.lines(50, y - 8, lines[1:], step=8, size=7)


def test_a_footnote_follows_the_block_that_refers_to_it(builder: PageBuilder):
    builder.text(50, 700, "An immigrant in Taiwan").text(143.2, 703.5, "40", 6).text(
        149.4, 700, ", and who has served there, may apply."
    )
    builder.lines(50, 670, prose("Second"))
    footnote(
        builder,
        120,
        40,
        ["References to the Institute were inserted by section 201 of the", "Corrections Act of 1994."],
    )
    first, note, second = read_pdf(builder.done()).blocks
    assert first.text == "An immigrant in Taiwan[40], and who has served there, may apply."
    assert (note.kind, note.marker) == ("footnote", "40")
    assert note.text == "References to the Institute were inserted by section 201 of the Corrections Act of 1994."
    assert second.text.startswith("Second")


def test_a_footnote_goes_on_on_the_next_page(builder: PageBuilder):
    builder.lines(50, 700, prose("First")).text(50, 560, "The word").text(84.5, 563.5, "7", 6).text(
        90, 560, "is a term of art here."
    )
    footnote(builder, 120, 7, ["Paragraph (2) of the section of the Act provides as follows, and it goes"])
    builder.page().lines(50, 700, prose("Next")).lines(
        50, 120, ["on with these words on the page that follows."], size=7
    )
    reading = read_pdf(builder.done())
    (note,) = [block for block in reading.blocks if block.kind == "footnote"]
    assert [fragment.page for fragment in note.fragments] == [1, 2]
    assert note.text.endswith("and it goes on with these words on the page that follows.")


def test_a_table(builder: PageBuilder):
    builder.lines(50, 740, prose("Before", 3))
    rows = [
        ("Country", "Cases", "Share"),
        ("Mexico", "1,204", "41.0"),
        ("Honduras", "310", "10.5"),
        ("Other", "88", "3.0"),
    ]
    for number, row in enumerate(rows):
        for x, cell in zip((50, 200, 300), row, strict=True):
            builder.text(x, 680 - 14 * number, cell)
    builder.lines(50, 600, prose("After", 3))
    reading = read_pdf(builder.done())
    assert texts(reading, "table_header") == ["Country | Cases | Share"]
    assert texts(reading, "table_row") == ["Mexico | 1,204 | 41.0", "Honduras | 310 | 10.5", "Other | 88 | 3.0"]
    assert [block.kind for block in reading.blocks][0] == "paragraph"


def test_levels_come_from_the_bookmarks(builder: PageBuilder):
    for number, (title, level) in enumerate([("Purpose", 0), ("Scope of this part", 1)]):
        builder.canvas.bookmarkPage(title)
        builder.canvas.addOutlineEntry(title, title, level)
        builder.text(50, 700 - 200 * number, title, 12, "Times-Bold").lines(50, 670 - 200 * number, prose("Text", 5))
    reading = read_pdf(builder.done())
    assert [(b.text, b.level) for b in reading.blocks if b.kind == "heading"] == [
        ("Purpose", 1),
        ("Scope of this part", 2),
    ]


def test_a_bold_caption_in_a_paragraph_is_no_heading(builder: PageBuilder):
    builder.text(50, 700, "Statements.", font="Times-Bold").text(
        110, 700, "Any statement that you file with the return must show a name."
    )
    (block,) = read_pdf(builder.done()).blocks
    assert block.kind == "paragraph"


def test_sideways_text_is_dropped_and_counted(builder: PageBuilder):
    builder.lines(50, 700, prose("Upright"))
    builder.canvas.saveState()
    builder.canvas.rotate(90)
    builder.text(100, -20, "jbell on DSKJLSW7X2PROD with PROPOSALS", 6)
    builder.canvas.restoreState()
    reading = read_pdf(builder.done())
    assert "jbell" not in " ".join(texts(reading))
    assert {repair.name: repair.count for repair in reading.repairs}[pdf_reader.ROTATED] == 1


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_shown(builder: PageBuilder, tmp_path: Path, rotation: int):
    builder.canvas.setPageSize((792, 792))
    if rotation == 90:
        builder.canvas.translate(792, 0)
    elif rotation == 180:
        builder.canvas.translate(792, 792)
    else:
        builder.canvas.translate(0, 792)
    builder.canvas.rotate(rotation)
    builder.lines(50, 700, prose("Left")).lines(320, 700, prose("Right"))
    writer = pypdf.PdfWriter(clone_from=builder.done())
    writer.pages[0].rotate(rotation)
    writer.write(tmp_path / "turned.pdf")
    left, right = read_pdf(tmp_path / "turned.pdf").blocks
    assert left.text.startswith("Left") and right.text.startswith("Right")


def test_pages_without_text_are_named(builder: PageBuilder):
    builder.lines(50, 700, prose("One")).page()
    builder.canvas.rect(100, 100, 200, 200, fill=1)
    builder.page().lines(50, 700, prose("Three"))
    reading = read_pdf(builder.done())
    assert reading.pages_without_text == (2,)
    assert reading.warnings == ("1 of 3 pages are blank (neither text nor picture): 2.",)
    assert reading.scanned_pages == ()


def test_a_file_of_pictures_only_asks_for_text_recognition(builder: PageBuilder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf_reader, "has_ocr", lambda: False)
    builder.canvas.drawInlineImage(Image.new("L", (20, 20), 200), 0, 0, 612, 792)
    reading = read_pdf(builder.page().done())
    assert (reading.blocks, reading.pages_without_text, reading.scanned_pages) == ((), (1,), (1,))
    assert reading.warnings == (
        "Every page is scanned (a picture without text): 1. "
        "Install text recognition with pip install 'pinpoint[ocr]', then ingest again.",
    )


def test_blocks_know_where_they_stand(builder: PageBuilder):
    builder.lines(50, 700, prose("Left", width=40)).lines(320, 700, prose("Right", width=40))
    left, right = read_pdf(builder.done()).blocks
    for block, x0 in ((left, 50), (right, 320)):
        ((box,),) = (fragment.boxes for fragment in block.fragments)
        assert box[0] == pytest.approx(x0, abs=1)
        assert (box[1], box[3]) == pytest.approx((700 - 9 * 12 - 2.5, 707.5), abs=0.1), "ten lines, 12 points apart"
        assert box[0] < box[2] < x0 + 240


def test_a_paragraph_that_goes_on_in_the_next_column_has_a_box_in_each(builder: PageBuilder):
    lines = prose("Long", lines=20)
    lines[9] += " and"
    builder.lines(50, 700, [line.rstrip(".") for line in lines[:10]]).lines(320, 700, ["and so on", *lines[11:]])
    boxes = [fragment.boxes for block in read_pdf(builder.done()).blocks for fragment in block.fragments]
    assert [len(boxes[0]), boxes[0][0][0], boxes[0][1][0]] == pytest.approx([2, 50, 320], abs=1)


def test_only_the_bullet_at_the_beginning_of_an_item_goes(builder: PageBuilder):
    """Words end with "o" before capitals, and dashes stand inside an item."""
    builder.text(50, 700, "(i) Aliens admitted to Guam - see Part 212 of this chapter - stay 15 days.")
    builder.text(50, 670, "o Gather the evidence and go to Guam.")
    assert texts(read_pdf(builder.done())) == [
        "(i) Aliens admitted to Guam - see Part 212 of this chapter - stay 15 days.",
        "Gather the evidence and go to Guam.",
    ]


def test_a_starred_entry_of_a_list_in_small_print_is_no_footnote(builder: PageBuilder):
    builder.lines(50, 720, prose("Body", lines=18, width=80), size=11)
    ports = ["Calais, ME", "*Saint Albans, VT", "Van Buren, ME", "*Bath, ME", "Kittery, ME"]
    builder.lines(50, 460, ports, step=10, size=8)
    assert texts(read_pdf(builder.done()), "footnote") == []


def test_a_footnote_goes_on_on_the_next_page_or_nowhere(builder: PageBuilder):
    body = prose("Body", lines=18, width=80)
    builder.lines(50, 720, body, size=11).lines(50, 200, ["* A note without an end"], size=8).page()
    builder.lines(50, 720, body, size=11).page()
    builder.lines(50, 720, body, size=11).lines(50, 470, ["Ports of entry in small print", "Calais"], step=10, size=8)
    reading = read_pdf(builder.done())
    assert texts(reading, "footnote"), "the note itself is one"
    assert not any("Ports" in note for note in texts(reading, "footnote"))


def encrypted(builder: PageBuilder, tmp_path: Path, user_password: str):
    builder.lines(50, 700, prose("Secret"))
    writer = pypdf.PdfWriter(clone_from=builder.done())
    writer.encrypt(user_password=user_password, owner_password="owner", algorithm="RC4-128")
    writer.write(tmp_path / "encrypted.pdf")
    return tmp_path / "encrypted.pdf"


def test_an_empty_password_opens_the_file(builder: PageBuilder, tmp_path: Path):
    assert read_pdf(encrypted(builder, tmp_path, "")).blocks[0].text.startswith("Secret")


def test_a_password_is_named_with_the_remedy(builder: PageBuilder, tmp_path: Path):
    with pytest.raises(EncryptedDocument, match=r"encrypted\.pdf is encrypted.*Save a copy without a password"):
        read_pdf(encrypted(builder, tmp_path, "open sesame"))


UNREADABLE = [
    (b"PK\x03\x04 a word file", "is not a PDF", "another format"),
    (b"", "is not a PDF", "an empty file"),
    (b"%PDF-1.7\nthis is not a PDF\n%%EOF\n", "damaged|no pages", "a header and nothing else"),
]


@pytest.mark.parametrize(("content", "message", "reason"), UNREADABLE, ids=[row[2] for row in UNREADABLE])
def test_what_is_no_pdf_is_named(tmp_path: Path, content: bytes, message: str, reason: str):
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)
    with pytest.raises((DamagedDocument, EmptyDocument), match=message):
        read_pdf(path)


def test_no_pages(tmp_path: Path):
    pypdf.PdfWriter().write(tmp_path / "none.pdf")
    with pytest.raises(UnreadableDocument, match=r"none\.pdf has no pages|damaged"):
        read_pdf(tmp_path / "none.pdf")


def test_a_truncated_file_yields_what_is_there(builder: PageBuilder):
    for number in range(6):
        builder.lines(50, 700, prose(f"Page{number}")).page()
    path = builder.done()
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"xref")])
    assert [text.split()[0] for text in texts(read_pdf(path))] == [f"Page{number}" for number in range(6)]


def test_pdfium_reads_the_page_that_pypdf_cannot(builder: PageBuilder, monkeypatch: pytest.MonkeyPatch):
    for number in range(3):
        builder.lines(50, 700, prose(f"Page{number}")).page()
    path, read = builder.done(), pages.read_runs

    def fail(page: pypdf.PageObject, *rest: object):
        if page.page_number == 1:
            raise PdfReadError("Invalid Elementary Object")
        return read(page, *rest)

    whole = texts(read_pdf(path))
    monkeypatch.setattr(pages, "read_runs", fail)
    reading = read_pdf(path)
    assert texts(reading) == whole
    assert {repair.name: repair.count for repair in reading.repairs} == {pages.BY_PDFIUM: 1}


def test_a_page_whose_checksum_fails_is_named(builder: PageBuilder, tmp_path: Path):
    builder.lines(50, 700, prose("One")).page().lines(50, 700, prose("Two"))
    writer = pypdf.PdfWriter(clone_from=builder.done())
    for page in writer.pages:
        page.compress_content_streams()
    whole = tmp_path / "whole.pdf"
    writer.write(whole)
    content = whole.read_bytes()
    second = pypdf.PdfReader(whole).pages[1].get_contents()
    packed = zlib.compress(second.get_data())
    assert content.count(packed[-4:]) == 1
    (tmp_path / "bad.pdf").write_bytes(content.replace(packed[-4:], bytes(4)))
    reading = read_pdf(tmp_path / "bad.pdf")
    assert len(reading.warnings) == 1
    assert reading.warnings[0].startswith("Damaged content on page 2:")


TITLES = [
    ("Title 8: Aliens and Nationality", "Title 8: Aliens and Nationality", "a title"),
    ("19817", "", "a number names nothing"),
    ("Microsoft Word - draft 3 final.doc", "", "the name of a file is no title"),
    ("C:\\work\\rule one.p65", "", "nor is a path"),
]


@pytest.mark.parametrize(("stated", "expected", "reason"), TITLES, ids=[row[2] for row in TITLES])
def test_titles(builder: PageBuilder, stated: str, expected: str, reason: str):
    builder.canvas.setTitle(stated)
    assert read_pdf(builder.lines(50, 700, prose("One")).done()).title == expected, reason


def test_a_directive_states_its_title_and_date(builder: PageBuilder):
    builder.canvas.setTitle("")
    for number in range(1, 5):
        builder.lines(50, 740, prose(f"Page{number}"))
        builder.lines(400, 70, ["Directive Number: 112-01", "Revision Number: 00", "Issue Date: 04/10/2008"], size=9)
        builder.text(300, 30, f"- {number} -").page()
    reading = read_pdf(builder.done())
    assert reading.title == "Directive 112-01, Revision 00"
    assert str(reading.effective_from) == "2008-04-10"
    last = reading.blocks[-1]
    assert last.text == "Directive Number: 112-01 Revision Number: 00 Issue Date: 04/10/2008"
    assert " ".join(texts(reading)).count("Issue Date") == 1


def test_the_log_of_pypdf_is_silent_meanwhile_and_as_before_after(
    builder: PageBuilder, caplog: pytest.LogCaptureFixture
):
    logger = logging.getLogger("pypdf")
    logger.setLevel(logging.INFO)
    builder.lines(50, 700, prose("One"))
    path = builder.done()
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"xref")])
    read_pdf(path)
    assert logger.level == logging.INFO
    assert not caplog.records
    logger.setLevel(logging.NOTSET)


def part_of(source: Path, first: int, last: int, target: Path) -> Path:
    """Write the pages from ``first`` to ``last``, 1-based, to a file of their own."""
    writer = pypdf.PdfWriter()
    writer.append(source, pages=(first - 1, last))
    writer.write(target)
    return target


@pytest.fixture(scope="module")
def cfr_file(real_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("cfr") / "part.pdf"
    return part_of(real_corpus / "cfr-2024-title8-vol1.pdf", 471, 510, target)


@pytest.fixture(scope="module")
def cfr(cfr_file: Path) -> Reading:
    return read_pdf(cfr_file)


@pytest.fixture(scope="module")
def ina(real_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    target = tmp_path_factory.mktemp("ina") / "part.pdf"
    return read_pdf(part_of(real_corpus / "ina-comps-1376-2025-02.pdf", 1, 60, target))


def on_page(reading: Reading, page: int) -> list[RawBlock]:
    return [block for block in reading.blocks if page in {fragment.page for fragment in block.fragments}]


@pytest.mark.slow
def test_cfr_columns_labels_and_running_heads(cfr: Reading):
    assert cfr.page_labels[19] == "480"
    blocks = on_page(cfr, 20)
    assert any(
        b.kind == "heading" and b.text == "§ 214.11 Alien victims of severe forms of trafficking in persons."
        for b in blocks
    )
    assert any(b.text == "Child means a person described in section 101(b)(1) of the Act." for b in blocks)
    assert not any("Edition)" in b.text for b in blocks)
    assert [b.text for b in blocks if b.text.startswith("(iii) The dependent, as an individual, is subject")]


@pytest.mark.slow
def test_ina_footnotes(ina: Reading):
    blocks = on_page(ina, 20)
    assert any(b.text.startswith("(C)[36] an immigrant, and the immigrant’s spouse") for b in blocks)
    (note,) = [b for b in blocks if b.marker == "36"]
    assert note.text.startswith("Subparagraph (C) was amended in its entirety by § 151(a)")
    numbers = [int(b.marker) for b in ina.blocks if b.kind == "footnote" and b.marker.isdigit()]
    assert len(set(range(1, max(numbers) + 1)) - set(numbers)) == 0


DAMAGED = ["census-268346-domestic-trade-20p.pdf", "house-hearing-507618-23p.pdf", "usgs-455746-methods-86p.pdf"]


@pytest.mark.slow
@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_real_files_yield_all_pages(read_real, name: str):
    reading = read_real(f"scale-us-gov/{name}")
    read = {fragment.page for block in reading.blocks for fragment in block.fragments}
    assert read | set(reading.pages_without_text) == set(range(1, len(reading.page_labels) + 1))
    assert any(repair.name == pages.BY_PDFIUM for repair in reading.repairs)
    assert any(warning.startswith("Damaged content") for warning in reading.warnings)


@pytest.mark.slow
def test_reading_is_not_several_times_slower_than_bare_pypdf(cfr_file: Path):
    bare, ours = [], []
    for _ in range(2):
        start = time.process_time()
        for page in pypdf.PdfReader(cfr_file).pages:
            page.extract_text()
        middle = time.process_time()
        read_pdf(cfr_file)
        bare.append(middle - start)
        ours.append(time.process_time() - middle)
    # The goal is 0.8 of pypdf's page rate. Other work on the machine moves the ratio between 0.6 and 1,
    # so this only catches a step that makes reading several times slower.
    assert min(ours) < min(bare) / 0.4
