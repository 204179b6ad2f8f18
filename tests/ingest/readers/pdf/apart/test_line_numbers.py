"""Line numbers go, whatever they look like; numbers that are a part of the text stay."""

import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf.reader import read_pdf

PROSE = textwrap.wrap(
    (
        "The clerk of the harbor keeps a book of all ships that lie at the quay, and writes into it the name of each "
        "master, the port from which he has come, and the goods that he has brought. A master who gives a false name "
        "pays a fine of 12 crowns. The book is shown to any person who asks for it during the hours of the office, "
        "unless the warden has sealed a page of it. The warden may seal a page for 30 days. A sealed page is opened "
        "before 2 witnesses, who sign it. No ship leaves the quay until the clerk has struck its name from the book "
        "and the master has paid what he owes. "
    )
    * 8,
    62,
)


def numbered(  # noqa: PLR0913 - what such numbers differ in
    *,
    every: int = 1,
    goes_on: bool = False,
    glued: bool = False,
    sides: str = "left",
    size: float = 11,
    raised: float = 0,
    on_last: int = 25,
) -> Callable[[Canvas], None]:
    """Three pages of numbered lines; the last may have few."""

    def draw(canvas: Canvas) -> None:
        count = 0
        for page in range(3):
            canvas.setFont("Times-Roman", 10)
            canvas.drawString(300, 765, str(page + 1))
            for line in range(on_last if page == 2 else 25):
                y = 720 - 24 * line
                count = count + 1 if goes_on else line + 1
                text = PROSE[(page * 25 + line) % len(PROSE)]
                shown = count % every == 0
                canvas.setFont("Times-Roman", size)
                if shown and not glued and sides != "right":
                    canvas.drawRightString(88, y + raised, str(count))
                if shown and sides != "left":
                    canvas.drawRightString(560, y + raised, str(count))
                canvas.setFont("Times-Roman", 11)
                canvas.drawString(72 if glued else 110, y, f"{count}  {text}" if glued else text)
            canvas.showPage()

    return draw


def pleading(canvas: Canvas) -> None:
    """28 numbers beside a ruled line, also beside blank lines and between the lines of a quotation."""
    for page in range(2):
        canvas.setFont("Times-Roman", 12)
        for line in range(28):
            canvas.drawRightString(60, 736 - 24 * line, str(line + 1))
        canvas.line(70, 30, 70, 780)
        lines = iter(PROSE[20 * page :])
        for line in range(28):
            if line in (3, 4):
                continue
            canvas.drawString(84, 736 - 24 * line, next(lines))
            if 10 <= line < 14:
                canvas.drawString(140, 736 - 24 * line - 12, next(lines)[:50])
        canvas.showPage()


def pleading_paper(canvas: Canvas) -> None:
    """Numbers printed on the paper, and text whose lines stand where they will."""
    for page in range(2):
        canvas.setFont("Times-Roman", 12)
        for line in range(25):
            canvas.drawString(60, 730 - 26 * line, str(line + 1))
        for line in range(42):
            canvas.drawString(90, 733 - 15.5 * line, PROSE[(42 * page + line) % len(PROSE)])
        canvas.showPage()


COUNTED = [
    (numbered(), 75, "a bill: 1 to 25 on each page"),
    (numbered(goes_on=True), 75, "counted on over the pages"),
    (numbered(glued=True), 75, "drawn in one string with the line"),
    (numbered(every=5), 15, "every fifth line only"),
    (numbered(every=5, goes_on=True), 15, "every fifth line, counted on"),
    (numbered(sides="both"), 150, "on both sides"),
    (numbered(sides="right"), 75, "on the right"),
    (numbered(size=7), 75, "in small print"),
    (numbered(raised=4), 75, "a little above the line"),
    (numbered(on_last=1), 51, "one line on the last page"),
    (pleading, 56, "a pleading"),
    (pleading_paper, 50, "a pleading in single spacing"),
]


@pytest.mark.parametrize(("draw", "count", "reason"), COUNTED, ids=[case[-1] for case in COUNTED])
def test_line_numbers_are_left_out_and_counted(tmp_path: Path, draw: Callable[[Canvas], None], count: int, reason: str):
    reading = read(tmp_path, draw)
    text = " ".join(block.text for block in reading.blocks)
    assert "lie at the quay, and writes into it the name of each master" in text, reason
    assert {word for word in text.split() if word.strip(".,").isdigit()} == {"12", "30", "2"}, reason
    assert {one.reason for one in reading.left_out} == {"line number"}
    assert sum(one.words for one in reading.left_out) == count
    assert sum(len(one.boxes) for one in reading.left_out) == count


def rows(*texts: Sequence[str], step: float = 16, xs: Sequence[float] = (72, 100, 300, 400)):
    """Rows of cells, drawn at the same x."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        for number, row in enumerate(texts):
            for x, cell in zip(xs, row, strict=False):
                canvas.drawString(x, 720 - step * number, cell)
        canvas.showPage()

    return draw


WRAPPED = [(str(line // 2 + 1) if line % 2 == 0 else "", PROSE[line]) for line in range(24)]
TEXT = [
    (rows(*((str(n + 1), "Name the person in full.") for n in range(20))), "20 Name", "a numbered list"),
    (rows(*WRAPPED), "12 ", "a numbered list whose items have two lines"),
    (
        rows(*((str(n + 1), word) for n, word in enumerate("single married widowed divorced separated other".split()))),  # noqa: SIM905
        "5 separated",
        "a list of codes in lower case",
    ),
    (
        rows(*((str(n + 1), "city of the northern port", str(990 - n), f"{50 - n}.3") for n in range(25))),
        "25 | city",
        "the ranks of a table",
    ),
    (
        rows(*((str(n + 1), f"of the duties of the clerk and the warden {'.' * 30}", str(n)) for n in range(20))),
        "20 | of the duties",
        "a table of contents",
    ),
    (rows(("2", PROSE[0]), ("4", PROSE[1]), ("6", PROSE[2]), ("8", PROSE[3])), "8 ", "numbers in other steps"),
]


@pytest.mark.parametrize(("draw", "stays", "reason"), TEXT, ids=[case[-1] for case in TEXT])
def test_numbers_of_the_text_stay(tmp_path: Path, draw: Callable[[Canvas], None], stays: str, reason: str):
    reading = read(tmp_path, draw)
    assert reading.left_out == (), reason
    assert stays in "\n".join(block.text for block in reading.blocks)


def read(tmp_path: Path, draw: Callable[[Canvas], None]):
    canvas = Canvas(str(tmp_path / "made.pdf"), pagesize=(612, 792))
    draw(canvas)
    canvas.save()
    return read_pdf(tmp_path / "made.pdf")
