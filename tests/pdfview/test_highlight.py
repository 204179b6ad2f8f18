"""Rectangles of quotations on PDF pages: on made pages, on drawn orders of every kind, and on real documents."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from benchmarks.pdf.highlights import drawn, opened, plain, read, text_inside
from index.documents.sentences import sentence_spans
from ingest.assembly import assemble, footnotes_last
from ingest.records import AssembledDocument, Box, Reading
from pdfview.glyphs import Glyph, PageGlyphs, page_glyphs
from pdfview.highlight import ABSENT, AMBIGUOUS, CROWDED, EMPTY, RECOGNISED, Placement, locate_quotation
from pdfview.normalised import normalise
from pdfview.page_text import PageText, quotation_pages, text_on_page
from pinpoint.errors import UnreadableDocument
from pinpoint.stored import StoredDocument

REAL = ("gao-snapshot-cyber-2p.pdf", "house-hearing-507618-23p.pdf", "nist-sp-800-223-2024.pdf")
LEFT = ("The applicant must be physically", "present in the United States on ac-", "count of trafficking in persons.")
RIGHT = ("A person who is under eighteen", "need not comply with any request", "of an agency, but may do so.")
NOTE = "See section 107 of the Act."
TEXT = " ".join(LEFT).replace("ac- count", "account") + "\n" + " ".join(RIGHT)
Draw = Callable[[Canvas], None]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[Draw], Path]]:
    """Make a PDF of one page from what is drawn on it."""

    def build(draw: Draw) -> Path:
        canvas = Canvas(str(tmp_path / "made.pdf"), pagesize=(400, 300))
        canvas.setFont("Times-Roman", 10)
        draw(canvas)
        canvas.save()
        return tmp_path / "made.pdf"

    opened.cache_clear()
    drawn.cache_clear()
    yield build


def columns(canvas: Canvas) -> None:
    """Two columns, the left one first."""
    for row, line in enumerate(LEFT):
        canvas.drawString(20, 200 - 12 * row, line)
    for row, line in enumerate(RIGHT):
        canvas.drawString(210, 200 - 12 * row, line)


def across(canvas: Canvas) -> None:
    """Two columns, drawn row by row, so that each line interrupts the other column."""
    for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        canvas.drawString(20, 200 - 12 * row, left)
        canvas.drawString(210, 200 - 12 * row, right)


def interrupted(canvas: Canvas) -> None:
    """A footnote and a page number stand in the file between the columns."""
    for row, line in enumerate(LEFT):
        canvas.drawString(20, 200 - 12 * row, line)
    canvas.drawString(20, 40, NOTE)
    canvas.drawString(200, 20, "17")
    for row, line in enumerate(RIGHT):
        canvas.drawString(210, 200 - 12 * row, line)


def locate(path: Path, text: str, quotation: str) -> tuple[Placement, str]:
    """The placement of a quotation on the first page, and what stands in its rectangles."""
    start = text.index(quotation)
    placement = locate_quotation(page_glyphs(path, 1), PageText(text, start, start + len(quotation)))
    return placement, text_inside(drawn(path, 1), placement.boxes)


FOUND = [  # (what is drawn, quotation, lines, reason)
    (columns, "The applicant must be physically", 1, "a line"),
    (columns, "applicant must be", 1, "a part of a line"),
    (columns, "present in the United States on account of trafficking", 2, "a hyphen at the line end"),
    (columns, "trafficking in persons.\nA person who is under", 2, "from one column into the next"),
    (across, "present in the United States on account of trafficking", 2, "lines interrupted by the other column"),
    (across, "trafficking in persons.\nA person who is under eighteen need not comply", 3, "interrupted, and on"),
    (
        interrupted,
        "account of trafficking in persons.\nA person who is under",
        3,
        "a footnote and a page number between",
    ),
]


@pytest.mark.parametrize(("draw", "quotation", "lines", "reason"), FOUND, ids=[row[3] for row in FOUND])
def test_the_rectangles_hold_the_quotation_and_nothing_else(make, draw, quotation, lines, reason):
    placement, inside = locate(make(draw), TEXT, quotation)
    assert plain(inside) == plain(quotation), placement.reason
    assert len(placement.boxes) == lines, reason


CORRECTED = [  # (drawn, text, reason)
    ("He said \u2018\u2018any evidence\u2019\u2019 here.", "He said \u201cany evidence\u201d here.", "quotation marks"),
    ("The total of cases . . . . . . . . . 1,204", "The total of cases \u2026 1,204", "leaders"),
    ("The total of cases ............ 1,204", "The total of cases | 1,204", "leaders before a cell"),
    ("a well-founded fear of persecution", "a wellfounded fear of persecution", "a hyphen lost"),
    ("as the Secretary determines 12 by rule", "as the Secretary determines[12] by rule", "a footnote's number"),
    ("\u2022 the age of the victim at the time", "the age of the victim at the time", "a bullet"),
]


@pytest.mark.parametrize(("line", "text", "reason"), CORRECTED, ids=[row[2] for row in CORRECTED])
def test_what_the_reader_fixes_is_found(make, line, text, reason):
    placement, inside = locate(make(lambda canvas: canvas.drawString(40, 150, line)), text, text)
    assert len(placement.boxes) == 1 and plain(inside) == plain(text), reason


def repeated(canvas: Canvas) -> None:
    for row in range(3):
        canvas.drawString(40, 200 - 30 * row, f"Part {row + 1} of the form.")
        canvas.drawString(40, 188 - 30 * row, "Sign the form and date it.")


def test_what_stands_several_times_is_told_apart_by_the_text_around_it(make):
    path = make(repeated)
    text = "\n".join(f"Part {n} of the form.\nSign the form and date it." for n in (1, 2, 3))
    starts = [n for n in range(len(text)) if text.startswith("Sign", n)]
    tops = [locate_quotation(page_glyphs(path, 1), PageText(text, n, n + 26)).boxes[0][3] for n in starts]
    assert tops == sorted(tops, reverse=True) and len(set(tops)) == 3


def crowded(canvas: Canvas) -> None:
    canvas.drawString(40, 150, "The form must be signed by the applicant")
    canvas.drawString(100, 150, "void")


def twice(canvas: Canvas) -> None:
    canvas.drawString(40, 150, "Sign the form and date it.")
    canvas.drawString(40, 50, "Sign the form and date it.")


NOT_PLACED = [  # (what is drawn, text, quotation, why not, reason)
    (columns, "The applicant shall be physically", "The applicant shall be physically", ABSENT, "another word"),
    (columns, "The applicant must physically be", "The applicant must physically be", ABSENT, "another order"),
    (columns, "The applicant must be physically, ", "must be physically,", ABSENT, "another mark"),
    (columns, "9 + 8 \u2022", "\u2022", EMPTY, "no words"),
    (twice, "Sign the form and date it.", "Sign the form and date it.", AMBIGUOUS, "twice there, once in the text"),
    (crowded, "The form must be signed by the applicant", "must be signed", CROWDED, "other words overprinted"),
]


@pytest.mark.parametrize(("draw", "text", "quotation", "why", "reason"), NOT_PLACED, ids=[row[4] for row in NOT_PLACED])
def test_no_highlight_rather_than_a_wrong_one(make, draw, text, quotation, why, reason):
    placement, _ = locate(make(draw), text, quotation)
    assert placement == Placement((), why), reason


def test_a_page_that_was_recognised_has_no_rectangles(make):
    quoted = PageText(TEXT, 0, 20, recognised=True)
    assert locate_quotation(page_glyphs(make(columns), 1), quoted).reason == RECOGNISED


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rectangles_of_a_turned_and_cropped_page_are_those_of_the_page_as_shown(make, tmp_path, rotation):
    writer = pypdf.PdfWriter(clone_from=make(columns))
    writer.pages[0].cropbox = pypdf.generic.RectangleObject((10, 100, 390, 250))
    writer.pages[0].rotate(rotation)
    writer.write(tmp_path / "turned.pdf")
    glyphs = page_glyphs(tmp_path / "turned.pdf", 1)
    assert (round(glyphs.width), round(glyphs.height)) == ((380, 150), (150, 380))[rotation % 180 // 90]
    boxes = [glyph.box for glyph in glyphs.glyphs]
    assert all(0 <= a < c <= glyphs.width and 0 <= b < d <= glyphs.height for a, b, c, d in boxes)
    across, up = {0: (10, 100), 90: (100, 370), 180: (370, 50), 270: (50, 10)}[
        rotation
    ]  # the foot of the first character
    character = next(glyph.box for glyph in glyphs.glyphs if glyph.text == "T")
    assert min(abs(character[k] - across) for k in (0, 2)) < 1
    assert min(abs(character[k] - up) for k in (1, 3)) < 1


@pytest.mark.parametrize("page", [0, 2])
def test_pages_that_do_not_exist_are_named(make, page):
    with pytest.raises(UnreadableDocument, match=f"no page {page}: it has 1"):
        page_glyphs(make(columns), page)


def test_a_file_that_is_gone_is_named(tmp_path):
    with pytest.raises(UnreadableDocument, match=r"gone\.pdf: page 1 cannot be shown"):
        page_glyphs(tmp_path / "gone.pdf", 1)


CHARACTERS = [  # (characters, compared, reason)
    ("A \ufb01le", "Afile", "a ligature"),
    ("\u201cA\u2019", "'A'", "shapes of quotation marks"),
    ("``A''", "'A'", "two single marks"),
    ("re-\u00adsult\x02", "result", "hyphens"),
    ("x\u00b2[12]", "x212", "raised numbers"),
    ("A ... B", "AB", "leaders"),
    ("A. B.", "A.B.", "full stops"),
    ("1\u20132 \u2212 3", "1\u20142\u20143", "dashes"),
]


@pytest.mark.parametrize(("text", "compared", "reason"), CHARACTERS, ids=[row[2] for row in CHARACTERS])
def test_characters_that_are_compared(text, compared, reason):
    characters = normalise(text)
    assert characters.text == compared, reason
    assert len(characters.sources) == len(characters.text)


def builder(draw: random.Random, order: str) -> tuple[PageGlyphs, PageText, set[Box]]:
    """A page of two columns whose lines stand in the file in some order; a quotation, and the boxes of its text."""
    vocabulary = ["".join(draw.choices("abcdefgh", k=draw.randint(2, 7))) for _ in range(60)]
    lines = [[draw.choice(vocabulary) for _ in range(draw.randint(3, 6))] for _ in range(12)]
    words: list[list[Glyph]] = []
    by_line: list[list[Glyph]] = []
    for number, line in enumerate(lines):
        x, y = 20.0 + 250 * (number >= 6), 300.0 - 12 * (number % 6)
        by_line.append([])
        for word in line:
            boxes = ((x + 5 * n, y, x + 5 * n + 4.5, y + 7) for n in range(len(word)))
            words.append([Glyph(character, box, y, 10) for character, box in zip(word, boxes, strict=True)])
            by_line[-1] += words[-1]
            x += 5 * len(word) + 3
    ordered = {
        "columns": by_line,
        "rows": [by_line[n % 2 * 6 + n // 2] for n in range(12)],
        "right first": [*by_line[6:], *by_line[:6]],
        "any": draw.sample(by_line, 12),
    }[order]
    first = draw.randrange(len(words))
    last = min(len(words), first + draw.choice((2, 4, 8, 16)))
    texts = ["".join(glyph.text for glyph in word) for word in words]
    start = len(" ".join(texts[:first])) + (first > 0)
    own = {glyph.box for word in words[first:last] for glyph in word}
    page = PageGlyphs(tuple(glyph for line in ordered for glyph in line), 520, 320)
    return page, PageText(" ".join(texts), start, len(" ".join(texts[:last]))), own


@pytest.mark.parametrize(("order", "least"), [("columns", 0.95), ("right first", 0.95), ("rows", 0.7), ("any", 0.6)])
def test_whatever_the_order_of_the_file_no_other_words_are_highlighted(order, least):
    draw, found = random.Random(order), 0
    for _ in range(150):
        page, quoted, own = builder(draw, order)
        boxes = locate_quotation(page, quoted).boxes
        inside = {
            box for box in (glyph.box for glyph in page.glyphs)
            if any(a <= (box[0] + box[2]) / 2 <= c and b <= (box[1] + box[3]) / 2 <= d for a, b, c, d in boxes)
        }  # fmt: skip
        assert not boxes or inside == own, quoted.text[quoted.start : quoted.end]
        found += bool(boxes)
    assert found >= least * 150


def stored(file: str, document: AssembledDocument, reading: Reading) -> StoredDocument:
    return StoredDocument(
        id=file, file=file, title=file, publisher="", kind="", collection="", cited_as="", url="", licence="",
        sha256="", key="", text=document.text, pages=len(reading.page_labels), page_spans=document.page_spans,
        blocks=document.blocks, ocr_pages=reading.ocr_pages,
    )  # fmt: skip


def test_quotations_of_real_documents_are_placed_where_the_reader_found_them(real_corpus, read_real):
    exact, declined, draw = 0, 0, random.Random(7)
    for file in REAL:
        path = real_corpus / "scale-us-gov" / file
        reading = read_real(f"scale-us-gov/{file}")
        document = assemble(reading)
        known = stored(file, document, reading)
        spans = [span for span in sentence_spans(document.text) if 6 <= len(document.text[slice(*span)].split()) <= 60]
        for start, end in sorted(draw.sample(spans, 34)):
            found = ""
            for page in quotation_pages(known, start, end):
                quoted = text_on_page(known, page, start, end, lambda a, b, text=document.text: text[a:b])
                placement = locate_quotation(read(path, page), quoted)
                here = text_inside(drawn(path, page), placement.boxes)
                assert not here or plain(here) == plain(quoted.text[quoted.start : quoted.end])
                found += here
                assert all(_in_its_block(reading, document, start, end, page, box) for box in placement.boxes)
            exact, declined = exact + bool(found), declined + (not found)
    assert exact >= 0.98 * (exact + declined), f"{declined} of {exact + declined} were not placed"


def _in_its_block(reading: Reading, document: AssembledDocument, start: int, end: int, page: int, box: Box) -> bool:
    """Tell whether the middle of a rectangle lies where the reader found the blocks that hold a quotation."""
    boxes = [
        box
        for block, span in zip(footnotes_last(reading.blocks), document.blocks, strict=True)
        if span.start < end and span.end > start
        for fragment in block.fragments if fragment.page == page
        for box in fragment.boxes
    ]  # fmt: skip
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(left - 2 <= x <= right + 2 and low - 4 <= y <= high + 4 for left, low, right, high in boxes)
