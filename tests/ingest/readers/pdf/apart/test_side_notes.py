"""Side notes are blocks of their own, behind the paragraph that they stand beside."""

import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf.reader import read_pdf

TEXT = textwrap.wrap(
    "1. The clerk of the harbor keeps a book of all ships that lie at the quay, and writes into it the name of each "
    "master, the port from which he has come, and the goods that he has brought to the warehouse of the guild.",
    60,
)
MORE = textwrap.wrap(
    "2. A master who gives a false name pays a fine of twelve crowns, and his ship lies at the quay until it is paid "
    "in full to the clerk, who enters it into the book.",
    60,
)


def read(tmp_path: Path, notes: Sequence[tuple[float, float, str]], size: float = 7, left: float = 72):
    canvas = Canvas(str(tmp_path / "made.pdf"), pagesize=(612, 792))
    canvas.setFont("Times-Roman", 11)
    for line, text in enumerate((*TEXT, *MORE)):
        canvas.drawString(left, 700 - 14 * line, text)
    canvas.setFont("Times-Roman", size)
    for x, y, text in notes:
        canvas.drawString(x, y, text)
    canvas.save()
    return [block.text for block in read_pdf(tmp_path / "made.pdf").blocks]


FIRST, SECOND = " ".join(TEXT), " ".join(MORE)
CASES = [
    (72, [(420, 700, "Book of"), (420, 692, "ships.")], [FIRST, "Book of ships.", SECOND], "on the right"),
    (160, [(72, 700, "Book of"), (72, 692, "ships.")], [FIRST, "Book of ships.", SECOND], "on the left"),
    (
        72,
        [(420, 700, "Book."), (420, 644, "False names;"), (420, 636, "8 USC 1101.")],
        [FIRST, "Book.", SECOND, "False names; 8 USC 1101."],
        "one beside each paragraph",
    ),
]


@pytest.mark.parametrize(("left", "notes", "expected", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_a_note_is_no_part_of_the_sentence_beside_it(tmp_path: Path, left, notes, expected, reason):
    assert read(tmp_path, notes, left=left) == expected, reason


def test_numbers_beside_the_text_are_no_notes(tmp_path: Path):
    assert "12" in " ".join(read(tmp_path, [(420, 700, "12")])), "nothing is lost"
