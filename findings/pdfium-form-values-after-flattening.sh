#!/usr/bin/env bash
# pdfium reads the value of a form field only from a page that was flattened and then loaded again.
#
# Versions  pypdfium2 5.15.2 (pdfium 159.0.8149), pypdf 7.1.0, reportlab 5.1.0, CPython 3.11.
# Guess     The text of a page is that of what is drawn on it, so that a name typed into a form field is read, at least
#           once the form environment is there, which draws it; after flattening it stands on the page like any text.
# Really    The value is drawn and not read, with a form environment too. FPDFPage_Flatten says that it did its work, and
#           a new text page of the same page object still lacks the value: only the page loaded anew has it. pypdf's
#           extract_text lacks it as well.
# Why       The text page is made of the page's own content as it was parsed when the page was loaded; the appearance of a
#           field is no part of it before, and flattening changes the file's page, not the parsed one.
# Who       Whoever indexes filled forms, applications and letters with typed boxes: name, number and date are missing, and
#           two engines that agree with each other seem to confirm it. Flatten, close the page, load it again.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- pypdfium2==5.15.2 pypdf==7.1.0 reportlab==5.1.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import io
import sys

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.pdfgen.canvas import Canvas

file = io.BytesIO()
canvas = Canvas(file, pagesize=(612, 792))
canvas.drawString(72, 700, "Name of the applicant:")
canvas.acroForm.textfield(value="Maria Lopez", x=72, y=660, width=200, height=20)
canvas.save()
data = file.getvalue()


def text_of(page):
    return page.get_textpage().get_text_range()


with_forms = pypdfium2.PdfDocument(data)
with_forms.init_forms()
document = pypdfium2.PdfDocument(data)
page = document[0]
read = {"pypdf": pypdf.PdfReader(file).pages[0].extract_text(), "pdfium": text_of(page)}
read["pdfium with a form environment"] = text_of(with_forms[0])
flattened = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
read["flattened, same page"] = text_of(page)
read["flattened, page loaded again"] = text_of(document[0])
for how, text in read.items():
    print(f"{how}: {text!r}")
there = [how for how, text in read.items() if "Maria Lopez" in text]
drawn = [how for how, text in read.items() if "Name of the applicant:" in text]
sys.exit(0 if flattened and there == ["flattened, page loaded again"] and len(drawn) == len(read) else 1)
PY
