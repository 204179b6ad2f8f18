#!/usr/bin/env bash
# python-pptx reads a line break of an older deck as eight characters: "up to_x000B_5,000 visas".
#
# Versions  python-pptx 1.0.2, CPython 3.11.
# Guess     What was written as the text of a run is what is read again, or the control character is gone: "up to", a line
#           break, "5,000 visas".
# Really    The XML has "_x000B_", the escape of Office for what XML cannot hold, and run.text, text_frame.text and
#           paragraph.text give these eight characters. Written back, they stay. A text that has "_x0041_" by itself is
#           written without an escape, so that nobody can tell the two apart afterwards.
# Why       The library escapes control characters when it writes and has no way back: reading hands over the XML's text.
# Who       Whoever searches or compares the words of slides: "to_x000B_5" is one word, no number is found in it, and a
#           quotation that is right is called altered. Decode _xHHHH_ of control characters to white space when reading.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- python-pptx==1.0.2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import io
import sys

from pptx import Presentation
from pptx.util import Inches

SEEN = {  # written as the text of a run: what is read
    "up to\x0b5,000 visas": "up to_x000B_5,000 visas",
    "a bell\x07 rings": "a bell_x0007_ rings",
    "_x0041_ by itself": "_x0041_ by itself",
}

deck = Presentation()
box = deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_textbox(0, 0, Inches(3), Inches(1)).text_frame
for number, text in enumerate(SEEN):
    paragraph = box.paragraphs[0] if number == 0 else box.add_paragraph()
    paragraph.add_run().text = text
stored = io.BytesIO()
deck.save(stored)
again = Presentation(io.BytesIO(stored.getvalue())).slides[0].shapes[0].text_frame
same = again.text == "\n".join(SEEN.values())
for paragraph, (text, seen) in zip(again.paragraphs, SEEN.items(), strict=True):
    print(f"written {text!r}, read {paragraph.runs[0].text!r}")
    same = same and paragraph.runs[0].text == paragraph.text == seen
sys.exit(0 if same else 1)
PY
