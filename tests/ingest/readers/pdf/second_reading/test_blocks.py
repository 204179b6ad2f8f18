"""Blocks of PDF files made for the case, held against their second reading."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.assembly import assemble
from ingest.corpus.manifest import ManifestEntry
from ingest.parsing import parse_file
from ingest.readers.pdf import reader as pdf_reader
from ingest.readers.pdf.engine import pages
from ingest.readers.pdf.engine.pages import PdfFile
from ingest.readers.pdf.engine.runs import PageRuns
from ingest.readers.pdf.ocr import INSTALL, has_ocr
from ingest.readers.pdf.reader import read_pdf
from ingest.readers.pdf.second_reading import blocks as second_blocks
from ingest.readers.pdf.second_reading.blocks import confirm
from ingest.readers.pdf.second_reading.recognised_text import differing_words
from ingest.records import Fragment, RawBlock, Reading
from pinpoint.records import LeftOut

LINES = (
    "An officer shall not admit an alien who stays more than",
    "90 days under section 214.2(b)(1) of this chapter, unless",
    "the alien has paid the fee of $1,500 or is under 18.",
)
needs_ocr = pytest.mark.skipif(not has_ocr(), reason=f"text recognition is not installed: {INSTALL}")


def written(path: Path, *, rotation: int = 0, lines: tuple[str, ...] = LINES, size: float = 11) -> Path:
    canvas = Canvas(str(path), pagesize=(612, 792))
    canvas.setPageRotation(rotation)
    if rotation:
        canvas.translate(*{90: (612, 0), 180: (612, 792), 270: (0, 792)}[rotation])
        canvas.rotate(rotation)
    canvas.setFont("Times-Roman", size)
    for number, line in enumerate(lines):
        canvas.drawString(72, 500 - 14 * number, line)
    canvas.save()
    return path


def altered(block: RawBlock, old: str, new: str) -> RawBlock:
    (fragment,) = block.fragments
    assert old in fragment.text
    return replace(block, fragments=(replace(fragment, text=fragment.text.replace(old, new)),))


def confirmed(file: PdfFile, block: RawBlock, **known: tuple[object, ...]) -> Reading:
    return confirm(file, Reading((block,), **known))


def doubted(block: RawBlock) -> list[str]:
    return [block.text[start:end] for start, end in block.unconfirmed]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize(
    ("old", "new", "words", "reason"),
    [
        ("shall not", "shall not", [], "read alike"),
        ("shall not", "shall", ["shall admit"], "a word is missing"),
        ("214.2(b)", "214.12(b)", ["214.12(b)(1)"], "another section"),
        ("$1,500", "1,500", ["of 1,500"], "a sign is missing"),
    ],
)
def test_words_are_confirmed_where_they_stand(tmp_path, rotation, old, new, words, reason):
    path = written(tmp_path / "law.pdf", rotation=rotation)
    (block,) = read_pdf(path).blocks
    second = confirmed(PdfFile(path), altered(block, old, new))
    assert doubted(second.blocks[0]) == words, reason
    ((page, share),) = second.agreement
    assert page == 1 and (share == 1.0) == (not words), reason


def test_a_page_that_only_pdfium_could_read_confirms_nothing(tmp_path):
    path = written(tmp_path / "law.pdf")
    file = PdfFile(path, by_pdfium=[1])
    (block,) = read_pdf(path).blocks
    assert confirmed(file, altered(block, "not ", "")).agreement == ()
    assert confirmed(PdfFile(path), block, ocr_pages=((1, 0.9),)).agreement == (), "nor does one that was recognised"


def test_what_is_left_out_on_purpose_is_no_disagreement(tmp_path):
    path = written(tmp_path / "law.pdf")
    left = 72 + stringWidth("An officer shall ", "Times-Roman", 11)
    (block,) = read_pdf(path).blocks
    ours = altered(block, "shall not admit", "shall admit")
    assert doubted(confirmed(PdfFile(path), ours).blocks[0]) == ["shall admit"]
    hidden = LeftOut("hidden", 1, 1, ((left, 497, left + stringWidth("not", "Times-Roman", 11), 509),))
    assert doubted(confirmed(PdfFile(path), ours, left_out=(hidden,)).blocks[0]) == []
    struck = replace(ours, struck=((16, "not"),))
    assert doubted(confirmed(PdfFile(path), struck).blocks[0]) == []


def test_what_a_form_field_shows_is_seen(tmp_path):
    canvas = Canvas(str(tmp_path / "form.pdf"), pagesize=(612, 792))
    canvas.drawString(72, 520, "Name of the applicant:")
    canvas.acroForm.textfield(value="Maria Lopez", x=72, y=480, width=200, height=20, borderWidth=0)
    canvas.save()
    block = RawBlock("paragraph", (Fragment("Maria Lopez", 1, ((72, 480, 272, 500),)),))
    second = confirmed(PdfFile(tmp_path / "form.pdf"), block)
    assert doubted(second.blocks[0]) == []
    other = altered(block, "Lopez", "Perez")
    assert doubted(confirmed(PdfFile(tmp_path / "form.pdf"), other).blocks[0]) == ["Perez"]


def test_spans_follow_their_block_into_the_document():
    note = RawBlock("footnote", (Fragment("A note.", 1),), marker="1", unconfirmed=((2, 6),))
    running = RawBlock("paragraph", (Fragment("Some ", 1), Fragment("words.", 2)), unconfirmed=((5, 11),))
    document = assemble(Reading((note, running)))
    assert [document.text[start:end] for start, end in document.unconfirmed] == ["words.", "note"]


def test_doubtful_pages_are_stored_and_named(tmp_path, monkeypatch):
    path = written(tmp_path / "law.pdf")
    real = pdf_reader.flow_of_text

    def misread(*given: object) -> list[RawBlock]:
        return [altered(real(*given)[0], "shall not admit an alien who", "may admit any")]

    monkeypatch.setattr(pdf_reader, "flow_of_text", misread)
    parsed = parse_file(path, ManifestEntry("law", path.name, "Law"), sha256="", crosswalk=())
    document = parsed.parsed.document
    assert document.read_twice == (1,)
    assert [document.text[start:end] for start, end in document.unconfirmed] == ["may", "any"]
    ((page, share),) = parsed.doubtful_pages
    assert page == 1 and share < second_blocks.DOUBTFUL
    assert any("A second engine (pdfium) reads other words on page 1." in warning for warning in parsed.warnings)


def test_a_page_on_which_pypdf_finds_nothing_is_read_by_pdfium_and_named(tmp_path, monkeypatch):
    canvas = Canvas(str(tmp_path / "two.pdf"), pagesize=(612, 792))
    for line in LINES[:2]:
        canvas.drawString(72, 500, line)
        canvas.showPage()
    canvas.save()
    real, seen = pages.read_runs, []

    def blind(*given: object) -> PageRuns:
        seen.append(1)
        return real(*given) if len(seen) == 1 else PageRuns((), (), 612, 792)

    monkeypatch.setattr(pages, "read_runs", blind)
    reading = read_pdf(tmp_path / "two.pdf")
    assert [block.fragments[-1].page for block in reading.blocks][-1] == 2
    assert [page for page, _ in reading.agreement] == [1]
    assert any(warning.startswith("pypdf cannot read page 2, or finds no text there;") for warning in reading.warnings)


@pytest.mark.parametrize(
    ("operators", "reason"),
    [
        (b"BT /F1 0 Tf 72 500 Td (Nothing is seen) Tj ET", "text without a size"),
        (b"0 0 0 0 72 500 cm BT /F1 12 Tf (Nothing is seen) Tj ET", "a matrix that flattens all"),
    ],
)
def test_text_without_a_size_stops_nothing(tmp_path, operators, reason):
    writer = PdfWriter()
    page = writer.add_blank_page(612, 792)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Times-Roman"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): named})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(operators)
    page[NameObject("/Contents")] = content
    writer.write(tmp_path / "flat.pdf")
    assert len(read_pdf(tmp_path / "flat.pdf").page_labels) == 1, reason


@pytest.mark.parametrize(
    ("ours", "theirs", "words", "reason"),
    [
        ("An officer shall admit", "Anofficer shalladmit", [], "recognition loses blanks"),
        ("These directives do app(y to it", "These directives do apply to it", ["app(y"], "a letter"),
        ("section 214.12 applies", "section 214.11 applies", ["214.12"], "a digit"),
        ("a fee of $500 is due", "a fee of 500 is due", ["$500"], "a sign"),
        ("shall not admit", "shall admit", ["not"], "a word that is too much"),
        ("", "anything", [], "nothing says nothing"),
    ],
)
def test_recognition_differs_by_characters(ours, theirs, words, reason):
    assert [ours[start:end] for start, end in differing_words(ours, theirs)] == words, reason


@needs_ocr
def test_the_text_layer_of_a_scan_is_held_against_our_recognition(tmp_path):
    document = pypdfium2.PdfDocument(written(tmp_path / "drawn.pdf", size=13))
    picture = document[0].render(scale=200 / 72).to_pil()
    document.close()
    canvas = Canvas(str(tmp_path / "scan.pdf"), pagesize=(612, 792))
    canvas.drawImage(ImageReader(picture), 0, 0, 612, 792)
    text = canvas.beginText()
    text.setTextRenderMode(3)
    text.setFont("Times-Roman", 13)
    for number, line in enumerate(LINES):
        text.setTextOrigin(72, 500 - 14 * number)
        text.textLine(line.replace("214.2(b)", "274.2(b)").replace("alien has", "allen has"))
    canvas.drawText(text)
    canvas.save()
    path = tmp_path / "scan.pdf"
    block = RawBlock("paragraph", (Fragment(" ".join(LINES), 1, ((70, 465, 540, 515),)),))
    layer = altered(altered(block, "214.2(b)", "274.2(b)"), "alien has", "allen has")
    second = confirmed(PdfFile(path, ocr_layer=[1]), layer)
    assert doubted(second.blocks[0]) == ["274.2(b)(1)", "allen"]
    assert confirmed(PdfFile(path), layer).agreement == ((1, 1.0),), "pdfium sees the same layer"
