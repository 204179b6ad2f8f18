"""Page numbers as they are printed, and the text of pages that are alike but for their numbers."""

import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf.engine.page_labels import printed_labels
from ingest.readers.pdf.page_numbers import page_number_sequence
from ingest.readers.pdf.reader import read_pdf
from ingest.readers.pdf.segments import Segment
from ingest.records import Reading

PROSE = textwrap.wrap("The clerk keeps a book of all ships at the quay, and the warden seals a page of it. " * 10, 60)
PRINTED = [
    (["1-1", "1-2", "2-1", "2-2", "A-1"], ["1-1", "1-2", "2-1", "2-2", "A-1"], "each chapter begins at 1"),
    (["i", "ii", "1-1", "1-2", "1-3"], ["i", "ii", "1-1", "1-2", "1-3"], "two pages before the first chapter"),
    (["", "2", "3"], ["", "2", "3"], "a letter: no number on its first page"),
    (["", "7", "8"], ["", "", ""], "two numbers in step that are not the count of the file may be anything"),
    (["iv", "v", "vi", "1", "2", "3"], ["iv", "v", "vi", "1", "2", "3"], "Roman, then Arabic"),
    (["3-4", "3-5", "", "3-7"], ["3-4", "3-5", "", "3-7"], "a blank page between"),
    (["Page 2-1", "Page 2-2", "Page 2-3"], ["2-1", "2-2", "2-3"], "with the word before"),
    (["App. B-1", "App. B-2", "App. B-3"], ["App. B-1", "App. B-2", "App. B-3"], "an appendix"),
    (["– A–1 –", "– A–2 –", "– A–3 –"], ["A–1", "A–2", "A–3"], "between dashes"),
    (["I-914", "I-918", "I-360"], ["", "", ""], "numbers of forms are in no sequence"),
    (["10-12", "1-4", "7-30"], ["", "", ""], "dates and spans of pages neither"),
    (["5", "6", "7"], ["5", "6", "7"], "plain numbers"),
]


@pytest.mark.parametrize(("printed", "labels", "reason"), PRINTED, ids=[case[-1] for case in PRINTED])
def test_printed_page_numbers(printed: Sequence[str], labels: Sequence[str], reason: str):
    found = page_number_sequence([[Segment(text, 300, 340, 40, 9)] if text else [] for text in printed])
    assert [number.printed if number else "" for number in found] == labels, reason


def test_pages_have_the_label_that_is_printed_on_them(tmp_path: Path):
    def page(number: str) -> list[tuple[float, float, str]]:
        lines = [(72.0, 700.0 - 14 * line, text) for line, text in enumerate(PROSE[len(number) :][:9])]
        return [(72, 760, "Bell Manual"), *lines, (300, 40, number)]

    reading = read(tmp_path, *(page(number) for number in ("1-1", "1-2", "2-1", "2-2", "A-1")))
    assert reading.page_labels == ("1-1", "1-2", "2-1", "2-2", "A-1")
    assert not [block.text for block in reading.blocks if "-" in block.text or "Manual" in block.text]


def licence(number: int, holder: str = "", gap: float = 22) -> list[tuple[float, float, str]]:
    texts = [
        f"Licence {401 + number}",
        *([f"Holder: {holder}"] if holder else []),
        f"The holder may moor one boat at berth {7 + number} of the north quay.",
        f"The fee is {30 + 5 * number} crowns for the season.",
        "The licence ends on the last day of October.",
        "A boat that stays longer is towed away.",
    ]
    return [(72, 700 - gap * line, text) for line, text in enumerate(texts)]


def long_form(number: int) -> list[tuple[float, float, str]]:
    lines = [(72.0, 720.0 - 24 * line, f"{text} {number}") for line, text in enumerate(PROSE[:20])]
    return [*lines, (300, 20, f"Page {number + 1} of 4")]


PLAIN = ("1", "2", "3", "4")
NONE = ("", "", "", "")
LABELS = [  # (stated by the file, found on the pages, labels, reason)
    ((), NONE, NONE, "nothing is printed: the count of the file is no label"),
    ((), ("", "ii", "", "2"), ("", "ii", "", "2"), "a cover has none"),
    (PLAIN, NONE, NONE, "what programs write of their own accord, and nothing confirms"),
    (PLAIN, ("", "2", "3", ""), PLAIN, "confirmed: its first page is 1"),
    (PLAIN, ("", "640", "641", ""), ("", "640", "641", ""), "another number is printed"),
    (PLAIN, ("", "2", "3", "8"), ("", "2", "3", "8"), "contradicted once"),
    (("i", "ii", "1", "2"), NONE, ("i", "ii", "1", "2"), "the file says more than its count"),
    (("i", "ii", "1", "2"), ("", "II", "1", ""), ("i", "ii", "1", "2"), "the same in capitals"),
    (("i", "ii", "iii", "iv"), ("", "2", "3", "4"), ("", "2", "3", "4"), "most pages print otherwise"),
    (PLAIN[:3], NONE, NONE, "labels of another file"),
]


