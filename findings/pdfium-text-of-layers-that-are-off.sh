#!/usr/bin/env bash
# pdfium does not draw a layer that is off, but its text page holds the layer's words, among those that are drawn.
#
# Versions  pypdfium2 5.15.2; pypdf 7.1.0, pdfplumber 0.11.10 and pdfminer.six 20260107 likewise; CPython 3.11.
# Guess     pdfium knows the optional content of a file: it renders the page as the default configuration says. The
#           text of a page is the text of what it draws, so words of a layer that is off are not in it.
# Really    Two lines, the first on a layer listed under /OFF. The picture of the page is blank where the first stands
#           and has ink where the second does. The text is "A fee of nine dollars is due.\r\nNo fee is due."
# Why       By what is seen: the configuration counts when objects are painted, not when their text is gathered.
# Who       Whoever searches or quotes drafts, forms in several languages and plans: the superseded wording on the
#           hidden layer is found, and looks like any other line. The render confirms nothing unless it is compared.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- pypdfium2==5.15.2 pypdf==7.1.0 pdfplumber==0.11.10 numpy pillow

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import io
import logging
import sys

import pdfplumber
import pypdf
import pypdfium2

logging.disable(logging.CRITICAL)


def pdf(bodies):
    """A file of objects 1, 2, 3 ...; the first is the catalogue."""
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + f"trailer << /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def page(content, root="", resources="", more=()):
    """A file of one page of operators."""
    return pdf([
        f"<< /Type /Catalog /Pages 2 0 R {root} >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        f"/Resources << /Font << /F 5 0 R >> {resources} >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", *more,
    ])


file = page(
    "/OC /L BDC BT /F 12 Tf 72 700 Td (A fee of nine dollars is due.) Tj ET EMC "
    "BT /F 12 Tf 72 600 Td (No fee is due.) Tj ET",
    root="/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>",
    resources="/Properties << /L 6 0 R >>",
    more=["<< /Type /OCG /Name (Superseded) >>"],
)
opened = pypdfium2.PdfDocument(file)[0]
drawn = opened.render(scale=1).to_numpy()
ink = [bool((drawn[792 - y - 12 : 792 - y + 3, 70:250] < 128).any()) for y in (700, 600)]
print("ink at the first and at the second line:", *ink)
texts = {
    "pdfium": opened.get_textpage().get_text_bounded(),
    "pypdf": pypdf.PdfReader(io.BytesIO(file)).pages[0].extract_text(),
    "pdfplumber": pdfplumber.open(io.BytesIO(file)).pages[0].extract_text(),
}
for name, text in texts.items():
    print(f"{name:11}", repr(text))
sys.exit(0 if ink == [False, True] and all("nine dollars" in text for text in texts.values()) else 1)
PY
