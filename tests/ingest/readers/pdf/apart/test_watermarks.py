"""Words printed over the text go; titles, markings at the edge and large first letters are no watermarks."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf.apart.watermarks import without_watermarks
from ingest.readers.pdf.reader import read_pdf
from ingest.readers.pdf.segments import Segment


def segment(text: str, x: float, y: float, size: float = 11):
    return Segment(text, x, x + 0.5 * size * len(text), y, size, first_size=size, last_size=size)


def page(*more: Segment, skipped: int = -1):
    lines = [
        segment(f"line {n} of a text that runs over the page", 72, 720 - 16 * n) for n in range(20) if n != skipped
    ]
    return sorted((*lines, *more), key=lambda one: (-one.y, one.x0))


LEFT_OUT = [
    ([page(segment("DRAFT COPY", 111, 560, 60))], ["DRAFT COPY"], "large words over the text of one page"),
    ([page(segment("Harbor Board", 90, 500, 50))], ["Harbor Board"], "words that no list knows, very large"),
    (
        [page(*(segment(c, 90 + 90 * n, 500, 80) for n, c in enumerate("DRAFT")))],
        ["D", "R", "A", "F", "T"],
        "characters",
    ),
    (
        [page(segment("CONFIDENTIAL", 150, 566, 14))],
        ["CONFIDENTIAL"],
        "a stamp hardly larger than the text",
    ),
    (
        [page(segment("FOR OFFICIAL USE ONLY", 350, 560, 16), skipped=10)] * 2,
        ["FOR OFFICIAL USE ONLY"] * 2,
        "a stamp between the lines of two pages",
    ),
]


@pytest.mark.parametrize(("pages", "gone", "reason"), LEFT_OUT, ids=[case[-1] for case in LEFT_OUT])
def test_words_over_the_text_are_left_out(pages: list[list[Segment]], gone: list[str], reason: str):
    done, left_out = without_watermarks(pages)
    assert [s.text for before, after in zip(pages, done, strict=True) for s in before if s not in after] == gone, reason
    assert {one.reason for one in left_out} == {"watermark"}
    assert [one.page for one in left_out] == list(range(1, len(pages) + 1))
    assert all(one.text == "" and one.boxes for one in left_out)


STAYS = [
    ([page(segment("DRAFT REPORT", 72, 750, 30))], "a title above the text"),
    ([page(segment("T", 60, 700, 40))], "a large first letter"),
    ([page(segment("CONFIDENTIAL", 350, 560, 11), skipped=10)] * 2, "a line of a form in the size of the text"),
    ([page(segment("CONFIDENTIAL", 350, 560, 16), skipped=10)], "a heading of one page"),
    ([page(segment("UNCLASSIFIED//FOUO", 250, 770, 14))] * 3, "a marking at the head of pages is a running head"),
    ([page(segment("Appendix II", 72, 740, 27), segment("Appendix II", 72, 751, 8))], "a title over small print"),
]


@pytest.mark.parametrize(("pages", "reason"), STAYS, ids=[case[-1] for case in STAYS])
def test_other_large_words_stay(pages: list[list[Segment]], reason: str):
    assert without_watermarks(pages) == (pages, ()), reason


def test_the_text_beneath_a_watermark_is_confirmed_by_the_second_engine(tmp_path: Path):
    canvas = Canvas(str(tmp_path / "made.pdf"), pagesize=(612, 792))
    for line in range(20):
        canvas.drawString(72, 720 - 16 * line, f"Line {line} of a text that the second engine reads as the first.")
    canvas.setFont("Helvetica-Bold", 60)
    canvas.drawString(100, 560, "DRAFT COPY")
    canvas.save()
    reading = read_pdf(tmp_path / "made.pdf")
    assert [(one.reason, one.words, one.page) for one in reading.left_out] == [("watermark", 2, 1)]
    assert dict(reading.agreement) == {1: 1.0}
    assert not any(block.unconfirmed for block in reading.blocks)
