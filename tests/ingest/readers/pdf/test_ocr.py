"""Scanned pages: found, named, and read with the ``ocr`` extra; sockets are blocked as in every test."""

import textwrap
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest import document_keys, parsing
from ingest.corpus.manifest import ManifestEntry
from ingest.document_keys import current_keys, document_key
from ingest.parsing import parse_file
from ingest.readers.pdf import ocr
from ingest.readers.pdf import reader as pdf_reader
from ingest.readers.pdf.engine.runs import Run
from ingest.readers.pdf.ocr import has_ocr, ocr_version
from ingest.readers.pdf.reader import read_pdf
from ingest.readers.pdf.scans import find_scans, scan_warnings

PAGE = (612, 792)
LAW = """\
An applicant is eligible for T-1 nonimmigrant status under section 101(a)(15)(T)(i) of the Act if they demonstrate all \
of the following, subject to section 214(o) of the Act: the applicant is or has been a victim of a severe form of \
trafficking in persons, according to 8 CFR 214.206. An applicant who was under 18 years of age at the time at least \
one act of trafficking occurred is not required to comply with any reasonable request for assistance.

The total number of aliens who may be issued visas or otherwise provided nonimmigrant status during any fiscal year \
under section 1101(a)(15)(T) of this title may not exceed 5,000. See 22 U.S.C. 7102(11) and 74 FR 55738, Oct. 28, \
2009. The numerical limitation of paragraph (2) shall only apply to principal aliens and not to the spouses, children, \
or parents of such aliens."""
LEFT = "Left column: the Secretary of Homeland Security may extend the period of such status beyond four years. " * 5
RIGHT = "Right column: no court shall have jurisdiction to review any judgment about the granting of relief. " * 5
needs_ocr = pytest.mark.skipif(not has_ocr(), reason=f"text recognition is not installed: {ocr.INSTALL}")


def text_lines(canvas: Canvas, x: float, y: float, text: str, width: int, size: float = 11):
    canvas.setFont("Times-Roman", size)
    for paragraph in text.split("\n\n"):
        for line in textwrap.wrap(paragraph, width):
            canvas.drawString(x, y, line)
            y -= size * 1.2
        y -= size


def scan(drawn: Path, scanned: Path, dpi: int = 200) -> Path:
    """The pages of a PDF as pictures, compressed as a scanner does."""
    document = pypdfium2.PdfDocument(drawn)
    pictures = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    document.close()
    pictures[0].save(scanned, save_all=True, append_images=pictures[1:], resolution=dpi, quality=80)
    return scanned