@pytest.mark.parametrize(("stated", "found", "expected", "reason"), LABELS)
def test_a_page_has_the_label_that_is_printed_on_it(stated, found, expected, reason):
    assert printed_labels(stated, found, len(found)) == expected, reason


ALIKE: list[tuple[Callable[[int], list[tuple[float, float, str]]], str]] = [
    (licence, "a form of five lines"),
    (lambda number: licence(number, ("Ann", "Carl", "Eve", "Hal")[number]), "one line is not the same"),
    (lambda number: licence(number, gap=60), "lines far apart"),
    (lambda number: [*licence(number), (490, 30, f"BOARD-00010{number}")], "with a number of the file at the foot"),
    (long_form, "a whole page of text"),
]


@pytest.mark.parametrize(("draw", "reason"), ALIKE, ids=[case[-1] for case in ALIKE])
def test_the_text_of_pages_that_are_alike_stays(tmp_path: Path, draw, reason: str):
    reading = read(tmp_path, *(draw(number) for number in range(4)))
    text = " ".join(block.text for block in reading.blocks)
    for number in range(4):
        for _, y, line in draw(number):
            assert y < 50 or line in text, reason
    assert "BOARD" not in text
    assert "of 4" not in text
    numbered = draw is long_form
    assert reading.page_labels == (("1", "2", "3", "4") if numbered else ("", "", "", "")), "only what is printed"
    assert reading.pages_without_text == ()


def test_a_marking_at_head_and_foot_is_a_running_row_on_the_first_page_too(tmp_path: Path):
    def page(number: int) -> list[tuple[float, float, str]]:
        lines = [(72.0, 700.0 - 14 * line, text) for line, text in enumerate(PROSE[3 * number :][:9])]
        return [(250, 770, "UNCLASSIFIED//FOUO"), *lines, (250, 30, "UNCLASSIFIED//FOUO")]

    reading = read(tmp_path, *map(page, range(4)), font="Helvetica-Bold")
    assert "UNCLASSIFIED" not in " ".join(block.text for block in reading.blocks)


def read(tmp_path: Path, *pages: list[tuple[float, float, str]], font: str = "Times-Roman") -> Reading:
    canvas = Canvas(str(tmp_path / "made.pdf"), pagesize=(612, 792))
    for drawn in pages:
        canvas.setFont(font, 11)
        for x, y, text in drawn:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return read_pdf(tmp_path / "made.pdf")


def test_entries_of_an_index_that_end_with_leaders_stand_apart(tmp_path: Path):
    leaders = "." * 40
    entries = [f"103 Authority citation revised {leaders} 23978", f"103.6 Heading and (a) revised {leaders} 41500"]
    lines = [
        (72.0, 700.0 - 14 * line, text)
        for line, text in enumerate((*PROSE[:6], "All is enumerated.", *entries, "Revised in May."))
    ]
    blocks = [block.text for block in read(tmp_path, lines).blocks]
    assert blocks[-3:] == [
        "103 Authority citation revised \u2026 23978",
        "103.6 Heading and (a) revised \u2026 41500",
        "Revised in May.",
    ]


def test_side_notes_of_pages_that_are_alike_stay(tmp_path: Path):
    def page(number: int) -> list[tuple[float, float, str]]:
        lines = [(72.0, 700.0 - 14 * line, f"{text} {number}") for line, text in enumerate(PROSE[:4])]
        return [*lines, (450, 700, "Right of"), (450, 690, "grazing."), (490, 30, f"COMMON-00010{number}")]

    canvas = Canvas(str(tmp_path / "made.pdf"), pagesize=(612, 792))
    for number in range(3):
        for x, y, text in page(number):
            canvas.setFont("Times-Roman", 8 if x > 400 else 11)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    blocks = [block.text for block in read_pdf(tmp_path / "made.pdf").blocks]
    assert blocks.count("Right of grazing.") == 3
    assert "COMMON" not in " ".join(blocks)
