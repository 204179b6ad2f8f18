#!/usr/bin/env bash
# pdfium glues the lines of a landscape page when its text is asked for by a rectangle, even by that of the whole page.
#
# Versions  pypdfium2 5.15.2 (pdfium 159.0.8149), reportlab 5.1.0, pypdf 7.1.0, CPython 3.11.
# Guess     get_text_bounded() without edges is the text of the whole page, so it is what get_text_range() gives; where a
#           line ends there is a line end in both.
# Really    On an upright page both are the same. On a page whose text stands sideways, which is how most programs write
#           landscape pages (turned back by /Rotate or not), the range has a line end behind each row of a table, and
#           the bounded text has it behind the first row only: "tar barrelsGull Rock", "whale oilOld Mole".
# Why       Put together by rectangle, a line end is written only where a line begins at another height than the line
#           for which one was written last. Rows of sideways text stand beside each other, so that all of them begin
#           at one height, that of the left edge of the text: only the first differs. Set in by ten points, a row has
#           its line end, and so has the one behind it.
# Who       Whoever reads cells, columns or the words under a highlight by rectangle: words that no page has, in
#           landscape tables only, and neither a search nor a comparison with the text of the page finds them again.
#           Asking for the range and choosing characters by their own boxes keeps them apart.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- pypdfium2==5.15.2 reportlab==5.1.0 pypdf==7.1.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import io
import sys

import pypdf
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

ROWS = [
    ("Beacon", "Lit from", "Fuel"),
    ("North Head", "dusk", "tar barrels"),
    ("Gull Rock", "midnight", "whale oil"),
    ("Old Mole", "dawn", "pitch"),
]
LINES = "Beacon Lit from Fuel|North Head dusk tar barrels|Gull Rock midnight whale oil|Old Mole dawn pitch"
GLUED = "Beacon Lit from Fuel|North Head dusk tar barrelsGull Rock midnight whale oilOld Mole dawn pitch"
SEEN = {  # (text turned counterclockwise by, /Rotate): text of the range, text by rectangle
    (0, 0): (LINES, LINES),
    (90, 0): (LINES, GLUED),
    (90, 90): (LINES, GLUED),
    (270, 0): (LINES, GLUED),
    (270, 270): (LINES, GLUED),
}


def page(angle: int, rotation: int, indented: int = -1) -> bytes:
    drawn = io.BytesIO()
    canvas = Canvas(drawn, pagesize=(612, 792))
    canvas.rotate(angle)
    canvas.translate(*{0: (0, 0), 90: (0, -612), 270: (-792, 0)}[angle])
    canvas.setFont("Helvetica", 11)
    for row, cells in enumerate(ROWS):
        for x, cell in zip((72, 250, 450), cells):
            canvas.drawString(x + 10 * (row == indented), 500 - 20 * row, cell)
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=drawn)
    writer.pages[0].rotate(rotation)
    turned = io.BytesIO()
    writer.write(turned)
    return turned.getvalue()


same = True
for (angle, rotation), seen in SEEN.items():
    text = pypdfium2.PdfDocument(page(angle, rotation))[0].get_textpage()
    found = tuple(got.replace("\r\n", "|") for got in (text.get_text_range(), text.get_text_bounded()))
    print(f"text at {angle:3}, /Rotate {rotation:3}  range      {found[0]}\n{'':26} rectangle  {found[1]}")
    same = same and found == seen
text = pypdfium2.PdfDocument(page(90, 90, indented=2))[0].get_textpage().get_text_bounded().replace("\r\n", "|")
print(f"the third row set in        rectangle  {text}")
same = same and text == LINES
sys.exit(0 if same else 1)
PY
