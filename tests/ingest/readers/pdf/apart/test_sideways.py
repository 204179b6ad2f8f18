"""Text that stands sideways is read in its own direction; stamps at the side of a page are not."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf.reader import RUNNING, read_pdf
from ingest.records import Reading

WIDTH, HEIGHT = 612, 792
PROSE = textwrap.wrap(
    (
        "The clerk of the harbor keeps a book of all ships that lie at the quay, and writes into it the name of each "
        "master, the port from which he has come, and the goods that he has brought to the warehouse of the guild. "
    )
    * 12,
    70,
)
ROWS = [("Ware", "By land", "By sea"), *((f"Ware {n}", f"{n} pence", f"{n + 3} pence") for n in range(1, 6))]
TABLE = [" | ".join(row) for row in ROWS]


def turned(canvas: Canvas, angle: int, draw: Callable[[Canvas], None]) -> None:
    """Draw with the page turned: 90 stands upwards, 270 downwards, 180 upside down."""
    canvas.saveState()
    canvas.rotate(angle)
    canvas.translate(
        0 if angle == 90 else -(HEIGHT if angle == 270 else WIDTH), {90: -WIDTH, 180: -HEIGHT}.get(angle, 0)
    )
    draw(canvas)
    canvas.restoreState()


def prose(canvas: Canvas, first: int = 0, top: float = 540, count: int = 20) -> None:
    canvas.setFont("Times-Roman", 11)
    for line in range(count):
        canvas.drawString(72, top - 15 * line, PROSE[(first + line) % len(PROSE)])


def table(canvas: Canvas, top: float = 500) -> None:
    canvas.setFont("Times-Roman", 11)
    for row, cells in enumerate(ROWS):
        for x, cell in zip((72, 250, 450), cells, strict=True):
            canvas.drawString(x, top - 20 * row, cell)


def read(tmp_path: Path, *pages: Callable[[Canvas], None]) -> Reading:
    canvas = Canvas(str(tmp_path / "made.pdf"), pagesize=(WIDTH, HEIGHT))
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return read_pdf(tmp_path / "made.pdf")


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_stands_sideways_reads_as_an_upright_one(tmp_path: Path, angle: int):
    upright = read(tmp_path, prose)
    reading = read(tmp_path, lambda canvas: turned(canvas, angle, prose))
    assert [block.text for block in reading.blocks] == [block.text for block in upright.blocks]
    assert reading.pages_without_text == ()


@pytest.mark.parametrize("angle", [90, 270])
def test_boxes_lie_where_the_words_are_drawn(tmp_path: Path, angle: int):
    reading = read(tmp_path, lambda canvas: turned(canvas, angle, table))
    document = pypdfium2.PdfDocument(tmp_path / "made.pdf")
    text = document[0].get_textpage()
    for block in reading.blocks:
        (box,) = block.fragments[0].boxes
        inside = text.get_text_bounded(*box)
        assert all(cell in inside for cell in block.text.split(" | ")), block.text
    document.close()


def test_a_sideways_table_stands_where_it_is_drawn(tmp_path: Path):
    def page(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(72, 740, "Table 1. Dues by ware")
        turned(canvas, 90, lambda canvas: table(canvas, 400))
        canvas.drawString(72, 40, "Source: the book of the port.")

    reading = read(tmp_path, page)
    assert [block.text for block in reading.blocks] == [
        "Table 1. Dues by ware",
        *TABLE,
        "Source: the book of the port.",
    ]


def test_a_paragraph_goes_on_behind_a_page_with_a_sideways_table(tmp_path: Path):
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Times-Roman", 9)
            canvas.drawString(72, 760, "Harbor Manual")
            canvas.drawString(300, 30, str(number))
            if number == 12:
                turned(canvas, 90, table)
            else:
                prose(canvas, 20 * (number - 11), 700)

        return draw

    reading = read(tmp_path, *(page(number) for number in (11, 12, 13)))
    first, *rows = reading.blocks
    assert [fragment.page for fragment in first.fragments] == [1, 3]
    assert [row.text for row in rows] == TABLE
    assert reading.page_labels == ("11", "12", "13")


def test_running_rows_go_from_pages_that_stand_sideways(tmp_path: Path):
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Times-Roman", 9)
            canvas.drawString(72, 580, "Harbor Manual")
            canvas.drawString(700, 580, str(number))
            prose(canvas, 20 * number)

        return lambda canvas: turned(canvas, 90, draw)

    reading = read(tmp_path, *(page(number) for number in range(4, 8)))
    assert "Harbor Manual" not in " ".join(block.text for block in reading.blocks)
    assert reading.page_labels == ("4", "5", "6", "7")
    assert {repair.name: repair.count for repair in reading.repairs}[RUNNING] == 8
    assert all(box[2] < 40 for _, box in reading.removed), "their boxes lie at the left of the page as shown"


def test_a_stamp_at_the_side_is_no_text(tmp_path: Path):
    def page(canvas: Canvas) -> None:
        prose(canvas, top=700)
        canvas.rotate(90)
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(200, -30, "OMB No. 1121-0329 Approval Expires 11/30/2020")

    reading = read(tmp_path, page)
    assert "OMB" not in " ".join(block.text for block in reading.blocks)
    assert [number for number, _ in reading.removed] == [1], "it is shown as left out"


def test_a_sideways_label_amid_the_page_is_text(tmp_path: Path):
    def page(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(72, 700, "The dues are shown by year.")
        canvas.drawString(72, 500, "The next paragraph.")
        canvas.rotate(90)
        canvas.drawString(560, -100, "Pence a year")

    reading = read(tmp_path, page)
    assert [block.text for block in reading.blocks] == [
        "The dues are shown by year.",
        "Pence a year",
        "The next paragraph.",
    ]
