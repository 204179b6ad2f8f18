#!/usr/bin/env bash
# pypdf loses page labels of a number tree in leaves: all but the first page of each leaf are plain numbers.
#
# Versions  pypdf 7.1.0, CPython 3.11. pypdfium2 5.15.2 reads them as the file states them.
# Guess     reader.page_labels follows the number tree: six pages, lower-case Roman from the first, Arabic from the
#           fifth, are i, ii, iii, iv, 1, 2, however the tree is divided.
# Really    in one node        i ii iii iv 1 2    as expected
#           in two leaves      i 2 3 4 1 6
# Why       /Limits of a leaf are its least and greatest key (ISO 32000-2, 7.9.7), that is [0 0] and [4 4] here: the
#           pages on which a range begins. pypdf takes them for the pages that the leaf speaks of, and numbers those
#           between by their position. Nothing is raised; "3" is a label like any other.
# Who       Whoever cites printed pages: page iii of the preface is cited as page 3 of the text, which is another page.
#           Producers divide the tree as soon as it is long.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- pypdf==7.1.0 pypdfium2==5.15.2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import io
import logging
import sys

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


def labelled(tree, leaves):
    kids = " ".join(f"{number} 0 R" for number in range(3, 9))
    pages = ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>"] * 6
    return pdf([f"<< /Type /Catalog /Pages 2 0 R /PageLabels {tree} >>",
                f"<< /Type /Pages /Kids [{kids}] /Count 6 >>", *pages, *leaves])


ROMAN, ARABIC = "<< /S /r >>", "<< /S /D >>"
leaves = (f"<< /Limits [0 0] /Nums [0 {ROMAN}] >>", f"<< /Limits [4 4] /Nums [4 {ARABIC}] >>")
one = labelled(f"<< /Nums [0 {ROMAN} 4 {ARABIC}] >>", ())
two = labelled("<< /Kids [9 0 R 10 0 R] >>", leaves)
found = [pypdf.PdfReader(io.BytesIO(file)).page_labels for file in (one, two)]
document = pypdfium2.PdfDocument(two)
other = [document.get_page_label(number) for number in range(6)]
print("pypdf, one node  ", *found[0])
print("pypdf, two leaves", *found[1])
print("pdfium, two leaves", *other)
right, wrong = ["i", "ii", "iii", "iv", "1", "2"], ["i", "2", "3", "4", "1", "6"]
sys.exit(0 if found == [right, wrong] and other == right else 1)
PY