@pytest.fixture(scope="module")
def scanned_law(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scanned pages: one of running text, one of two columns that stand close."""
    folder = tmp_path_factory.mktemp("scan")
    canvas = Canvas(str(folder / "drawn.pdf"), pagesize=PAGE)
    text_lines(canvas, 72, 700, LAW, 88)
    canvas.showPage()
    text_lines(canvas, 60, 700, LEFT, 44)
    text_lines(canvas, 318, 700, RIGHT, 44)
    canvas.save()
    return scan(folder / "drawn.pdf", folder / "scanned.pdf")


@pytest.fixture(scope="module")
def reading(scanned_law: Path):
    return read_pdf(scanned_law)


def edits(one: str, other: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, target in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (char != target))
    return row[-1]


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


@needs_ocr
def test_characters_of_a_scanned_page_are_right(reading):
    read = plain(" ".join(block.text for block in reading.blocks if block.fragments[0].page == 1))
    rate = edits(read, plain(LAW)) / len(plain(LAW))
    print(f"character error rate {rate:.4f}")
    assert rate <= 0.03, read


@needs_ocr
def test_paragraphs_of_a_scanned_page_are_found(reading):
    assert [b.text[:12] for b in reading.blocks if b.fragments[0].page == 1] == ["An applicant", "The total nu"]


@needs_ocr
def test_columns_of_a_scanned_page_do_not_mix(reading):
    text = plain(" ".join(block.text for block in reading.blocks if block.fragments[-1].page == 2))
    assert (text.count("Left column"), text.count("Right column")) == (5, 5)
    assert text.rindex("Left column") < text.index("Right column")
    assert edits(text, plain(LEFT + RIGHT)) / len(text) <= 0.03


@needs_ocr
def test_each_recognised_page_has_its_confidence_and_is_named(reading):
    assert reading.scanned_pages == (1, 2)
    assert reading.pages_without_text == ()
    assert [page for page, _ in reading.ocr_pages] == [1, 2]
    assert all(0.9 < confidence <= 1 for _, confidence in reading.ocr_pages)
    assert any("Recognised from the picture" in warning for warning in reading.warnings)


@needs_ocr
def test_the_stored_document_knows_which_pages_were_recognised(scanned_law: Path, reading, monkeypatch):
    monkeypatch.setattr(parsing, "read_document", lambda path, **_: reading)
    entry = ManifestEntry("law", "scanned.pdf", "Law", listed=False)
    parsed = parse_file(scanned_law, entry, sha256="0", crosswalk=())
    assert parsed.parsed.document.ocr_pages == reading.ocr_pages
    assert parsed.scanned_pages == (1, 2)
    assert {passage.page for passage in parsed.parsed.passages} == {1, 2}


def test_without_the_extra_scanned_pages_are_named_with_the_remedy(scanned_law: Path, monkeypatch):
    monkeypatch.setattr(pdf_reader, "has_ocr", lambda: False)
    reading = read_pdf(scanned_law)
    assert (reading.blocks, reading.scanned_pages, reading.ocr_pages) == ((), (1, 2), ())
    assert "pip install 'pinpoint[ocr]'" in " ".join(reading.warnings)


def picture_page(canvas: Canvas, share: float = 1.0, text: str = ""):
    canvas.drawImage(ImageReader(Image.new("L", (60, 60), 230)), 0, 0, PAGE[0], PAGE[1] * share)
    canvas.drawString(40, 760, text)
    canvas.showPage()


PAGES = [  # (share of the page under a picture, characters, shapes, is a scan, reason)
    (1.0, 0, 0, True, "a picture and nothing else"),
    (0.2, 0, 0, True, "a small picture and nothing else"),
    (1.0, 12, 0, True, "stray characters on a picture of the page"),
    (0.2, 12, 0, False, "a caption under a small picture"),
    (0.0, 0, 0, False, "a blank page"),
    (0.0, 0, 4, False, "a frame around nothing"),
    (0.0, 0, 300, True, "characters drawn as outlines"),
]


@pytest.mark.parametrize(("share", "characters", "shapes", "is_scan", "reason"), PAGES, ids=[row[4] for row in PAGES])
def test_scans_and_blank_pages(tmp_path: Path, share, characters, shapes, is_scan, reason):
    canvas = Canvas(str(tmp_path / "page.pdf"), pagesize=PAGE)
    if share:
        canvas.drawImage(ImageReader(Image.new("L", (60, 60), 230)), 0, 0, PAGE[0], PAGE[1] * share)
    for number in range(shapes):
        canvas.rect(number, 10, 5, 5)
    canvas.showPage()
    canvas.save()
    assert find_scans(tmp_path / "page.pdf", {1: characters}) == ((1,) if is_scan else ()), reason


def test_a_picture_inside_a_form_is_measured_as_shown(tmp_path: Path):
    canvas = Canvas(str(tmp_path / "form.pdf"), pagesize=PAGE)
    canvas.beginForm("scan")
    canvas.drawImage(ImageReader(Image.new("L", (60, 60), 230)), 0, 0, 1, 1)
    canvas.endForm()
    canvas.saveState()
    canvas.scale(*PAGE)
    canvas.doForm("scan")
    canvas.restoreState()
    canvas.showPage()
    canvas.save()
    assert find_scans(tmp_path / "form.pdf", {1: 12}) == (1,)


def test_a_file_that_pdfium_cannot_open_has_no_known_scans(tmp_path: Path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    assert find_scans(tmp_path / "broken.pdf", {1: 0}) == ()


def test_the_page_retains_its_own_text_and_takes_the_rest_from_the_picture(tmp_path: Path, monkeypatch):
    """A court stamps a line on a scanned page; recognition sees the stamp and the page."""
    canvas = Canvas(str(tmp_path / "stamped.pdf"), pagesize=PAGE)
    picture_page(canvas, text="Case 1:20-cv-00123 Document 1")
    canvas.save()
    seen = [
        Run("Case 1:20-cv-00123 Docurnent 1", 40, 190, 760, 12),
        Run("The motion is granted and the case is closed.", 72, 400, 600, 12),
    ]
    monkeypatch.setattr(pdf_reader, "has_ocr", lambda: True)
    recognised = ocr.Recognised(tuple(seen), 0.97)
    monkeypatch.setattr(
        "ingest.readers.pdf.scans.recognise", lambda path, pages: iter([(page, recognised) for page in pages])
    )
    reading = read_pdf(tmp_path / "stamped.pdf")
    assert [block.text for block in reading.blocks] == [
        "Case 1:20-cv-00123 Document 1",
        "The motion is granted and the case is closed.",
    ]
    assert (reading.scanned_pages, reading.ocr_pages) == ((1,), ((1, 0.97),))


WARNINGS = [  # (scanned, recognised, ocr, count, says, reason)
    ((), (), True, 3, [], "nothing scanned"),
    ((1, 2), (), False, 2, ["Every page is scanned", "pip install"], "no recognition installed"),
    ((2,), ((2, 0.91),), True, 3, ["1 of 3 pages are scanned", "confidence 0.91"], "recognised"),
    ((2, 3), ((2, 0.91),), True, 3, ["No text was recognised on page 3"], "a picture without text"),
]


@pytest.mark.parametrize(("scanned", "recognised", "installed", "count", "says", "reason"), WARNINGS)
def test_what_the_report_says(scanned, recognised, installed, count, says, reason):
    warnings = " ".join(scan_warnings(scanned, recognised, ocr=installed, count=count))
    assert all(words in warnings for words in says), reason
    assert bool(warnings) == bool(says)


def test_recognised_lines_become_runs_of_one_size():
    """Boxes of lines with and without descenders differ in height; their characters do not."""
    boxes = [("one", 10, 50, 100, 11, 0.9), ("two", 10, 50, 88, 13, 0.7), ("T", 10, 50, 60, 30, 1.0)]
    found = ocr._recognised([ocr._Box(*box) for box in boxes])
    assert [run.text for run in found.runs] == ["one", "two", "T"]
    assert found.runs[0].size == found.runs[1].size < found.runs[2].size
    assert found.confidence == pytest.approx((0.9 * 3 + 0.7 * 3 + 1) / 7, abs=1e-4)
    assert ocr._recognised([]).confidence == 0


def test_keys_depend_on_recognition_only_where_there_are_scans(monkeypatch):
    entry = ManifestEntry("law", "law.pdf", "Law")
    monkeypatch.setattr(document_keys, "ocr_version", lambda: "absent")
    before = current_keys(entry, "0", ())
    monkeypatch.setattr(document_keys, "ocr_version", lambda: "rapidocr 9.9")
    after = current_keys(entry, "0", ())
    assert before[0] == after[0] == document_key(entry, "0", ()), "a document without scans is carried over"
    assert before[1] != after[1], "one with scans is read again"


def test_the_version_of_an_absent_package_is_a_word(monkeypatch):
    monkeypatch.setattr(ocr, "_PACKAGE", "no-such-package-is-installed")
    assert ocr_version.__wrapped__() == "absent"


@needs_ocr
def test_the_engine_finds_nothing_on_an_empty_picture(tmp_path: Path):
    canvas = Canvas(str(tmp_path / "grey.pdf"), pagesize=(200, 200))
    picture_page(canvas)
    canvas.save()
    reading = read_pdf(tmp_path / "grey.pdf")
    assert (reading.pages_without_text, reading.scanned_pages, reading.ocr_pages) == ((1,), (1,), ())
    assert "No text was recognised" in reading.warnings[-1]


@needs_ocr
def test_characters_of_full_width_become_plain_ones():
    assert "（ａ），１".translate(ocr._FULL_WIDTH) == "(a),1"
