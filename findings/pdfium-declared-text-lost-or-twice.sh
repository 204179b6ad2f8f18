#!/usr/bin/env bash
# pdfium takes the text that a file declares for its glyphs, but not where they need it most, and twice where it nests.
#
# Versions  pypdfium2 5.15.2 (pypdf 7.1.0 takes none of it), CPython 3.11.
# Guess     pdfium reads /ActualText, so the text of a tagged file is as it declares: "fi" for a ligature without a
#           character of its own, and the outer text where one declaration stands in another (ISO 32000-2, 14.9.4:
#           it replaces the content and all of what is in it).
# Really    "S" declared as "section 12"                  section 12 applies     as expected
#           a code without a character declared as "fi"   Of cers                the declared text is not there
#           "fifteen" around "15", "x" around "a" in it   fifteenx days          both are there
# Why       By what is seen: a glyph without a character is left out before anything is declared for it, and each text
#           object takes the innermost declaration only. Neither is documented.
# Who       Whoever relies on declared text for the ligatures and small capitals of Type 1 fonts without a Unicode
#           table: "Officers" stays "Of cers", though the file says what it reads. Take it from the content stream.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- pypdfium2==5.15.2 pypdf==7.1.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import io
import sys

import pypdf
import pypdfium2


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


def declared(text):
    return f"/Span << /ActualText ({text}) >> BDC "


SEEN = {
    declared("section 12") + "(S 12) Tj EMC ( applies) Tj": "section 12 applies",
    "(Of) Tj " + declared("fi") + "(\\001) Tj EMC (cers) Tj": "Of cers",
    declared("fifteen") + "(15) Tj " + declared("x") + "(a) Tj EMC EMC ( days) Tj": "fifteenx days",
}

same = True
for content, seen in SEEN.items():
    file = page(f"BT /F 12 Tf 72 700 Td {content} ET")
    found = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_bounded().strip()
    print(f"{found!r:24} pypdf {pypdf.PdfReader(io.BytesIO(file)).pages[0].extract_text()!r}")
    same = same and found == seen
sys.exit(0 if same else 1)
PY
