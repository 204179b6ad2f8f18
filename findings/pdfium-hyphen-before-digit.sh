#!/usr/bin/env bash
# pdfium takes the hyphen of "Form I-914" away at a line end, and leaves that of "30-60".
#
# Versions  pypdfium2 5.15.2 (pdfium 159.0.8149), reportlab 5.1.0, CPython 3.11.
# Guess     At a line end only a hyphen that breaks a word goes; before a digit nothing is broken, so the hyphen of a
#           number stays, with the line end behind it.
# Really    Behind a letter every hyphen at a line end becomes U+FFFE, and the line end with it, whatever follows: "Form
#           I-" and "914" are "Form I<U+FFFE>914", "1396r-" and "8" are "1396r<U+FFFE>8". Behind a digit it stays with its
#           line end: "30-" and "60". Character by character (FPDFText_GetUnicode) the same mark is U+0002.
# Why       Whether a line break is one inside a word is decided by the characters before the hyphen and after it, of
#           which the second may be a letter or a digit.
# Who       Whoever drops the mark, as one drops soft hyphens, to join words: "Form I914" and "section 1396r8"
#           do not exist, and a search for the right number misses them. Before a digit the mark has to become a hyphen.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- pypdfium2==5.15.2 reportlab==5.1.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import io
import sys

import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.pdfgen.canvas import Canvas

SEEN = [  # (end of a line, start of the next, what is read)
    ("the regula-", "tions of part 214", "regula\ufffetions"),
    ("a self-", "petitioner", "self\ufffepetitioner"),
    ("file Form I-", "914 with the fee", "I\ufffe914"),
    ("section 1396r-", "8 of title 42", "1396r\ufffe8"),
    ("within 30-", "60 days", "30-\r\n60"),
    ("under Pub. L. 104-", "208 and later", "104-\r\n208"),
]

same = True
for first, second, seen in SEEN:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(612, 792))
    canvas.drawString(72, 700, first)
    canvas.drawString(72, 686, second)
    canvas.save()
    page = pypdfium2.PdfDocument(file.getvalue())[0].get_textpage()
    text = page.get_text_range()
    codes = [pdfium.FPDFText_GetUnicode(page.raw, number) for number in range(page.count_chars())]
    print(f"{first!r} {second!r}: {text!r}", "U+0002" if 2 in codes else "")
    same = same and seen in text and (2 in codes) == ("\ufffe" in seen)
sys.exit(0 if same else 1)
PY
