"""Footnotes as word processors write them into PDF, and fractions beside their numbers."""

from collections import Counter
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf.footnotes import mark_references
from ingest.readers.pdf.reader import read_pdf
from ingest.readers.pdf.segments import RAISED_CLOSE, RAISED_OPEN

FRACTIONS = [
    ("2<1>/2 crowns", "2½ crowns", "behind a number"),
    ("2 <1>⁄2 crowns", "2½ crowns", "with a blank"),
    ("than <110>/125 of it", "than ¹¹⁰⁄₁₂₅ of it", "no note has so high a number on a page"),
    ("not less than<1>⁄3 of the amounts", "not less than ⅓ of the amounts", "behind a word: no reference"),
    ("5<3>/16 inches", "5³⁄₁₆ inches", "no character of its own"),
    ("(<1>/16 in.)", "(¹⁄₁₆ in.)", "in brackets"),
    ("the Act.<1> Other", "the Act.[1] Other", "a reference stays one"),
    ("10<3> weeks", "10³ weeks", "an exponent stays one"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), FRACTIONS, ids=[case[-1] for case in FRACTIONS])
def test_fractions(text: str, expected: str, reason: str):
    raised = text.replace("<", RAISED_OPEN).replace(">", RAISED_CLOSE)
    assert mark_references(raised, ("1",), Counter()) == expected, reason


class Writer:
    """Draws text and raised characters one behind the other."""

    def __init__(self, path: Path):
        self.canvas = Canvas(str(path), pagesize=(612, 792))

    def line(self, y: float, *texts: str, size: float = 12):
        x = 57.0
        for number, text in enumerate(texts):
            raised = number % 2
            font_size = 7 if raised else size
            self.canvas.setFont("Times-Roman", font_size)
            self.canvas.drawString(x, y + 4 * raised, text)
            x += self.canvas.stringWidth(text, "Times-Roman", font_size)
        return self

    def note(self, y: float, marker: str, text: str):
        self.canvas.setFont("Times-Roman", 10)
        self.canvas.drawString(57, y, marker)
        self.canvas.drawString(74, y, text)
        return self


def test_notes_with_numbers_set_apart_and_an_end_note(tmp_path: Path):
    writer = Writer(tmp_path / "made.pdf")
    writer.line(755, "The officer opens the file on the day of receipt.", "1", " A note is in it.", "2", " The head")
    writer.line(741, "of the department keeps it for ten years in the archive of the city.")
    writer.line(700, "A closing paragraph comes behind it, as the rule on files says.", "i")
    writer.note(82, "1", "See the notice on page four.").note(70, "2", "See the statute as amended.")
    writer.canvas.showPage()
    writer.note(776, "i", "An end note about the closing.")
    writer.canvas.save()
    blocks = read_pdf(tmp_path / "made.pdf").blocks
    assert [(block.kind, block.marker, block.text) for block in blocks if block.kind == "footnote"] == [
        ("footnote", "1", "See the notice on page four."),
        ("footnote", "2", "See the statute as amended."),
        ("footnote", "i", "An end note about the closing."),
    ]
    text = " ".join(block.text for block in blocks)
    assert "receipt.[1] A note is in it.[2] The head of the" in text
    assert "says.[i]" in text


def test_a_small_table_beside_a_reference_has_no_notes(tmp_path: Path):
    writer = Writer(tmp_path / "made.pdf")
    for line in range(8):
        writer.line(755 - 14 * line, "The officer opens the file on the day of receipt and writes the day into it.")
    writer.line(640, "The limits are shown in the table below, as they were measured.", "1")
    for number in range(5):
        writer.canvas.setFont("Times-Roman", 9)
        for x, cell in zip((57, 80, 200, 260), (str(number), "Acetone", "2.0", "1.2"), strict=True):
            writer.canvas.drawString(x, 600 - 12 * number, cell)
    writer.canvas.save()
    assert "footnote" not in {block.kind for block in read_pdf(tmp_path / "made.pdf").blocks}
